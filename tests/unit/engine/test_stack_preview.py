"""A preview by the Automation API: its events become changes, its errors sentences."""

from collections import Counter
from typing import Any

import pytest
from pulumi import automation
from pulumi.automation.events import (
    DiffKind,
    EngineEvent,
    OpType,
    PropertyDiff,
    StepEventStateMetadata,
)

from restore.engine.stack import Stack
from restore.model.change import Change
from restore.model.errors import RestoreError
from restore.table.kinds import TABLE
from tests.support.memory.engine import TABLE_URN, Engine, failure, said, step


def detailed(kind: DiffKind) -> PropertyDiff:
    return PropertyDiff(diff_kind=kind, input_diff=True)


@pytest.mark.parametrize(
    ("event", "changes"),
    [
        pytest.param(said("a warning", "warning"), [], id="no-step"),
        *(
            pytest.param(step(op), [], id=op.value)
            for op in (OpType.SAME, OpType.READ, OpType.REFRESH)
        ),
        pytest.param(step(OpType.IMPORT), [Change("import", TABLE_URN)], id="pure-import"),
        pytest.param(
            step(OpType.UPDATE, diffs=["ttl.enabled", "tags", "attributes[0].name"]),
            [Change("update", TABLE_URN, frozenset({"ttl", "tags", "attributes"}))],
            id="properties-without-what-is-below",
        ),
        pytest.param(
            step(
                OpType.UPDATE,
                diffs=["hashKey"],
                detailed={"hashKey": detailed(DiffKind.UPDATE_REPLACE)},
            ),
            [Change("update", TABLE_URN, frozenset({"hashKey"}), replaces=True)],
            id="a-replace-that-only-the-provider-speaks-of",
        ),
        pytest.param(
            step(OpType.UPDATE, diffs=["tags"], detailed={"tags": detailed(DiffKind.ADD)}),
            [Change("update", TABLE_URN, frozenset({"tags"}))],
            id="a-change-in-place",
        ),
        pytest.param(
            step(OpType.CREATE_REPLACEMENT),
            [Change("create-replacement", TABLE_URN)],
            id="create-replacement",
        ),
    ],
)
def test_an_event_becomes_a_change(
    stack: Stack, engine: Engine, event: EngineEvent, changes: list[Change]
) -> None:
    engine.events = [event]

    assert stack.preview() == changes


def state(**properties: Any) -> StepEventStateMetadata:
    return StepEventStateMetadata(
        TABLE, TABLE_URN, "", "", "", inputs=properties, outputs=properties
    )


@pytest.mark.parametrize(
    ("path", "values"),
    [
        pytest.param("ttl.enabled", (True, False), id="below-a-property"),
        pytest.param('tags["a.b"]', ("old", None), id="a-key-with-a-dot"),
        pytest.param("attributes[0].name", ("id", "pk"), id="of-a-list"),
        pytest.param("attributes[1].name", ("at", None), id="beyond-a-list"),
        pytest.param("name.none", (None, None), id="below-a-text"),
    ],
)
def test_a_change_says_what_it_changes_into_what(
    stack: Stack, engine: Engine, path: str, values: tuple[Any, Any]
) -> None:
    """Someone who accepts a difference has to see it."""
    old = state(
        ttl={"enabled": True},
        tags={"a.b": "old"},
        attributes=[{"name": "id"}, {"name": "at"}],
        name="t",
    )
    new = state(ttl={"enabled": False}, tags={}, attributes=[{"name": "pk"}], name="t")
    differs = {path: detailed(DiffKind.UPDATE)}
    engine.events = [step(OpType.UPDATE, detailed=differs, old=old, new=new)]

    (change,) = stack.preview()

    assert change.values == {path: values}


def test_every_preview_asks_aws_and_a_proposal_its_own_file(stack: Stack, engine: Engine) -> None:
    """The state may be behind: a killed update has turned a stream on that it knows nothing of."""
    stack.preview()
    with stack.proposal({("activeTable",): "restored"}) as proposal:
        proposal.preview()

    drift, proposed = engine.asked
    assert drift == {"refresh": True, "config_file": None}
    assert proposed["refresh"] is True
    assert proposed["config_file"].endswith("Pulumi.dev.yaml")


def test_a_failed_preview_without_a_diagnosis_says_what_the_command_said(
    stack: Stack, engine: Engine
) -> None:
    engine.error = failure(automation.CommandError, "the backend is away")

    with pytest.raises(RestoreError, match=r"The preview failed: (?s:.)*the backend is away"):
        stack.preview()


def test_a_step_that_the_engine_counts_and_does_not_show_is_no_preview(
    stack: Stack, engine: Engine
) -> None:
    """The SDK drops an event that it cannot read, and a gate would let through what it held."""
    engine.events, engine.unseen = [step(OpType.UPDATE)], Counter({OpType.DELETE: 1})

    with pytest.raises(RestoreError, match="counts 2 changes and showed 1"):
        stack.preview()
