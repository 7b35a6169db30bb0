"""What the walk-throughs need: a checkout of their own, and a sandbox."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.home import Sandbox
from tests.support.pages.page import CHECKOUT
from tests.support.pages.shell import run

_NOT_COPIED = shutil.ignore_patterns(
    ".*_cache", "__pycache__", ".git", ".venv", ".sandbox", ".restore"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A checkout to walk through, and at the end no sandbox that is still running."""
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "nobody")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "nobody@localhost")
    monkeypatch.setenv("SANDBOX_HOME", str(tmp_path / "home"))
    checkout = tmp_path / "checkout"
    shutil.copytree(CHECKOUT, checkout, ignore=_NOT_COPIED)
    run(checkout, "git", "init", "--quiet")
    (checkout / ".git/info/exclude").write_text(".venv\n")
    (checkout / ".venv").symlink_to(CHECKOUT / ".venv", target_is_directory=True)
    run(checkout, "git", "add", "--all")
    run(checkout, "git", "commit", "--quiet", "--message", "As it is")
    yield checkout
    Sandbox(tmp_path / "home").stop()
