"""The README's two walk-throughs, typed into a shell as they stand there.

Each section runs in one bash, in a copy of the checkout under git, with a sandbox of its own. Not
run here: `make setup`, blocks of `sh` (the AWS CLI is no dependency of this project), and what the
README says of real accounts.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from sandbox.home import Sandbox
from tests.docs.readme import CHECKOUT, Step, section, steps

_NOT_COPIED = shutil.ignore_patterns(".*_cache", "__pycache__", ".git", ".venv", ".sandbox")
_END = "\x1e"


@dataclass(frozen=True)
class Seen:
    """What a command printed, and how it ended."""

    step: Step
    output: str
    code: int


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A checkout to walk through, and at the end no sandbox that is still running."""
    checkout = tmp_path / "checkout"
    shutil.copytree(CHECKOUT, checkout, ignore=_NOT_COPIED)
    run(checkout, "git", "init", "--quiet")
    (checkout / ".git/info/exclude").write_text(".venv\n")
    (checkout / ".venv").symlink_to(CHECKOUT / ".venv", target_is_directory=True)
    run(checkout, "git", "add", "--all")
    author = ("-c", "user.name=nobody", "-c", "user.email=nobody@localhost")
    run(checkout, "git", *author, "commit", "--quiet", "--message", "As it is")
    monkeypatch.setenv("SANDBOX_HOME", str(tmp_path / "home"))
    yield checkout
    Sandbox(tmp_path / "home").stop()


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


def walk(todo: list[Step], folder: Path) -> list[Seen]:
    """Types the commands into one bash, each with the exit code of the one before it in `$?`."""
    lines = ["exec 2>&1"]
    for step in todo:
        lines += [step.command, f"code=$?; printf '{_END}%d{_END}' $code; (exit $code)"]
    parts = run(folder, "bash", typed="\n".join([*lines, "exit 0"])).split(_END)
    ends = zip(todo, parts[::2], parts[1::2], strict=False)
    return [Seen(step, output, int(code)) for step, output, code in ends]


def clean_for_git(folder: Path) -> bool:
    return run(folder, "git", "status", "--porcelain") == ""


@pytest.mark.timeout(900)  # a whole page, with every drift proof, on a busy machine
@pytest.mark.parametrize("title", ["By hand, in plain Pulumi", "By the runbook"])
def test_each_command_of_a_walk_through_shows_what_the_readme_says(
    title: str, folder: Path
) -> None:
    """A newcomer who sees something else does not know whether the page is wrong or the step."""
    todo = steps(section(title))
    assert len(todo) > 20
    seen = walk(todo, folder)
    assert [each.step for each in seen] == todo
    looked_at = {n for n, step in enumerate(todo, start=-1) if step.command == "echo $?"}
    for n, each in enumerate(seen):
        told = f"$ {each.step.command}\n{each.output}"
        assert each.step.missing_from(each.output) == [], told
        assert each.code == 0 or n in looked_at, told
    assert clean_for_git(folder)


def test_the_first_update_leaves_the_sample_config_as_it_is(folder: Path) -> None:
    """`pulumi stack init` writes a salt: into the sample, where it has none, for git to find."""
    sample = folder / "stacks/Pulumi.sandbox.yaml"
    before = sample.read_bytes()
    todo = steps(section("By hand, in plain Pulumi"))
    end = next(n for n, step in enumerate(todo) if step.command.startswith("pulumi up")) + 1
    assert [each.code for each in walk(todo[:end], folder)] == [0] * end
    assert sample.read_bytes() == before
    assert clean_for_git(folder)
