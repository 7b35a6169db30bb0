"""The commands of a page, typed into one bash."""

import os
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.pages.page import Step

_END = "\x1e"
_ASKS = r"python -m restore (switch|rollback|drop|run)\b"


@dataclass(frozen=True)
class Seen:
    """What a command printed, and how it ended."""

    step: Step
    output: str
    code: int


def run(folder: Path, *command: str, typed: str = "") -> str:
    """What a command prints, given what is typed into it."""
    return subprocess.run(
        command,
        input=typed,
        cwd=folder,
        env={**os.environ, "COLUMNS": "140"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout


def walk(todo: Sequence[Step], folder: Path) -> list[Seen]:
    """Types the commands into one bash, each with the exit code of the one before it in `$?`."""
    lines = ["exec 2>&1"]
    for step in todo:
        lines += [_answered(step.command), f"code=$?; printf '{_END}%d{_END}' $code; (exit $code)"]
    parts = run(folder, "bash", typed="\n".join([*lines, "exit 0"])).split(_END)
    ends = zip(todo, parts[::2], parts[1::2], strict=False)
    return [Seen(step, output, int(code)) for step, output, code in ends]


def _answered(command: str) -> str:
    """As its reader types it, who says yes at the question; here there is no terminal for one."""
    return command if "--yes" in command else re.sub(_ASKS, r"\g<0> --yes", command)


def assert_shown(todo: Sequence[Step], folder: Path) -> None:
    """Each command shows what the page says, and ends well unless the next one asks how."""
    seen = walk(todo, folder)
    assert [each.step for each in seen] == list(todo)
    looked_at = {n for n, step in enumerate(todo, start=-1) if step.command == "echo $?"}
    for n, each in enumerate(seen):
        told = f"$ {each.step.command}\n{each.output}"
        assert each.step.missing_from(each.output) == [], told
        assert each.code == 0 or n in looked_at, told


def clean_for_git(folder: Path) -> bool:
    return run(folder, "git", "status", "--porcelain") == ""
