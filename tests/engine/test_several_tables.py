"""Two tables in one stack, of which one was poisoned."""

from collections.abc import Callable
from typing import Any

from ruamel.yaml import YAML

from tests.support.engine.scenes import next_second
from tests.support.engine.world import ORIGINAL, RESTORED, World

ORDERS, RESTORED_ORDERS = "orders-original-table", "orders-restored-table"


def own_keys(world: World, table: str) -> dict[str, Any]:
    """The placement that the config file holds for one table alone."""
    entry = YAML().load(world.config_file)["config"]["restore-demo:tables"][table]
    placement = ("activeTable", "standbyTables", "adoptTables", "rollbackFrom")
    return {key: entry[key] for key in placement if key in entry}


def test_one_table_is_restored_while_the_other_is_left_alone_and_then_that_one(
    at: Callable[[str], World],
) -> None:
    """A runbook that moves a neighbour's clients as well is worse than none."""
    world = at("serving")
    with world.config() as config:
        tables = config["restore-demo:tables"]
        tables["orders"] = {**tables["restore-demo"]}
    world.up()
    for table in (ORIGINAL, ORDERS):
        world.put(table, id="kept", value="good")
    moment = next_second()
    run = ("run", "--to", moment, "--drain", "0")

    done = world.asked(*run, "--table", "orders")
    assert [step for step in done["steps"] if "orders" not in step] == []
    following = {name: each["next"] for name, each in world.asked("status")["tables"].items()}
    assert following == {
        "orders": "nothing; to go back: python -m restore rollback --table orders",
        "restore-demo": (
            "nothing; to restore: python -m restore run --to WHEN --table restore-demo"
        ),
    }
    assert own_keys(world, "orders") == {"activeTable": "restored"}
    assert own_keys(world, "restore-demo") == {}
    assert world.pointer() == (ORIGINAL, 1)
    assert world.granted() == ({ORIGINAL}, "v1")
    assert (
        world.ssm.get_parameter(Name="orders-table-name")["Parameter"]["Value"] == RESTORED_ORDERS
    )
    assert world.items(RESTORED_ORDERS)["kept"]["value"] == "good"
    assert world.tables() == {ORIGINAL, ORDERS, RESTORED_ORDERS}

    both = world.asked(*run)
    assert [step for step in both["steps"] if "restore-demo" not in step] == []
    phases = {name: table["phase"] for name, table in world.asked("status")["tables"].items()}
    assert phases == {"restore-demo": "dropped", "orders": "dropped"}
    assert world.pointer() == (RESTORED, 2)
    assert world.tables() == {ORIGINAL, RESTORED, ORDERS, RESTORED_ORDERS}
    world.no_drift()
