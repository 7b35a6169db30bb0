"""An update by the Automation API: when its config is written, what it tells, how it fails."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pulumi import automation
from pulumi.automation.events import OpType

from restore.engine.stack import Stack
from restore.model.change import Change
from restore.model.errors import BlockedError, RestoreError
from tests.support.memory.engine import Engine, failure, said, step


def carry_out(stack: Stack, on_step: Callable[[Change], None] = lambda _: None) -> None:
    with stack.proposal({("activeTable",): "restored"}) as proposal:
        proposal.carry_out(proposal.write, on_step)


def test_a_proposal_becomes_the_config_only_once_the_engine_works(
    stack: Stack, engine: Engine, project: Path
) -> None:
    """The engine works only under the stack's lock: two runs at once do not both write."""
    own = project / "Pulumi.dev.yaml"
    with stack.proposal({("activeTable",): "restored"}) as proposal:
        proposal.preview()
        assert "activeTable: original" in own.read_text()
        proposal.carry_out(proposal.write, lambda _: None)

    assert "activeTable: restored" in own.read_text()
    assert engine.asked[-1]["config_file"].endswith("Pulumi.dev.yaml")


def test_without_the_lock_the_config_stays_as_it_is(
    stack: Stack, engine: Engine, project: Path
) -> None:
    before = (project / "Pulumi.dev.yaml").read_bytes()
    engine.error = failure(automation.ConcurrentUpdateError)

    with pytest.raises(BlockedError):
        carry_out(stack)

    assert (project / "Pulumi.dev.yaml").read_bytes() == before


def test_each_step_of_an_update_is_told_as_it_begins(stack: Stack, engine: Engine) -> None:
    engine.events = [step(OpType.SAME), step(OpType.UPDATE), step(OpType.DELETE)]
    begun: list[Change] = []

    carry_out(stack, begun.append)

    assert [each.op for each in begun] == ["update", "delete"]


def test_a_failed_update_says_what_the_engine_said_once(stack: Stack, engine: Engine) -> None:
    """The engine repeats an error for each resource that hangs on it, and warns besides."""
    engine.events = [
        said("resource 'orders' does not exist\n"),
        said("a warning", "warning"),
        said("resource 'orders' does not exist"),
        said("update failed"),
    ]
    engine.error = failure(automation.CommandError)

    with pytest.raises(RestoreError) as failed:
        carry_out(stack)

    assert failed.value.wrong == "The update failed: resource 'orders' does not exist"
    assert failed.value.untouched == "What it had done before that is in the stack's state."


def test_a_config_that_cannot_be_written_is_said_after_the_update(
    stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The SDK swallows what a callback raises: an exit of 0 would hide an old config."""

    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("restore.engine.configfile.ConfigFile.replace", full)
    with pytest.raises(RestoreError, match="No space left") as failed:
        carry_out(stack)

    assert failed.value.untouched == "The update itself is done."


def test_a_second_update_at_once_is_blocked(stack: Stack, engine: Engine) -> None:
    engine.error = failure(automation.ConcurrentUpdateError)

    with pytest.raises(BlockedError) as blocked:
        carry_out(stack)

    assert blocked.value.exit_code == 3
    assert "pulumi cancel" not in blocked.value.fix  # it would break a live lock


def refuse() -> None:
    raise BlockedError("Someone wrote the file.", "Nothing was changed.", "look at it")


def test_a_file_that_changed_meanwhile_stops_the_update_before_it_does_anything(
    stack: Stack, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seen only under the engine's lock, between the last look and the rename."""
    stopped: list[bool] = []
    monkeypatch.setattr("restore.engine.events.interrupt_update", lambda: stopped.append(True))
    engine.error = failure(automation.CommandError, "update canceled")

    with (
        stack.proposal({("activeTable",): "restored"}) as proposal,
        pytest.raises(BlockedError, match="Someone wrote the file"),
    ):
        proposal.carry_out(refuse, lambda _: None)

    assert stopped == [True]


def test_an_update_that_was_not_stopped_in_time_is_said_to_be_done(
    stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To say that nothing was changed would be a lie."""
    monkeypatch.setattr("restore.engine.events.interrupt_update", lambda: None)

    with (
        stack.proposal({("activeTable",): "restored"}) as proposal,
        pytest.raises(RestoreError, match="Someone wrote the file") as failed,
    ):
        proposal.carry_out(refuse, lambda _: None)

    assert failed.value.untouched == "The update itself is done."


def test_a_file_that_changed_since_the_preview_is_found_before_the_update(
    stack: Stack, engine: Engine, project: Path
) -> None:
    with stack.proposal({("activeTable",): "restored"}) as proposal:
        (project / "Pulumi.dev.yaml").write_text("config: {}\n")
        with pytest.raises(BlockedError, match="changed by someone else"):
            proposal.carry_out(proposal.write, lambda _: None)

    assert engine.asked == []
