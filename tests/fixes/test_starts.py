"""A restore that cannot begin: a backup restored by hand, another label, or the one that exists."""

import json
from collections.abc import Callable

from tests.fixes.kept import kept
from tests.fixes.sites import printed
from tests.fixes.typed import typed
from tests.support.engine.scenes import next_second
from tests.support.engine.world import ORIGINAL, RESTORED, World

At = Callable[[str], World]
START = ("start", "--to", "latest")
DRY = "--dry-run"


def without_recovery(world: World) -> str:
    """A backup that someone made on demand is all that there is; returns its ARN."""
    world.put(ORIGINAL, id="kept", value="good")
    made = world.dynamodb.create_backup(TableName=ORIGINAL, BackupName="on-demand")
    world.dynamodb.update_continuous_backups(
        TableName=ORIGINAL, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": False}
    )
    return str(made["BackupDetails"]["BackupArn"])


def listed(world: World, fix: str) -> str:
    """The ARN of the only backup that the first command of the fix lists."""
    command = fix.partition(" shows what else there is")[0]
    (backup,) = json.loads(typed(world, command).out)["BackupSummaries"]
    return str(backup["BackupArn"])


def by_hand(fix: str) -> str:
    return fix.partition("to restore one of these: ")[2].partition(", then the same command")[0]


def test_where_recovery_is_off_a_backup_is_restored_by_hand_and_the_next_one_needs_none(
    at: At,
) -> None:
    """The list alone, as it was printed before, led nowhere."""
    world = at("serving")
    made = without_recovery(world)
    with kept(world):
        fix = printed(world.restore(*START, code=3).said, "restore/decide/restore.py:_fresh")
        assert listed(world, fix) == made
        typed(world, by_hand(fix), {"<arn>": made})
        assert "is the restore to" in world.restore(*START).said

        typed(world, fix.rpartition("needs none: ")[2])
        world.restore(*START, "--as", "restored-2", DRY)
    assert world.items(RESTORED)["kept"]["value"] == "good"


def test_a_lost_table_without_a_system_backup_is_taken_over_from_another_one(at: At) -> None:
    world = at("serving")
    made = without_recovery(world)
    world.dynamodb.delete_table(TableName=ORIGINAL)
    with kept(world):
        fix = printed(world.restore(*START, code=3).said, "restore/decide/restore.py:_from_backup")
        assert listed(world, fix) == made
        typed(world, by_hand(fix), {"<arn>": made})
        world.restore(*START)
        world.restore("switch", "--yes")
    assert world.pointer()[0] == RESTORED
    assert world.items(RESTORED)["kept"]["value"] == "good"


def test_after_a_rollback_another_restore_comes_before_the_one_that_was_left(at: At) -> None:
    """`switch` was printed first: it moves every client to what they were taken away from."""
    world = at("rolled back")
    with kept(world):
        fix = printed(
            world.restore(*START, code=3).said, "restore/decide/restore.py:next_restore#2"
        )
        assert fix.startswith("the same command with --as restored-2 ")
        world.restore(*START, "--as", "restored-2", DRY)
        typed(world, fix.rpartition(": ")[2])
    assert world.pointer()[0] == RESTORED


def test_another_time_is_restored_beside_what_exists(at: At) -> None:
    world = at("restored")
    other = ("start", "--to", next_second(), DRY)
    with kept(world):
        fix = printed(world.restore(*other, code=3).said, "restore/decide/restore.py:_carry_on")
        world.restore(*other, *fix.partition(" for one more")[0].split())


def test_another_time_after_the_switch_says_that_clients_go_back_first(at: At) -> None:
    """The earlier moment is in the window of the table that clients have left."""
    world = at("switched")
    other = ("start", "--to", next_second(), DRY)
    with kept(world):
        fix = printed(world.restore(*other, code=3).said, "restore/decide/restore.py:_carry_on")
        back, option = fix.split(", which takes clients back to original; then the same command ")
        typed(world, back)
        world.restore(*other, *option.removeprefix("with ").split())
    assert world.pointer()[0] == ORIGINAL


def test_after_a_whole_run_one_more_restore_needs_a_label_and_never_loses_the_way_back(
    at: At,
) -> None:
    """Beside it `rollback` printed first how to delete what was being restored."""
    world = at("dropped")
    with kept(world):
        said = world.restore(*START, "--as", "original", code=3).said
        unused = printed(said, "restore/decide/restore.py:_refuse_taken")
        again = printed(
            world.restore(*START, code=3).said, "restore/decide/restore.py:_after_the_last"
        )
        assert again.startswith(f"{unused}, ")
        world.restore(*START, *unused.split())

        fix = printed(
            world.restore("rollback", "--yes", code=3).said, "restore/decide/rollback.py:rollback"
        )
        assert fix.startswith("to go back to original: ")
        typed(world, fix.partition(": ")[2].partition("; to delete ")[0])
    assert world.pointer()[0] == ORIGINAL


def test_of_two_who_begin_at_once_the_second_is_shown_what_the_first_has_made(at: At) -> None:
    """The other one's moment is not what was asked for."""
    world = at("serving")
    site = "restore/decide/restore_outcome.py:despite"
    with kept(world):
        with world.holding("RestoreTableToPointInTime", "before") as held:
            second = world.spawn("python", "-m", "restore", *START, stderr=-1, text=True)
            while not held():
                assert second.poll() is None, second.communicate()
            world.dynamodb.create_table(
                TableName=RESTORED,
                AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
                KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
                BillingMode="PAY_PER_REQUEST",
            )
        said = second.communicate()[1]
        assert second.returncode == 3, said
        assert "serving" in typed(world, printed(said, site).partition(", then")[0]).said
        fix = printed(
            world.restore(*START, "--as", "restored", code=3).said,
            "restore/decide/restore.py:_refuse_taken",
        )
        world.restore(*START, *fix.split(), DRY)
