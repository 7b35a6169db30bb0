"""Three tables in one stack: one of them restored alone, and all of them to one second.

One after the other: test_several_tables.
"""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from tests.support.engine.scenes import Scenes, next_second
from tests.support.engine.world import World

TABLES = ("restore-demo", "orders", "customers")
ROWS = ("adopt", "prepare", "switch", "drop")


@pytest.fixture(scope="module")
def poisoned(scenes: Scenes) -> Callable[[], tuple[World, str]]:
    """Three tables in which garbage was written; the last good second."""
    world = scenes.begin()
    with world.config() as config:
        tables = config["restore-demo:tables"]
        config["restore-demo:tables"] = {name: {**tables["restore-demo"]} for name in TABLES}
    world.up()
    for name in TABLES:
        world.put(original(name), id="kept", value=f"good {name}")
    moment = next_second()
    for name in TABLES:
        world.put(original(name), id="kept", value="garbage")
        world.put(original(name), id="new", value="garbage")
    scene = world.save()

    def load() -> tuple[World, str]:
        world.load(scene)
        return world, moment

    return load


def original(name: str) -> str:
    return f"{name}-original-table"


def restored(name: str) -> str:
    return f"{name}-restored-table"


def pointer(world: World, name: str) -> tuple[str, int]:
    """The parameter of one of the tables: its value and version."""
    parameter = world.ssm.get_parameter(Name=f"{name}-table-name")["Parameter"]
    return parameter["Value"], parameter["Version"]


def granted(world: World, name: str) -> tuple[list[str], str]:
    """The tables that the grant of one of them names, and its default version."""
    arn = f"arn:aws:iam::123456789012:policy/{name}-read-policy"
    version = world.iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
    answer = world.iam.get_policy_version(PolicyArn=arn, VersionId=version)["PolicyVersion"]
    (statement,) = answer["Document"]["Statement"]
    return [each.rpartition("/")[2] for each in statement["Resource"]], version


def updates(world: World) -> int:
    """How many updates the stack has had."""
    history: list[Any] = json.loads(world.pulumi("stack", "history", "--json").out)
    return sum(each["kind"] == "update" for each in history)


Poisoned = Callable[[], tuple[World, str]]


def test_one_alone_leaves_the_two_others_as_they_are(poisoned: Poisoned) -> None:
    """Their clients would be moved to a table that lacks what was written since."""
    world, moment = poisoned()
    others = [name for name in TABLES if name != "orders"]

    done = world.asked("run", "--to", moment, "--drain", "0", "--yes", "--table", "orders")

    assert [step for step in done["steps"] if "orders" not in step] == []
    for name in others:
        assert pointer(world, name) == (original(name), 1)
        assert granted(world, name) == ([original(name)], "v1")
        assert world.items(original(name))["kept"]["value"] == "garbage"
    assert pointer(world, "orders") == (restored("orders"), 2)
    assert world.tables() == {*map(original, TABLES), restored("orders")}
    phases = {name: table["phase"] for name, table in world.asked("status")["tables"].items()}
    assert phases == {**dict.fromkeys(others, "serving"), "orders": "dropped"}
    world.no_drift()


def test_all_of_them_go_back_to_one_second_together(poisoned: Poisoned) -> None:
    """An order must not name a customer that the other table does not have yet."""
    world, moment = poisoned()
    before = updates(world)

    done = world.asked("run", "--to", moment, "--drain", "0", "--yes")

    described = [
        world.dynamodb.describe_table(TableName=restored(name))["Table"] for name in TABLES
    ]
    seconds = {each["RestoreSummary"]["RestoreDateTime"] for each in described}
    assert seconds == {datetime.fromisoformat(moment)}
    for name in TABLES:
        assert world.items(restored(name)) == {
            "kept": {"id": "kept", "value": f"good {name}"},
        }
        assert pointer(world, name) == (restored(name), 2)
        assert granted(world, name) == ([restored(name)], "v3")
    assert updates(world) - before == len(ROWS)
    assert sum("import" in step for step in done["steps"]) == len(TABLES)
    world.no_drift()
