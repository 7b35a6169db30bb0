"""Dependents made by hand come into the stack by what `describe` says, and nothing is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from tests.support.engine.by_hand import describe, take_over, taken_over
from tests.support.engine.by_hand_dependents import EVERY_KIND, make_table
from tests.support.engine.everything import surround
from tests.support.engine.scenes import Scenes
from tests.support.engine.steps import Step, previewed
from tests.support.engine.world import World

NEW = {"CreatePolicy", "PutParameter"}
"""All that a take-over makes: the grant and the pointer."""
IMPORTED = {
    "scaling": {"Target": 2, "Policy": 2},
    "alarms": {"MetricAlarm": 2},
    "mappings": {"EventSourceMapping": 1},
    "kinesis": {"KinesisStreamingDestination": 1},
    "insights": {"ContributorInsights": 2},
    "policy": {"ResourcePolicy": 1},
}


@dataclass(frozen=True)
class Taken:
    """Six tables, each with dependents of one kind, taken over.

    Attributes:
        described: DynamoDB name → what `describe` printed.
        importing: The preview of the update that takes them over.
        writes: The AWS calls of that update that change something.
        after: The preview once `adoptTables` was removed.
    """

    world: World
    described: Mapping[str, Any]
    importing: list[Step]
    writes: list[str]
    after: list[Step]


@pytest.fixture(scope="module")
def taken(scenes: Scenes) -> Taken:
    world = scenes.begin()
    surround(world)
    for kind, make in EVERY_KIND.items():
        make_table(world, f"shop.{kind}")
        make(world, f"shop.{kind}")
    described = describe(world, [f"shop.{kind}" for kind in EVERY_KIND])
    take_over(world, described)
    importing = previewed(world)
    before = world.last_call()
    world.up()
    writes = world.writes(before)
    taken_over(world)
    return Taken(world, described, importing, writes, previewed(world))


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_dependents_made_by_hand_are_imported_as_they_are(taken: Taken, kind: str) -> None:
    """A difference would be applied to what production runs on, a creation would be refused."""
    found = [
        step
        for step in taken.importing
        if step.name.startswith(f"shop-{kind}.original") and step.kind != "Table"
    ]
    counted = {each: [step.kind for step in found].count(each) for each in IMPORTED[kind]}
    assert counted == IMPORTED[kind]
    assert {(step.op, step.differs) for step in found} == {("import", frozenset())}
    assert taken.described[f"shop.{kind}"]["unclaimed"] == []


def test_a_take_over_writes_nothing_but_the_new_policy_and_parameter(taken: Taken) -> None:
    assert sorted(taken.writes) == sorted([*NEW] * len(EVERY_KIND))


def test_taken_over_nothing_is_left_to_change(taken: Taken) -> None:
    """Neither with `adoptDependents`, which may stay, nor in what AWS says of the dependents."""
    assert taken.after == []
