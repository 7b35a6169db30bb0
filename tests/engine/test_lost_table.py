"""Someone deleted the table itself: what is left is the system backup of its last moment."""

from collections.abc import Callable

from tests.support.engine.scenes import next_second
from tests.support.engine.world import ORIGINAL, RESTORED, World

At = Callable[[str], World]


def test_a_deleted_table_comes_back_from_its_system_backup(at: At) -> None:
    """AWS keeps it for 35 days; the stack still believes in the table that is gone."""
    # prints: restore/decide/restore.py:_from_backup#2
    world = at("serving")
    for n in range(3):
        world.put(ORIGINAL, id=str(n), value="good")
    moment, items = next_second(), world.items(ORIGINAL)
    world.dynamodb.delete_table(TableName=ORIGINAL)
    assert world.phase() == "lost"

    since = world.last_call()
    refused = world.restore("run", "--to", moment, "--drain", "0", code=2).err
    assert "its system backup holds only the moment of its deletion" in refused
    assert "fix: the same command with --to latest" in refused
    assert "There is no restored table" in world.restore("adopt", code=3).err
    assert world.writes(since) == []

    world.restore("start", "--to", "latest")
    world.restore("wait")
    said = world.asked("adopt")
    assert said["says"] == ["original is gone: switch takes restored over in one update instead."]
    assert said["steps"] == []

    world.restore("run", "--to", "latest", "--drain", "0")
    assert world.writes(since).count("RestoreTableFromBackup") == 1
    assert world.items(RESTORED) == items
    assert world.tables() == {RESTORED}
    assert world.in_stack() == {"restored"}
    assert world.pointer() == (RESTORED, 2)
    assert world.granted() == ({RESTORED}, "v2")
    assert world.phase() == "dropped"
    world.no_drift()


def test_a_deleted_table_without_a_backup_is_said_to_be_lost(at: At) -> None:
    """DynamoDB leaves a system backup only where point-in-time recovery was on."""
    world = at("serving")
    off = {"PointInTimeRecoveryEnabled": False}
    world.dynamodb.update_continuous_backups(
        TableName=ORIGINAL, PointInTimeRecoverySpecification=off
    )
    world.dynamodb.delete_table(TableName=ORIGINAL)
    since = world.last_call()
    blocked = world.restore("run", "--to", "latest", code=3).err
    assert f"{ORIGINAL} no longer exists and left no system backup." in blocked
    assert world.writes(since) == []
