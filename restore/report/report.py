"""What a person sees while a verb runs (stderr), and what a script gets (one object on stdout)."""

import json
import sys
import termios
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any

from rich.console import Console, RenderableType
from rich.text import Text

from restore.model.change import Change
from restore.model.facts import TableFacts
from restore.model.steps import Step
from restore.report.stack_options import all_with_options, with_options
from restore.report.view import View

_PIPE_WIDTH = 140
_LINE_SECONDS = 15.0
"""In a pipe a long wait says so often that it is still there."""


class Report:
    """Plain lines in a pipe, and in a terminal the live view beneath them.

    Args:
        as_json: Print one JSON object on stdout at the end.
        options: How the command line named the stack: printed commands name it, too.
        answers: What is said is what the verb was asked for, so it goes to stdout, where nothing
            else is printed on it. Progress and what went wrong do not.

    Attributes:
        seen: The tables as they were observed last.
    """

    def __init__(self, *, as_json: bool, options: str = "", answers: bool = False) -> None:
        self._as_json, self._options = as_json, options
        self._aside = self._console = _console(stderr=True)
        if answers and not as_json:
            self._console = _console(stderr=False)
        self._view: View | None = None
        self._began = self._line = 0.0
        self._steps: list[str] = []
        self._said: list[str] = []
        self._fields: dict[str, Any] = {}
        self.seen: Sequence[TableFacts] = ()

    @property
    def live(self) -> bool:
        """Whether someone is looking at a terminal, where a line can change."""
        return self._console.is_terminal and not self._console.is_dumb_terminal

    @property
    def width(self) -> int:
        """How many columns there are."""
        return self._console.width

    @property
    def can_ask(self) -> bool:
        """Whether there is a person who sees a question, and can answer it."""
        return self.live and _at_a_terminal()

    @property
    def asks_for_the_end(self) -> bool:
        """Whether anybody gets to know where the tables stand at the end."""
        return self._as_json or (self._view is not None and self._view.begun)

    @contextmanager
    def watched(self, verb: str) -> Iterator[None]:
        """Shows the live view while the verb works, where there is someone to see it."""
        self._view = View(self._console, verb, self._options) if self.live else None
        try:
            yield
        finally:
            if self._view:
                self._view.close()
                self._view = None

    def observed(self, tables: Sequence[TableFacts], chosen: str | None) -> None:
        """Where the tables stand."""
        self.seen = tables
        if self._view:
            self._view.observed(tables, chosen)

    def begin(self, step: Step) -> None:
        """The verb comes to a step."""
        if self._view:
            self._view.begin(step)

    def end(self) -> None:
        """The verb is over, and what was observed last is how it ended."""
        if self._view:
            self._view.end()

    def say(self, text: str) -> None:
        """One line for people; scripts get it under `says`."""
        text = with_options(text, self._options)
        self._said.append(text)
        self._console.print(text, markup=False)

    def show(self, picture: RenderableType) -> None:
        """A table or another picture, for people only."""
        if isinstance(picture, Text):
            picture = _coloured(with_options(picture.plain, self._options))
        self._console.print(picture)

    def page(self, text: str) -> None:
        """Text that is what the verb was asked for (stdout); scripts get its fields instead."""
        if not self._as_json:
            sys.stdout.write(text)

    def tell(self, fields: Mapping[str, Any]) -> None:
        """What a script gets, however the verb ends."""
        self._fields.update(fields)

    def fail(self, message: str) -> None:
        message = with_options(message, self._options)
        self._aside.print(message, markup=False, style="red")

    def planned(self, changes: Iterable[Change]) -> None:
        """The steps that the engine previewed."""
        for change in changes:
            self._console.print(f"  ~ {change}", markup=False)

    def accepted(self, changes: Iterable[Mapping[str, Any]]) -> None:
        """What `--accept` has let through, of every update of the call; for a script."""
        self._fields["accepted"] = [*self._fields.get("accepted", ()), *changes]

    def step(self, change: Change) -> None:
        """A step that the engine has begun."""
        self._steps.append(str(change))
        self._console.print(f"  + {change}", markup=False)

    def did(self, text: str) -> None:
        self._console.print(_coloured(f"  ✓ {text}"))

    @contextmanager
    def working(self, text: str) -> Iterator[None]:
        """Shows that something takes a while."""
        if self._view:
            with self._view.working(text):
                yield
            return
        self._began = self._line = time.monotonic()
        self._aside.print(f"  … {text}", markup=False)
        yield

    @contextmanager
    def aside(self, text: str) -> Iterator[None]:
        """Makes room for a program that speaks for itself."""
        with self._view.aside() if self._view else nullcontext():
            self._console.print(f"  … {text}", markup=False)
            yield

    def progress(self, text: str, *, so_far: bool = True) -> None:
        """How a long wait stands. To be called as often as one likes.

        Args:
            text: What is so by now.
            so_far: Whether a pipe is told how long it has taken; a terminal always is.
        """
        now = time.monotonic()
        if self._view:
            self._view.progress(text)
        elif now - self._line > _LINE_SECONDS:
            self._line = now
            elapsed = f", {now - self._began:.0f} s" if so_far else ""
            self._aside.print(f"  … {text}{elapsed}", markup=False)

    def ask(self, question: str) -> bool:
        """Asks the user. A pipe has nobody to ask, and its author has decided."""
        if not _at_a_terminal():
            return True
        # What was typed before the question answers another one, or none.
        termios.tcflush(sys.stdin, termios.TCIFLUSH)
        with self._view.aside() if self._view else nullcontext():
            said = self._console.input(f"{question} [y/N] ", markup=False)
        return said.strip().lower() in {"y", "yes"}

    def result(self, fields: Mapping[str, Any]) -> None:
        """The one object on stdout."""
        if self._as_json:
            # Twice: a verb's name comes first, and its own word last.
            told = {**fields, **self._fields, **fields, **_joined(self._fields, fields)}
            everything = {**told, "says": self._said, "steps": self._steps}
            everything = all_with_options(everything, self._options)
            print(json.dumps(everything, default=str))  # noqa: T201 - the verb's own output


def _console(*, stderr: bool) -> Console:
    """Rich leaves colour out of a pipe, and where NO_COLOR says so."""
    made = Console(stderr=stderr, highlight=False, soft_wrap=True)
    if not made.is_terminal:
        made.width = _PIPE_WIDTH
    return made


def _coloured(text: str) -> Text:
    """The text with its ticks in green and its warnings in yellow."""
    made = Text(text)
    made.highlight_regex(r"(?m)^ *✓", "green")
    made.highlight_regex(r"(?m)^ *!", "yellow")
    return made


def _at_a_terminal() -> bool:
    """Python has no stdin at all where it was closed (`<&-`)."""
    return sys.stdin is not None and not sys.stdin.closed and sys.stdin.isatty()


def _joined(told: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """What a verb says of its tables, and where they stand."""
    sides = [side["tables"] for side in (told, given) if "tables" in side]
    names = dict.fromkeys(name for side in sides for name in side)
    tables = {
        name: {key: value for side in sides for key, value in side.get(name, {}).items()}
        for name in names
    }
    return {"tables": tables} if sides else {}
