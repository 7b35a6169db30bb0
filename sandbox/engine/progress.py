"""What is being done while it takes long: a live table on a terminal, lines in a pipe."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.console import Console
from rich.live import Live
from rich.table import Table

Say = Callable[[str], None]

SECONDS_BETWEEN_LINES = 15

console = Console(stderr=True, highlight=False)


def say(sentence: str) -> None:
    """Tell the user, on stderr: stdout belongs to what scripts read."""
    console.print(sentence, soft_wrap=True, markup=False)


@dataclass
class Task:
    """One thing that is being made; `detail` says how far it is."""

    name: str
    detail: str = "waiting"
    started: float = field(default_factory=time.monotonic)
    ended: float | None = None

    def finish(self, detail: str) -> None:
        self.detail, self.ended = detail, time.monotonic()

    def elapsed(self) -> str:
        seconds = int((self.ended or time.monotonic()) - self.started)
        return f"{seconds // 60}:{seconds % 60:02}"


class Progress:
    """The tasks under way, drawn by rich or written line by line."""

    def __init__(self, *names: str) -> None:
        """Start the clock of each task."""
        self.tasks = [Task(name) for name in names]

    def __rich__(self) -> Table:
        """Draw the tasks as they stand."""
        table = Table.grid(padding=(0, 2))
        for task in self.tasks:
            table.add_row(task.name, task.elapsed(), task.detail)
        return table

    def lines(self) -> list[str]:
        """The tasks still under way, as sentences for a log."""
        return [f"{t.name}: {t.detail} ({t.elapsed()})" for t in self.tasks if t.ended is None]

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Show the tasks for as long as the block runs."""
        if console.is_terminal:
            with Live(get_renderable=self.__rich__, console=console, refresh_per_second=4):
                yield
            return
        over = threading.Event()
        writer = threading.Thread(target=self._write_lines, args=(over,))
        writer.start()
        try:
            yield
        finally:
            over.set()
            writer.join()
            for task in self.tasks:
                say(f"{task.name}: {task.detail} ({task.elapsed()})")

    def _write_lines(self, over: threading.Event) -> None:
        while not over.wait(SECONDS_BETWEEN_LINES):
            for line in self.lines():
                say(line)
