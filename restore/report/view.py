"""The block at the bottom of a terminal, which stays while lines scroll above it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console, RenderableType
from rich.live import Live
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Column, Table
from rich.text import Text

from restore.decide.next import next_step
from restore.decide.road import Mark, Road, road
from restore.decide.way_back import way_back
from restore.model.facts import TableFacts
from restore.model.phase import Position, locate
from restore.model.steps import Step
from restore.report.stack_options import with_options
from restore.report.steps import then

_Stands = tuple[TableFacts, Position]
_FEW = 3
"""So many tables have a row of their own; more are counted by phase."""
_STYLES = {Mark.DONE: "green", Mark.NOW: "bold cyan", Mark.AHEAD: "dim"}


class View:
    """Where the tables stand, what is being done and since when, what follows, how to go back.

    Args:
        console: A terminal.
        verb: The verb that was called.
        options: How the command line named the stack: printed commands name it, too.
    """

    def __init__(self, console: Console, verb: str, options: str = "") -> None:
        self._console, self._verb, self._options = console, verb, options
        self._step: Step | None = None
        self._over = False
        self._tables: dict[str, TableFacts] = {}
        self._chosen: str | None = None
        self._live: Live | None = None
        self._now = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            TimeElapsedColumn(),
            console=console,
        )

    @property
    def begun(self) -> bool:
        """Whether the verb is one that goes through steps."""
        return self._step is not None

    def observed(self, tables: Sequence[TableFacts], chosen: str | None) -> None:
        """Where these tables stand by now; the other ones are as they were."""
        # A new one each time: the thread that draws may be going through the old one.
        self._tables = {**self._tables, **{table.config.table: table for table in tables}}
        self._chosen = chosen

    def begin(self, step: Step) -> None:
        """The verb comes to a step."""
        self._step = step
        self._show()

    @contextmanager
    def working(self, text: str) -> Iterator[None]:
        """Counts the time that something takes."""
        task = self._now.add_task(self._named(text), total=None)
        self._show()
        try:
            yield
        finally:
            self._now.remove_task(task)

    def progress(self, text: str) -> None:
        """How what is being done stands."""
        for task in self._now.task_ids:
            self._now.update(task, description=self._named(text))

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Makes room for a question, or for a program that speaks for itself."""
        self.close()
        yield
        self._show()

    def end(self) -> None:
        """Leaves the block as the last thing that is seen, where there was one."""
        self._over = True
        if self._live:
            self._live.transient = not self.begun
        self.close()

    def close(self) -> None:
        """Leaves the terminal as if nothing had been there."""
        if self._live:
            self._live.stop()
            self._live = None

    def _named(self, text: str) -> str:
        return f"{self._step}: {text}" if self._step else text

    def _show(self) -> None:
        if self._live:
            self._live.refresh()
            return
        # stdout is the object that a script gets.
        self._live = Live(
            console=self._console,
            transient=True,
            redirect_stdout=False,
            get_renderable=self._picture,
        )
        self._live.start(refresh=True)

    def _picture(self) -> RenderableType:
        grid = Table.grid(
            Column(style="dim", no_wrap=True), Column(overflow="fold"), padding=(0, 2, 0, 0)
        )
        positions = [(each, locate(each, self._chosen)) for each in self._tables.values()]
        for name, places in _roads(positions):
            grid.add_row(name, _drawn(places))
        now = self._now if self._now.task_ids else self._step
        if now and not self._over:
            grid.add_row("now", now)
        if self._step is not None and positions:
            grid.add_row("next", self._next(self._step, positions))
            grid.add_row("back", self._few([way_back(*each) for each in positions]))
        return grid

    def _next(self, step: Step, positions: Sequence[_Stands]) -> RenderableType:
        if self._over:
            return self._few([next_step(*each) for each in positions])
        return then(self._verb, step, [table for table, _ in positions], self._chosen)

    def _few(self, lines: Sequence[str]) -> Text:
        """Each line once. They may hold brackets, which are no markup."""
        each = list(dict.fromkeys(lines))
        more = f"and {len(each) - _FEW} more: python -m restore status"
        shown = each if len(each) <= _FEW else (*each[:_FEW], more)
        return Text(with_options("\n".join(shown), self._options))


def _roads(positions: Sequence[_Stands]) -> list[tuple[str, Road]]:
    """A row for each table, or for all that stand alike."""
    roads = [(table.config.table, road(table, position)) for table, position in positions]
    if len(roads) <= _FEW:
        return roads
    alike: dict[Road, list[str]] = {}
    for name, places in roads:
        alike.setdefault(places, []).append(name)
    return [
        (names[0] if len(names) == 1 else f"{len(names)} tables", places)
        for places, names in alike.items()
    ]


def _drawn(places: Road) -> Text:
    parts = ((f"{mark} {phase}", _STYLES[mark]) for phase, mark in places)
    return Text("  ").join(Text(words, style) for words, style in parts)
