"""The README as a test reads it: its sections, their commands, and what they are said to show."""

import re
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
README = CHECKOUT / "README.md"
LEFT_OUT = "…"

_CHANGING = (
    (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "<time>"),
    (r"\(\d[\d.]*s\)", "(<seconds>)"),
    (r"127\.0\.0\.1:\d+", "<address>"),
    (r"process \d+", "process <pid>"),
    (r"\s+", " "),
)


@dataclass(frozen=True)
class Step:
    """A command, and the lines that it is said to print, in this order, among others."""

    command: str
    shows: tuple[str, ...]

    def missing_from(self, output: str) -> list[str]:
        """The lines that the output lacks, or has in another order."""
        seen = iter([steady(line) for line in output.splitlines()])
        return [line for line in self.shows if steady(line) not in seen]


def steady(line: str) -> str:
    """A line without what differs from run to run."""
    for pattern, name in _CHANGING:
        line = re.sub(pattern, name, line)
    return line.strip()


def section(title: str) -> str:
    """The text below the heading `## title`, up to the next one."""
    parts = re.split(r"^## (.+)$", README.read_text(), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))[title]


def steps(text: str) -> list[Step]:
    """The commands of every console block, in order."""
    found: list[Step] = []
    for block in re.findall(r"^```console\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *shows = part.splitlines()
            found.append(Step(command, tuple(line for line in shows if line != LEFT_OUT)))
    return found
