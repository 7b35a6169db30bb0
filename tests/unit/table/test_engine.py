"""What the program asks the engine: its config, and its own past before it registers anything."""

import json
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pulumi
import pytest
from pulumi.runtime import config

from restore.table import engine
from restore.table.engine import raw_config, read_past
from restore.table.past import Past, TablePast
from tests.support.memory.monitor import Call, EngineError, in_engine

RESOURCES = "pulumi:pulumi:readStackResourceOutputs"
OUTPUTS = "pulumi:pulumi:readStackOutputs"
ORIGINAL = "restore-demo-original-table"
URN = "urn:pulumi:sandbox::restore-demo::aws:dynamodb/table:Table::restore-demo.original"
TYPE = "aws:dynamodb/table:Table"


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock goes on by a second whenever someone looks at it."""
    seconds = iter(range(1000))
    clock = SimpleNamespace(monotonic=lambda: float(next(seconds)), sleep=lambda _: None)
    monkeypatch.setattr(engine, "time", clock)


def past_answered_by(calls: Mapping[str, Call]) -> Past:
    found: list[Past] = []

    def program() -> dict[str, str]:
        found.append(read_past().past)
        return {}

    in_engine(program, calls)
    (past,) = found
    return past


def test_the_past_is_asked_for_this_very_stack() -> None:
    asked: list[dict[str, Any]] = []

    def answer(arguments: dict[str, Any]) -> dict[str, Any]:
        asked.append(arguments)
        return {"outputs": {}}

    assert past_answered_by({RESOURCES: answer, OUTPUTS: answer}) == {}
    assert asked == [
        {"stackName": "organization/restore-demo/sandbox"},
        {"name": "organization/restore-demo/sandbox"},
    ]


def test_the_past_is_made_of_resources_and_outputs() -> None:
    resource = {"type": TYPE, "urn": URN, "outputs": {"name": ORIGINAL}}
    history = {"tables": {"restore-demo": {"history": ["original"]}}}
    past = past_answered_by(
        {RESOURCES: lambda _: {"outputs": {URN: resource}}, OUTPUTS: lambda _: {"outputs": history}}
    )
    assert past == {
        "restore-demo": TablePast(physical={"original": ORIGINAL}, history=("original",))
    }


@pytest.mark.parametrize("silent", [RESOURCES, OUTPUTS])
def test_an_engine_that_does_not_answer_is_no_empty_past(silent: str) -> None:
    """Taken for an empty past, a known stack would create its table a second time."""

    def fail(_: dict[str, Any]) -> dict[str, Any]:
        raise EngineError("failed to load checkpoint: EOF")

    calls: dict[str, Call] = {RESOURCES: lambda _: {"outputs": {}}, OUTPUTS: fail, silent: fail}
    with pytest.raises(pulumi.RunError) as caught:
        past_answered_by(calls)
    message = str(caught.value)
    assert message.startswith("The engine does not say what this stack holds: ")
    assert "EOF" in message
    assert message.endswith("then the same command")


def test_an_answer_without_outputs_is_no_empty_past_either() -> None:
    with pytest.raises(pulumi.RunError, match="does not say what this stack holds"):
        past_answered_by({RESOURCES: lambda _: {}, OUTPUTS: lambda _: {}})


def test_a_checkpoint_that_is_half_written_is_asked_for_again() -> None:
    """On a new stack the call can race the engine's first write."""
    troubles = [EngineError("failed to load checkpoint: EOF")]

    def answer(_: dict[str, Any]) -> dict[str, Any]:
        if troubles:
            raise troubles.pop()
        return {"outputs": {}}

    assert past_answered_by({RESOURCES: answer, OUTPUTS: answer}) == {}


def config_given(keys: Mapping[str, str]) -> dict[str, str]:
    def program() -> dict[str, str]:
        config.set_all_config(dict(keys))
        return raw_config()

    return in_engine(program, {}).outputs


def test_the_config_is_every_key_of_the_project_and_of_no_other() -> None:
    """Unknown keys too: `pulumi.Config` answers only those that one asks for."""
    given = {
        "restore-demo:activeTable": "restored",
        "restore-demo:activTable": "original",
        "aws:region": "us-east-1",
        "restore-demo-2:activeTable": "restored-2",
    }
    assert config_given(given) == {"activeTable": "restored", "activTable": "original"}


def test_the_config_is_read_from_the_environment_where_the_host_puts_it_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What the host sets in the process wins, as for `pulumi.Config`."""
    environment = {"restore-demo:activeTable": "original", "restore-demo:tables": "{}"}
    monkeypatch.setenv("PULUMI_CONFIG", json.dumps(environment))
    assert config_given({"restore-demo:activeTable": "restored"}) == {
        "activeTable": "restored",
        "tables": "{}",
    }
