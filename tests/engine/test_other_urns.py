"""The state holds the table under another URN: the engine would import it, then delete it."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.support.engine.faults import At
from tests.support.engine.identity import identity
from tests.support.engine.world import ORIGINAL, World

TABLE = "aws:dynamodb/table:Table"
STACK = "urn:pulumi:sandbox::restore-demo"
OURS = f"{STACK}::{TABLE}::restore-demo.original"
SHOP = f"{STACK}::shop:index:Data::shop"


def edit(world: World, change: Callable[[list[dict[str, Any]]], None], old: str, new: str) -> None:
    """Edits the state as a person with an editor would: one URN is another one everywhere."""
    text = world.pulumi("stack", "export").out.replace(f'"{old}"', f'"{new}"')
    state = json.loads(text)
    change(state["deployment"]["resources"])
    path = world.project / "state.json"
    path.write_text(json.dumps(state))
    world.pulumi("stack", "import", "--file", str(path))


def flags(world: World, *, protect: bool, retain: bool) -> None:
    def change(resources: list[dict[str, Any]]) -> None:
        for each in resources:
            if each["type"] == TABLE:
                each["protect"], each["retainOnDelete"] = protect, retain

    edit(world, change, "", "")


def renamed(world: World) -> str:
    world.pulumi("state", "rename", OURS, "orders", "--yes")
    return f"{STACK}::{TABLE}::orders"


def below_a_component(world: World) -> str:
    """As a team's program has it: the type of the parent is part of the URN."""
    urn = f"{STACK}::shop:index:Data${TABLE}::orders"

    def change(resources: list[dict[str, Any]]) -> None:
        root = next(each for each in resources if each["type"] == "pulumi:pulumi:Stack")
        shop = {"urn": SHOP, "type": "shop:index:Data", "custom": False, "parent": root["urn"]}
        resources.insert(resources.index(root) + 1, shop)
        next(each for each in resources if each["urn"] == urn)["parent"] = SHOP

    edit(world, change, OURS, urn)
    return urn


def twice(world: World) -> str:
    """Both own it: whichever leaves deletes it."""
    urn = f"{STACK}::{TABLE}::orders"

    def change(resources: list[dict[str, Any]]) -> None:
        ours = next(each for each in resources if each["urn"] == OURS)
        resources.append({**ours, "urn": urn, "retainOnDelete": False})

    edit(world, change, "", "")
    return urn


def fix(said: str) -> str:
    """The commands of the only fix, to be typed as they stand."""
    (printed,) = re.findall(r"fix: take it out of the program, then (.*)", said)
    commands = str(printed).partition(", which leaves AWS")[0]
    return commands.replace("pulumi up", "pulumi up --yes --skip-preview")


def typed(world: World, commands: str) -> None:
    done = world.run("bash", "-ec", commands)
    assert done.code == 0, done.said


@pytest.mark.parametrize("elsewhere", [renamed, below_a_component, twice])
def test_a_table_under_another_urn_is_rejected_and_the_fix_hands_it_over(
    at: At, elsewhere: Callable[[World], str]
) -> None:
    """It was imported under the new URN and deleted under the old one, in one `pulumi up`."""
    world = at("serving")
    known, everything = identity(world), world.everything()
    flags(world, protect=False, retain=False)
    since = world.last_call()
    urn = elsewhere(world)

    said = world.up(fails=True).said
    assert f"the table {ORIGINAL} is in this stack as {urn}" in said
    assert world.writes(since) == []
    plan = world.restore("plan", "--to", "latest", code=3).said
    assert "which sets it" not in plan
    if elsewhere is not below_a_component:
        assert f"is in this stack as {urn}" in plan

    # prints: restore/table/held.py:held_elsewhere
    typed(world, fix(said))
    world.up()
    assert identity(world) == known
    assert world.everything() == everything
    assert [call for call in world.writes(since) if "Table" in call] == []
    held = {each["urn"]: each for each in world.state().values() if each["type"] == TABLE}
    assert [*held] == [OURS]
    assert held[OURS]["retainOnDelete"] is True
    world.no_drift()
