"""Tables made by hand come into a stack by what `describe` says, and nothing of them changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from tests.support.engine.by_hand import (
    describe,
    make_everything,
    make_tables,
    paste,
    take_over,
    taken_over,
)
from tests.support.engine.by_hand_dependents import alarms
from tests.support.engine.everything import surround
from tests.support.engine.readback import hanging, readback
from tests.support.engine.scenes import Scenes
from tests.support.engine.steps import Step, previewed
from tests.support.engine.world import World

pytestmark = pytest.mark.timeout(600)

SEEDS = range(20)


@dataclass(frozen=True)
class Told:
    """Twenty tables, taken over; the world is as it is then.

    Attributes:
        described: DynamoDB name → what `describe` said.
        before: DynamoDB name → what AWS said of it before.
        importing: The preview of the update that takes them over.
        after: The preview once `adoptTables` is gone.
    """

    world: World
    described: Mapping[str, Any]
    before: Mapping[str, Any]
    importing: list[Step]
    after: list[Step]


@pytest.fixture(scope="module")
def told(scenes: Scenes) -> Told:
    world = scenes.begin()
    names = make_tables(world, SEEDS)
    described = describe(world, names)
    before = {name: readback(world, name) for name in names}
    take_over(world, described)
    importing = previewed(world)
    world.up()
    taken_over(world)
    return Told(world, described, before, importing, previewed(world))


def key_of(described: Any) -> str:
    (key,) = described["config"]["restore-demo:tables"]
    return str(key)


def test_each_table_is_imported_with_no_difference(told: Told) -> None:
    """A difference would be applied to a live table, a replacement would empty it."""
    keys = [key_of(each) for each in told.described.values()]
    tables = [step for step in told.importing if step.kind == "Table"]
    assert tables == sorted(
        (Step("import", "Table", f"{key}.original", frozenset()) for key in keys),
        key=lambda step: step.name,
    )


def test_dependents_are_imported_and_only_grant_and_pointer_are_created(told: Told) -> None:
    """Nothing that is there already may be changed on the way."""
    others = [step for step in told.importing if step.kind not in {"Table", "Parameter"}]
    dependents = [step for step in others if ".original." in step.name]
    assert dependents
    assert {(step.op, step.differs) for step in dependents} == {("import", frozenset())}
    assert {step.op for step in others if step not in dependents} == {"create"}


def test_taken_over_nothing_is_left_to_change(told: Told) -> None:
    assert told.after == []


def test_the_tables_are_what_they_were(told: Told) -> None:
    """Call by call."""
    for name, before in told.before.items():
        assert readback(told.world, name) == before, name


def test_nothing_is_left_out_and_verify_finds_no_difference(told: Told) -> None:
    """What cannot be imported would be a comment, and missing on every restored table."""
    assert [each["unclaimed"] for each in told.described.values()] == [[]] * len(SEEDS)
    assert told.world.asked("verify", "--as", "original")["differences"] == []


def alarm_names(world: World, table: str) -> set[str]:
    """The alarms on the table, less those that auto scaling makes for itself."""
    found = world.client("cloudwatch").describe_alarms(AlarmTypes=["MetricAlarm"])["MetricAlarms"]
    here = {"Name": "TableName", "Value": table}
    names = {each["AlarmName"] for each in found if here in each["Dimensions"]}
    return {name for name in names if not name.startswith("TargetTracking-")}


def test_the_page_of_a_table_with_everything_is_pasted_and_imported(world: World) -> None:
    """All of it comes in, nothing is written; a whole run and the way back keep its names."""
    surround(world)
    make_everything(world, "shop.everything")
    alarms(world, "shop.everything")
    page = world.restore("describe", "shop.everything").out
    paste(world, page)
    assert "#" not in page
    assert "delete" not in page
    before = world.last_call()
    world.up()
    assert sorted(world.writes(before)) == ["CreatePolicy", "PutParameter"]
    taken_over(world)
    assert previewed(world) == []
    world.restore("verify", "--as", "original")
    world.restore("run", "--to", "latest", "--drain", "0", "--yes")
    assert {*hanging(readback(world, "shop.everything")).values()} == {0}
    assert alarm_names(world, "shop.everything") == set()
    world.restore("rollback", "--yes")
    # What the drop deleted is created again, under the names that were taken over.
    own = {"shop.everything-slow", "shop.everything-throttled"}
    assert alarm_names(world, "shop.everything") == {"Orders: too hot!", *own}
    world.no_drift()


def test_a_difference_would_have_been_seen(world: World) -> None:
    """Else nothing above proves anything."""
    (name,) = make_tables(world, [0])
    described = describe(world, [name])
    take_over(world, described)
    with world.config() as config:
        (entry,) = config["restore-demo:tables"].values()
        entry["tags"] = {"someone": "else"}
    imported, updated = (step for step in previewed(world) if step.kind == "Table")
    assert (imported.op, imported.differs) == ("import", frozenset())
    assert updated.op == "update"
    assert "tags.someone" in updated.differs
