"""Tables made by hand come into a stack by what `describe` says, and nothing of them changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from tests.engine.by_hand import (
    describe,
    make_everything,
    make_tables,
    paste,
    take_over,
    taken_over,
)
from tests.engine.everything import surround
from tests.engine.readback import readback
from tests.engine.scenes import Scenes
from tests.engine.steps import Step, previewed
from tests.engine.world import World

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


def test_verify_finds_what_was_commented_out_and_no_more(told: Told) -> None:
    done = told.world.asked("verify", "--as", "original", code=4)
    waiting = {
        f"tables.{key_of(each)}.{part['path'].partition('.')[0]}"
        for each in told.described.values()
        for part in each["unclaimed"]
    }
    assert {each["path"] for each in done["differences"]} == waiting
    assert {each["there"] for each in done["differences"]} == {None}


def test_the_page_of_a_table_with_everything_is_pasted_and_imported(world: World) -> None:
    """By a person in the middle of an incident: all of it comes in, and nothing is written."""
    surround(world)
    make_everything(world, "shop.everything")
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


def test_a_difference_would_have_been_seen(world: World) -> None:
    """Else nothing above proves anything."""
    (name,) = make_tables(world, [0])
    described = describe(world, [name])
    take_over(world, described)
    with world.config() as config:
        (entry,) = config["restore-demo:tables"].values()
        entry["tags"] = {"somebody": "else"}
    imported, updated = (step for step in previewed(world) if step.kind == "Table")
    assert (imported.op, imported.differs) == ("import", frozenset())
    assert updated.op == "update"
    assert "tags.somebody" in updated.differs
