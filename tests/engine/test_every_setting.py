"""A table with all that a table can have, through a restore and back, on the real engine.

Each pair of settings, without what hangs on a table: test_matrix. Kills: test_killed_prepare.
"""

from collections.abc import Callable
from typing import Any

import pytest

from restore.table.config.dependents import DependentSettings
from restore.table.config.settings import TableSettings
from tests.support.engine.dependents import ALL_THAT_HANGS
from tests.support.engine.everything import INDEX_SCALED, table
from tests.support.engine.readback import hanging, readback
from tests.support.engine.world import ORIGINAL, RESTORED, World

At = Callable[[str], World]

NOTHING_HANGS = dict.fromkeys(ALL_THAT_HANGS, 0)


def scale(world: World, name: str, read: int, index_read: int) -> None:
    """What Application Auto Scaling does when the load changes: UpdateTable."""
    world.dynamodb.update_table(
        TableName=name,
        ProvisionedThroughput={"ReadCapacityUnits": read, "WriteCapacityUnits": read + 1},
        GlobalSecondaryIndexUpdates=[
            {
                "Update": {
                    "IndexName": INDEX_SCALED,
                    "ProvisionedThroughput": {
                        "ReadCapacityUnits": index_read,
                        "WriteCapacityUnits": index_read + 1,
                    },
                }
            }
        ],
    )


def capacities(world: World, name: str) -> dict[str, tuple[int, int]]:
    """Index, or the table itself → (reads, writes)."""
    described = world.dynamodb.describe_table(TableName=name)["Table"]
    owners: list[Any] = [described, *described["GlobalSecondaryIndexes"]]
    return {
        owner.get("IndexName", "table"): (
            owner["ProvisionedThroughput"]["ReadCapacityUnits"],
            owner["ProvisionedThroughput"]["WriteCapacityUnits"],
        )
        for owner in owners
    }


def test_the_config_under_test_leaves_no_setting_out() -> None:
    """Else a new setting would be one that nobody carried through a restore."""
    written = {*table("eu-west-1")}
    every = {
        str(field.alias)
        for model in (TableSettings, DependentSettings)
        for field in model.model_fields.values()
    }
    on_demand_only = {"onDemandThroughput", "warmThroughput"}
    assert every - written == on_demand_only


def test_a_restored_table_comes_in_by_one_import_and_differs_in_nothing(at: At) -> None:
    """The original was scaled by then: its capacity is none of the program's business."""
    world = at("everything restored")
    assert hanging(readback(world, RESTORED)) == NOTHING_HANGS
    assert capacities(world, RESTORED) == capacities(world, ORIGINAL)
    done = world.asked("adopt")
    assert done["steps"] == ["import Table restore-demo.restored"]
    assert capacities(world, RESTORED)["table"] == (9, 10)
    world.no_drift()


def test_a_prepared_table_reads_back_as_the_original_does(at: At) -> None:
    """Property by property through boto3, with what hangs on it; only names and dates differ."""
    world = at("everything prepared")
    original, restored = readback(world, ORIGINAL), readback(world, RESTORED)
    assert hanging(original) == ALL_THAT_HANGS
    assert restored == original
    world.restore("verify")
    world.no_drift()


def test_what_the_scaler_changes_is_no_drift_and_survives(at: At) -> None:
    """On either table, on the table and on an index, through an update and through a switch."""
    world = at("everything prepared")
    scale(world, ORIGINAL, 20, 30)
    scale(world, RESTORED, 21, 31)
    was = {name: capacities(world, name) for name in (ORIGINAL, RESTORED)}
    world.no_drift()
    world.up()
    world.pulumi("refresh", "--yes")
    assert world.asked("switch", "--yes")["steps"] == [
        "update Parameter restore-demo (value, version)"
    ]
    assert {name: capacities(world, name) for name in (ORIGINAL, RESTORED)} == was
    world.no_drift()


def test_a_drop_takes_what_hangs_on_the_original_and_leaves_the_table(at: At) -> None:
    world = at("everything dropped")
    assert hanging(readback(world, ORIGINAL)) == NOTHING_HANGS
    assert hanging(readback(world, RESTORED)) == ALL_THAT_HANGS
    assert world.in_stack() == {"restored"}
    assert world.items(ORIGINAL)["kept"]["value"] == "garbage"
    world.restore("verify")
    world.no_drift()


def test_a_rollback_makes_again_what_hung_on_the_original(at: At) -> None:
    world = at("everything dropped")
    world.restore("rollback", "--yes")
    assert readback(world, ORIGINAL) == readback(world, RESTORED)
    assert world.pointer() == (ORIGINAL, 3)
    world.no_drift()


def test_both_grants_cover_both_tables_while_clients_may_hold_either_name(at: At) -> None:
    """And the indexes of them, where a Query is allowed."""
    world = at("everything prepared")
    for policy, action in (("read", "dynamodb:Query"), ("write", "dynamodb:PutItem")):
        arn = f"arn:aws:iam::123456789012:policy/restore-demo-{policy}-policy"
        version = world.iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
        found = world.iam.get_policy_version(PolicyArn=arn, VersionId=version)
        (statement,) = found["PolicyVersion"]["Document"]["Statement"]
        assert action in statement["Action"]
        named = {each.partition(":table/")[2] for each in statement["Resource"]}
        indexes = {f"{name}/index/*" for name in (ORIGINAL, RESTORED)}
        assert named == {ORIGINAL, RESTORED} | (indexes if policy == "read" else set())


@pytest.mark.parametrize("scene", ["everything adopted", "everything prepared"])
def test_a_restored_table_can_be_given_up_with_all_that_hangs_on_it(at: At, scene: str) -> None:
    world = at(scene)
    world.restore("rollback", "--yes")
    assert hanging(readback(world, RESTORED)) == NOTHING_HANGS
    assert hanging(readback(world, ORIGINAL)) == ALL_THAT_HANGS
    assert world.in_stack() == {"original"}
    world.no_drift()
