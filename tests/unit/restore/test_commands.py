"""Which pulumi commands the Automation API is made to run: each takes up to half a second."""

import json
from pathlib import Path
from typing import Any

import pytest
from pulumi import automation

from restore.stack import Stack

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
    monkeypatch.setattr("pulumi.automation._local_workspace.PulumiCommand", lambda **_: made)
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
