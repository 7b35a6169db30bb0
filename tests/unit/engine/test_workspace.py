"""Which pulumi commands the Automation API is made to run: each takes up to half a second."""

import json
from pathlib import Path
from typing import Any

import pytest
from pulumi import automation

from restore.engine.running import EngineCommand
from restore.engine.stack import Stack
from restore.engine.workspace import Workspace, _Command

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
        self.answers: dict[str, str] = {"history": json.dumps([UPDATE])}

    def run(self, args: list[str], *_: Any, **__: Any) -> automation.CommandResult:
        self.asked.append(args)
        found = (answer for word, answer in self.answers.items() if word in args)
        return automation.CommandResult(next(found, ""), "", 0)


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Command:
    """The one that every workspace gets."""
    made = Command()
    monkeypatch.setattr("restore.engine.workspace._Command", lambda: made)
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


@pytest.mark.parametrize(
    ("named", "commands"),
    [
        pytest.param(None, [["stack", "ls", "--json"]], id="the-selected-one"),
        pytest.param("prod", [["stack", "--show-name", "--stack", "prod"]], id="a-named-one"),
    ],
)
def test_a_stack_is_looked_for_by_one_command(
    command: Command, tmp_path: Path, named: str | None, commands: list[list[str]]
) -> None:
    (tmp_path / "Pulumi.yaml").write_text("name: restore-demo\nruntime: python\n")
    listed = {"current": True, "updateInProgress": False}
    command.answers["ls"] = json.dumps([{"name": "dev", **listed}])

    Stack(tmp_path, named)

    assert command.asked == commands


SEALED, OPENED = ["stack", "export", "--stack", "dev"], "--show-secrets"


def exported(secret: str) -> str:
    mark = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}
    return json.dumps({"version": 3, "deployment": {"resources": [{"value": mark, secret: 1}]}})


def test_secrets_are_opened_once_for_each_checkpoint(command: Command, tmp_path: Path) -> None:
    """The engine encrypts them all again in each update, with or without a change."""
    workspace = Workspace(str(tmp_path))

    def read(sealed: str, opened: str) -> Any:
        command.asked.clear()
        command.answers = {OPENED: exported(opened), "export": exported(sealed)}
        (found,) = (workspace.export_stack("dev").deployment or {})["resources"]
        return found, [OPENED in each for each in command.asked]

    first, again, then = read("one", "a"), read("one", "not read"), read("two", "b")

    assert ("a" in first[0], first[1]) == (True, [False, True])
    assert ("a" in again[0], again[1]) == (True, [False])
    assert ("b" in then[0], then[1]) == (True, [False, True])


@pytest.mark.parametrize("deployment", [None, {}, {"resources": [{"value": "in clear"}]}])
def test_where_no_secret_is_none_is_opened(
    command: Command, tmp_path: Path, deployment: dict[str, Any] | None
) -> None:
    command.answers = {"export": json.dumps({"version": 3, "deployment": deployment})}

    assert Workspace(str(tmp_path)).export_stack("dev").deployment == deployment
    assert command.asked == [SEALED]


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
    monkeypatch.setattr("restore.engine.workspace.time.sleep", slept.append)
    monkeypatch.setattr("restore.engine.workspace.time.monotonic", lambda: sum(slept))
    monkeypatch.setattr(automation.PulumiCommand, "__init__", lambda *_: None)
    return slept


HALF_WRITTEN = "error: failed to load checkpoint: EOF"


def test_a_state_that_is_being_written_is_read_again(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two runs at once, one looks while the other one writes: that must not end it."""
    backend = Backend(HALF_WRITTEN, 3)
    monkeypatch.setattr(EngineCommand, "run", backend.run)

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
    monkeypatch.setattr(EngineCommand, "run", Backend(says, 1000).run)

    with pytest.raises(automation.CommandError, match=says.partition(":")[2].strip()):
        _Command().run(["preview"], "here", {})
    assert least <= sum(clock) <= most
