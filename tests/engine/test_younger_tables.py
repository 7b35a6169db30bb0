"""A table that was deleted and made again, empty, under its own name."""

from tests.support.engine.faults import At, clients_are_served
from tests.support.engine.world import ORIGINAL, RESTORED


def test_the_predecessor_of_a_younger_table_is_named_and_restored(at: At) -> None:
    """`run --to latest` ended done, on an empty table; a second deletion left an empty backup."""
    # prints: restore/decide/restore.py:_of_a_younger_table
    # prints: restore/verbs/status.py:_unlike
    world = at("serving")
    world.put(ORIGINAL, id="kept", value="good")
    for _ in range(2):  # the second deletion leaves the newer, empty backup
        world.dynamodb.delete_table(TableName=ORIGINAL)
        world.dynamodb.create_table(
            TableName=ORIGINAL,
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            BillingMode="PAY_PER_REQUEST",
        )
        world.dynamodb.update_continuous_backups(
            TableName=ORIGINAL,
            PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True},
        )
    world.pulumi("up", "--refresh", "--yes", "--skip-preview")
    since = world.last_call()

    assert "was deleted at" in world.restore("status").said
    blocked = world.restore("run", "--to", "latest", "--drain", "0", "--yes", code=3).err
    assert "--to predecessor restores what was deleted" in blocked
    assert not [each for each in world.writes(since) if each.startswith("Restore")]

    world.restore("run", "--to", "predecessor", "--drain", "0", "--yes")

    assert world.pointer()[0] == RESTORED
    assert world.items(RESTORED)["kept"]["value"] == "good"
    clients_are_served(world)
    world.no_drift()
