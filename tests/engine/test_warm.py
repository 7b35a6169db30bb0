"""A table that someone warmed in AWS: no drift, nothing replaced, and what is lost is said."""

from tests.support.engine.faults import At, stands
from tests.support.engine.world import ORIGINAL, RESTORED, World

WARM = {"ReadUnitsPerSecond": 15_000, "WriteUnitsPerSecond": 6_000}


def warmth(world: World, table: str) -> dict[str, int]:
    found = world.dynamodb.describe_table(TableName=table)["Table"]["WarmThroughput"]
    return {key: found[key] for key in WARM}


def test_a_table_warmed_by_hand_loses_it_in_a_restore_and_the_plan_says_so(at: At) -> None:
    """AWS never lowers it: declared lower it would be a replacement."""
    world = at("serving")
    cold = warmth(world, ORIGINAL)
    world.dynamodb.update_table(TableName=ORIGINAL, WarmThroughput=WARM)
    world.no_drift()

    (lost,) = world.asked("plan", "--to", "latest")["tables"]["restore-demo"]["losses"]
    assert lost["name"] == "warmThroughput"
    world.restore("run", "--to", "latest", "--drain", "0", "--yes")
    assert warmth(world, RESTORED) == cold
    assert warmth(world, ORIGINAL) == WARM
    world.no_drift()


def test_what_the_config_says_of_it_comes_with_prepare(at: At) -> None:
    """As the plan prints it for anyone who wants to keep it."""
    world = at("restored")
    world.dynamodb.update_table(TableName=ORIGINAL, WarmThroughput=WARM)
    declared = {"readUnitsPerSecond": 15_000, "writeUnitsPerSecond": 6_000}
    with world.config() as config:
        config["restore-demo:tables"]["restore-demo"]["warmThroughput"] = declared
    world.restore("adopt")
    world.restore("prepare")
    assert warmth(world, RESTORED) == WARM
    stands(world, "prepared")
    assert world.asked("verify")["differences"] == []
    world.no_drift()
