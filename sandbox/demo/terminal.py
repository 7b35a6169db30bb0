"""A program in a terminal, and what someone in front of it sees."""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import groupby
from pathlib import Path
from select import select
from typing import Any

import pyte
from rich.style import Style
from rich.text import Text

_KIND = "xterm"
"""A terminal of 16 colours."""
_OWN = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    " os.execvp(sys.argv[1], sys.argv[1:])"
)
"""Makes its stdin the terminal that Ctrl-C comes from, and becomes the program."""
_NOT_HERE = {"COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "COLORTERM", "TTY_COMPATIBLE"}
_CHUNK = 65536
_DIM, _GREY = 2, 90


class TerminalError(Exception):
    """What was waited for did not come; the message says what is seen instead."""


class _Screen(pyte.Screen):
    def select_graphic_rendition(self, *attrs: int, **kwargs: Any) -> None:
        """Pyte knows no dim: grey comes near it."""
        super().select_graphic_rendition(
            *(_GREY if each == _DIM else each for each in attrs), **kwargs
        )


class Screen:
    """What is seen after all that a program has written.

    Args:
        columns: The width.
        lines: The height; what scrolls off is lost.
    """

    def __init__(self, columns: int, lines: int) -> None:
        self._screen = _Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)

    def write(self, output: bytes) -> None:
        self._stream.feed(output)

    @property
    def lines(self) -> list[str]:
        """The lines as text, without the empty rest of each and of the page."""
        return "\n".join(line.rstrip() for line in self._screen.display).rstrip().split("\n")

    @property
    def has_cursor(self) -> bool:
        """Whether the cursor can be seen."""
        return not self._screen.cursor.hidden

    def drawn(self) -> Text:
        """The same with its colours."""
        page = Text("\n").join(self._line(n) for n in range(len(self.lines)))
        page.no_wrap = True
        return page

    def _line(self, number: int) -> Text:
        row = self._screen.buffer[number]
        cells = [row[column] for column in range(len(self._screen.display[number].rstrip()))]
        # As few pieces as there are styles: each one is an element of a picture.
        pieces = groupby(cells, lambda cell: Style(color=_colour(cell.fg), bold=cell.bold))
        return Text.assemble(*(("".join(c.data for c in each), style) for style, each in pieces))


def _colour(name: str) -> str | None:
    if name == "default":
        return None
    return name.replace("brown", "yellow").replace("bright", "bright_")


class Terminal:
    """One program that believes to be in front of a person.

    Attributes:
        screen: What that person sees.
    """

    def __init__(self, program: "subprocess.Popen[bytes]", master: int, screen: Screen) -> None:
        self._program, self._master, self.screen = program, master, screen

    def until(self, seen: Callable[[str], bool], seconds: float) -> None:
        """Waits until what is seen is what is waited for.

        Raises:
            TerminalError: it ended, or the time is over.
        """
        give_up = time.monotonic() + seconds
        while not seen("\n".join(self.screen.lines)):
            if time.monotonic() > give_up or not self._read():
                raise TerminalError("This is seen instead:\n" + "\n".join(self.screen.lines))

    def type(self, keys: str) -> None:
        """What the person types."""
        os.write(self._master, keys.encode())

    def ended(self) -> int:
        """Waits for the program's end; returns its code."""
        while self._read():
            pass
        return self._program.wait()

    def _read(self) -> bool:
        """Whether there may be more."""
        if not select([self._master], [], [], 0.1)[0]:
            return True
        try:
            output = os.read(self._master, _CHUNK)
        except OSError:  # Linux says so once nobody holds the other side
            output = b""
        self.screen.write(output)
        return output != b""


@contextmanager
def terminal(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], size: tuple[int, int]
) -> Iterator[Terminal]:
    """Starts a program in a terminal of its own; what still runs at the end is ended.

    Args:
        command: The program.
        folder: Where it runs.
        environment: What it knows; all about another terminal is left out.
        size: Columns and lines; what scrolls off is lost.
    """
    columns, lines = size
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    known = {key: value for key, value in environment.items() if key not in _NOT_HERE}
    program = subprocess.Popen(
        [sys.executable, "-c", _OWN, *command],
        cwd=folder,
        env={**known, "TERM": _KIND},
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
    )
    os.close(slave)
    try:
        yield Terminal(program, master, Screen(columns, lines))
    finally:
        with suppress(ProcessLookupError):
            program.kill()
        program.wait()
        os.close(master)
