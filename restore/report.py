"""What a person sees while a verb runs (stderr), and what a script gets (one object on stdout)."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from rich.console import Console, RenderableType
from rich.status import Status

from restore.decide.gate import Change

_PIPE_WIDTH = 140


class Report:
    """Plain lines in a pipe, a moving line beneath them in a terminal.

    Args:
        as_json: Print one JSON object on stdout at the end.
    """

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self._console = Console(stderr=True, highlight=False, soft_wrap=True)
        if not self._console.is_terminal:
            self._console.width = _PIPE_WIDTH
        self._status: Status | None = None
        self._steps: list[str] = []
        self._said: list[str] = []
        self._fields: dict[str, Any] = {}

    @property
    def live(self) -> bool:
        """Whether somebody is looking at a terminal, where a line can change."""
        return self._console.is_terminal

    def say(self, text: str) -> None:
        """One line for a person; scripts get it under `says`."""
        self._said.append(text)
        self._console.print(text, markup=False)

    def show(self, picture: RenderableType) -> None:
        """A table or another picture, for people only."""
        self._console.print(picture)

    def page(self, text: str) -> None:
        """Text that is what the verb was asked for (stdout); scripts get its fields instead."""
        if not self._as_json:
            sys.stdout.write(text)

    def tell(self, fields: Mapping[str, Any]) -> None:
        """What a script gets, however the verb ends."""
        self._fields.update(fields)

    def fail(self, message: str) -> None:
        self._console.print(message, markup=False, style="red")

    def planned(self, changes: Iterable[Change]) -> None:
        """The steps that the engine previewed."""
        for change in changes:
            self._console.print(f"  ~ {change}", markup=False)

    def step(self, change: Change) -> None:
        """A step that the engine has begun."""
        self._steps.append(str(change))
        self._console.print(f"  + {change}", markup=False)

    def did(self, text: str) -> None:
        self._console.print(f"  ✓ {text}", markup=False)

    @contextmanager
    def working(self, text: str) -> Iterator[None]:
        """Shows that something takes a while."""
        if not self._console.is_terminal:
            self._console.print(f"  … {text}", markup=False)
            yield
            return
        with self._console.status(text) as self._status:
            yield
        self._status = None

    def progress(self, text: str) -> None:
        """How a long wait stands."""
        if self._status is not None:
            self._status.update(text)
        else:
            self._console.print(f"  … {text}", markup=False)

    def ask(self, question: str) -> bool:
        """Asks a person. A pipe has nobody to ask, and whoever wrote it has decided."""
        if not sys.stdin.isatty():
            return True
        return self._console.input(f"{question} [y/N] ").strip().lower() in {"y", "yes"}

    def result(self, fields: Mapping[str, Any]) -> None:
        """The one object on stdout."""
        if self._as_json:
            everything = {**self._fields, **fields, "says": self._said, "steps": self._steps}
            print(json.dumps(everything, default=str))  # noqa: T201 - the verb's own output
