"""Which pulumi commands the Automation API is made to run: each takes up to half a second."""

import json
from pathlib import Path
from typing import Any

import pytest
from pulumi import automation

from restore.stack import Stack
from restore.workspace import _Command

UPDATE = {
    "kind": "update",
    "startTime": "2026-01-31T14:02:00.000Z",
    "message": "",
    "environment": {},
    "config": {},
    "result": "succeeded",
}


class Command:
    """Answers as `automation.PulumiCommand` does, and notes what is asked."""

    version = "3.259.0"

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def run(self, args: list[str], *_: Any, **__: Any) -> automation.CommandResult:
        self.asked.append(args)
        history = json.dumps([UPDATE]) if "history" in args else ""
        return automation.CommandResult(history, "", 0)


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Command:
    """The one that every workspace gets."""
    made = Command()
    monkeypatch.setattr("restore.workspace._Command", lambda: made)
    return made


def test_after_an_update_nothing_is_read_that_nobody_asked_for(
    command: Command, tmp_path: Path
) -> None:
    """The SDK reads outputs twice and the history, with their secrets: a second in each update."""
    (tmp_path / "Pulumi.yaml").write_text("name: restore-demo\nruntime: python\n")
    (tmp_path / "Pulumi.dev.yaml").write_text("config: {}\n")
    stack = Stack(tmp_path, "dev")
    command.asked.clear()

    stack.up(tmp_path / "Pulumi.dev.yaml", lambda: None, lambda _: None)

    update, *others = command.asked
    assert update[0] == "up"
    assert [each[:2] for each in others] == [["stack", "history"]]
    assert not any("--show-secrets" in each for each in command.asked)


class Backend:
    """A state that another engine is writing, so many times as it is looked at."""

    def __init__(self, says: str, times: int) -> None:
        self.says, self.left = says, times

    def run(self, *_: Any, **__: Any) -> automation.CommandResult:
        if not self.left:
            return automation.CommandResult("done", "", 0)
        self.left -= 1
        raise automation.CommandError(automation.CommandResult("", self.says, 255))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What was slept so far; no time passes but by that."""
    slept: list[float] = []
    monkeypatch.setattr("restore.workspace.time.sleep", slept.append)
    monkeypatch.setattr("restore.workspace.time.monotonic", lambda: sum(slept))
    monkeypatch.setattr(automation.PulumiCommand, "__init__", lambda *_: None)
    return slept


HALF_WRITTEN = "error: failed to load checkpoint: EOF"


def test_a_state_that_is_being_written_is_read_again(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two runs at once, one looks while the other one writes: that must not end it."""
    backend = Backend(HALF_WRITTEN, 3)
    monkeypatch.setattr(automation.PulumiCommand, "run", backend.run)

    assert _Command().run(["preview"], "here", {}).stdout == "done"
    assert len(clock) == 3


@pytest.mark.parametrize(
    ("says", "least", "most"),
    [
        pytest.param(HALF_WRITTEN, 5, 6, id="torn-for-good"),
        pytest.param("error: resource 'x' does not exist", 0, 0, id="another-error"),
    ],
)
def test_a_command_that_fails_for_good_says_so(
    clock: list[float], monkeypatch: pytest.MonkeyPatch, says: str, least: float, most: float
) -> None:
    monkeypatch.setattr(automation.PulumiCommand, "run", Backend(says, 1000).run)

    with pytest.raises(automation.CommandError, match=says.partition(":")[2].strip()):
        _Command().run(["preview"], "here", {})
    assert least <= sum(clock) <= most
