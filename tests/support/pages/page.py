"""A page as a test reads it: its commands, and what they are said to show.

Commands stand in blocks of `console`, each behind a `$`. What a reader would not type, such as a
fault, stands in a comment that begins with `console`; the tests run it too.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

CHECKOUT = Path(__file__).parents[3]
README = CHECKOUT / "README.md"
OWN_TABLES = CHECKOUT / "docs/your-own-tables.md"
RUNBOOK = CHECKOUT / "docs/runbook.md"
BENCHMARKS = CHECKOUT / "docs/benchmarks.md"
CLI = CHECKOUT / "docs/reference/cli.md"
CONFIG = CHECKOUT / "docs/reference/config.md"
PAGES = (
    README,
    *(CHECKOUT / name for name in ("CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((CHECKOUT / "docs").rglob("*.md")),
)
"""Every page, for what has to hold on each."""
LEFT_OUT = "…"

_TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
_CHANGING = (
    (_TIME, "<time>"),
    (r"\(\d[\d.]*s\)", "(<seconds>)"),
    (r"127\.0\.0\.1:\d+", "<address>"),
    (r"\S+@\S+, process \d+", "<who>, process <pid>"),
    (r"process \d+", "process <pid>"),
    (r"SANDBOX_HOME=\S+ ", ""),
    (r"\s+", " "),
)
_STEP = re.compile(r"[-+~] (?:import|create|update|delete) \w+ ")
_BLOCK = re.compile(
    r"^(?:```console\n(?P<shown>.*?)^```|<!-- console\n(?P<hidden>.*?)^-->)$",
    flags=re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Step:
    """A command, and the lines that it is said to print, in this order, among others."""

    command: str
    shows: tuple[str, ...]

    def missing_from(self, output: str) -> list[str]:
        """The lines that the output lacks, or has in another order.

        Like steps on like resources may come in any order where they stand together: the engine
        takes them at once, since none depends on another.
        """
        seen = iter(_in_one_order(output.splitlines()))
        shown = [line for line in _in_one_order(self.shows) if line != LEFT_OUT]
        return [line for line in shown if line not in seen]

    def at(self, time: str) -> "Step":
        """The same command with `time`, which may be a shell's variable, for the page's times."""
        return replace(self, command=re.sub(_TIME, time, self.command))


def _in_one_order(lines: Iterable[str]) -> list[str]:
    """The lines, steady, each group of neighbouring like steps by name."""
    groups = groupby(map(steady, lines), key=_like)
    return [line for like, group in groups for line in (sorted(group) if like else group)]


def _like(line: str) -> str | None:
    step = _STEP.match(line)
    return step and step[0]


def steady(line: str) -> str:
    """A line without what differs from run to run."""
    for pattern, name in _CHANGING:
        line = re.sub(pattern, name, line)
    return line.strip()


def steps(text: str) -> list[Step]:
    """The commands of every console block, in order, those in comments among them."""
    found: list[Step] = []
    for block in _BLOCK.finditer(text):
        for part in re.split(r"^\$ ", block["shown"] or block["hidden"], flags=re.MULTILINE)[1:]:
            command, *shows = part.splitlines()
            found.append(Step(command, tuple(shows)))
    return found


def scenes(page: Path, begins: str) -> dict[str, list[Step]]:
    """The commands of a page, cut before each one that is `begins`.

    Returns:
        The heading that the scene begins under → its commands.

    Raises:
        ValueError: a command stands before the first scene.
    """
    found: dict[str, list[Step]] = {}
    current: list[Step] | None = None
    parts = re.split(r"^##+ (.+)$", page.read_text(), flags=re.MULTILINE)
    for heading, text in zip(["", *parts[1::2]], parts[::2], strict=True):
        for step in steps(text):
            if step.command == begins:
                current = found.setdefault(heading, [])
            if current is None:
                raise ValueError(f"{step.command} stands before the first scene.")
            current.append(step)
    return found
