"""`plan` on a real stack: it names what a restore would lose, changes nothing, and its fix works.

What names a table, wherever it is: tests/settings/test_plan. What is decided: tests/unit.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.support.engine.by_hand import emulator
from tests.support.engine.readback import readback
from tests.support.engine.world import ORIGINAL, World
from tests.support.ten_things import SETTINGS, make_ten_things

At = Callable[[str], World]
BY_HAND = {
    "auto scaling",
    "metric-math alarm",
    "scheduled action",
    "inline IAM policy",
    "backup selection",
}
"""What no key of the stack config brings back: that of auto scaling has no effect on demand."""


def losses(world: World, *accepted: str) -> list[dict[str, Any]]:
    """What the plan says that a restore will not bring back."""
    plan = world.asked("plan", "--to", "latest", *accepted)["tables"]["restore-demo"]
    assert plan["notLookedAt"] == []
    found: list[dict[str, Any]] = plan["losses"]
    return found


def merge(tree: Any, more: Any) -> None:
    """Writes the lines of `more` beside what is there, as a person at an editor would."""
    for key, value in more.items():
        if key in tree and isinstance(value, dict):
            merge(tree[key], value)
        else:
            tree[key] = value


def follow(world: World, found: list[dict[str, Any]]) -> None:
    """Does all that the plan says of what the stack config can bring back."""
    for loss in found:
        if loss["config"] is None:
            continue
        if "\n" in loss["todo"]:
            with world.config() as config:
                merge(config["restore-demo:tables"]["restore-demo"], loss["config"])
        else:
            done = world.run("sh", "-ec", loss["todo"])
            assert done.code == 0, done.said


def test_the_fix_of_a_plan_brings_back_all_that_a_config_can(at: At) -> None:
    """One that is not named is found missing in production, after the switch."""
    world = at("serving")
    things = make_ten_things(emulator(world), ORIGINAL)
    since = world.last_call()
    # What was made by hand on the table itself is drift, which someone has to accept first.
    blocked = world.restore("plan", "--to", "latest", code=3).said
    accept = re.findall(r"--accept (\S+)", blocked)
    assert accept

    found = losses(world, *(text for each in accept for text in ("--accept", each)))

    named = {(each["kind"], each["name"]) for each in found}
    assert named == {*things.items(), *(("setting", name) for name in SETTINGS)}
    assert world.writes(since) == []
    assert world.in_stack() == {"original"}

    before = readback(world, ORIGINAL)
    follow(world, found)

    world.pulumi("up", "--yes", "--skip-preview", "--refresh")
    world.no_drift()
    after = readback(world, ORIGINAL)
    assert {call for call in before if before[call] != after[call]} <= {"DescribeAlarms"}
    assert {each["kind"] for each in losses(world)} == BY_HAND


@pytest.mark.parametrize(
    "verb",
    [
        ("plan", "--to", "latest"),
        ("start", "--to", "latest"),
        ("run", "--to", "latest", "--yes"),
        ("describe", ORIGINAL),
    ],
    ids=lambda verb: verb[0],
)
def test_a_global_table_is_refused_before_anything_is_started(
    at: At, verb: tuple[str, ...]
) -> None:
    """Its replicas would stay with the garbage, and their clients as well."""
    world = at("serving")
    stream = {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}
    world.dynamodb.update_table(TableName=ORIGINAL, StreamSpecification=stream)
    replica = {"Create": {"RegionName": "eu-west-1"}}
    world.dynamodb.update_table(TableName=ORIGINAL, ReplicaUpdates=[replica])
    since, before = world.last_call(), world.everything()

    said = world.restore(*verb, code=3).said

    assert "is a global table" in said
    assert "eu-west-1" in said
    assert world.writes(since) == []
    assert world.everything() == before
