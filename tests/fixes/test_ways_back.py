"""Where the way back is gone, and where the state or a hand says other than what clients use."""

import shutil
import time
from collections.abc import Callable

import pytest

from tests.fixes.kept import kept
from tests.fixes.sites import printed
from tests.fixes.typed import typed
from tests.support.engine.faults import clients_are_served
from tests.support.engine.scenes import Scenes
from tests.support.engine.world import ORIGINAL, PARAMETER, RESTORED, World

At = Callable[[str], World]
EDITED = "restore/decide/transition.py:refuse_hand_edited_pointer#2"
NO_DRAIN = {"WHEN": "latest"}


def test_where_the_earlier_table_was_deleted_the_active_one_is_restored(at: At) -> None:
    world = at("cleaned")
    with kept(world):
        fix = printed(
            world.restore("rollback", "--yes", code=3).said, "restore/decide/rollback.py:rollback#2"
        )
        typed(world, fix.partition(", which takes")[0], NO_DRAIN)
        world.restore("rollback", "--yes")
    assert world.pointer()[0] == RESTORED


def test_where_the_active_table_was_deleted_the_earlier_one_takes_over(at: At) -> None:
    """Its clients are down: each refusal names a way on that exists, and no circle."""
    world = at("switched")
    world.dynamodb.delete_table(TableName=RESTORED)
    with kept(world):
        freeze = printed(
            world.restore("freeze", "--yes", code=3).said, "restore/decide/freeze.py:freeze"
        )
        drop = printed(
            world.restore("drop", "--yes", code=3).said, "restore/decide/forward.py:drop#2"
        )
        assert freeze == drop == "python -m restore run --to latest, or rollback"
        fix = printed(
            world.restore("rollback", "--yes", code=3).said,
            "restore/decide/rollback.py:_only_by_hand#2",
        )
        typed(world, fix)
        assert world.pointer()[0] == ORIGINAL
        clients_are_served(world)
        world.restore("rollback", "--yes")
        world.restore("freeze", "--yes")


def test_where_the_stack_has_forgotten_the_active_table_too_its_backup_is_restored(at: At) -> None:
    world = at("switched")
    world.put(RESTORED, id="kept", value="later")
    world.dynamodb.delete_table(TableName=RESTORED)
    world.pulumi("refresh", "--yes")
    with kept(world):
        fix = printed(
            world.restore("rollback", "--yes", code=3).said,
            "restore/decide/rollback.py:_only_by_hand",
        )
        typed(world, fix)
        clients_are_served(world)
        world.restore("drop", "--yes")
    assert world.items(world.pointer()[0])["kept"]["value"] == "later"


@pytest.mark.parametrize("known", ["restored", "adopted", "prepared"])
def test_a_switch_that_the_state_has_lost_is_kept_by_the_printed_fix(
    at: At, scenes: Scenes, known: str
) -> None:
    """A backup of the backend, or the lock of a living engine broken: nobody may be moved back.

    With the restored table in the state, adopted, the parameter was put back.
    """
    backend = scenes.saved(known).saved / "backend"
    world = at("switched")
    shutil.rmtree(world.backend)
    shutil.copytree(backend, world.backend)
    since = world.last_call()
    with kept(world):
        fix = printed(world.restore("switch", "--yes", code=3).said, EDITED)
        stay = fix.partition("; to take them back: ")[0]
        typed(world, stay.removeprefix(f"if clients are to stay with {RESTORED}: "))
        world.restore("switch", "--yes")
    moved = {
        call["params"]["Value"] for call in world.calls(since) if call["action"] == "PutParameter"
    }
    assert moved <= {RESTORED}
    assert world.pointer()[0] == RESTORED
    clients_are_served(world)
    world.no_drift()


@pytest.mark.parametrize("way", [0, 1], ids=["stay", "back"])
def test_clients_that_a_hand_took_back_stay_there_or_come_again(at: At, way: int) -> None:
    """Both ways are printed: only a person knows which one was meant."""
    world = at("dropped")
    world.ssm.put_parameter(Name=PARAMETER, Value=ORIGINAL, Overwrite=True)
    with kept(world):
        fix = printed(world.restore("drop", "--yes", code=3).said, EDITED)
        stay, back = fix.split("; to take them back: ")
        typed(
            world, back if way else stay.removeprefix(f"if clients are to stay with {ORIGINAL}: ")
        )
        world.restore("drop", "--yes")
    assert world.pointer()[0] == (ORIGINAL, RESTORED)[way]
    clients_are_served(world)


def test_a_parameter_that_was_deleted_is_made_again_as_it_was(at: At) -> None:
    world = at("switched")
    world.ssm.delete_parameter(Name=PARAMETER)
    with kept(world):
        typed(world, printed(world.restore("drop", "--yes", code=3).said, EDITED))
        world.restore("drop", "--yes")
    assert world.pointer()[0] == RESTORED
    clients_are_served(world)


def test_a_way_back_whose_key_was_disabled_opens_with_the_key(at: At) -> None:
    """Clients moved to a table that nobody can read would all fail."""
    world = at("dropped")
    status = "INACCESSIBLE_ENCRYPTION_CREDENTIALS"
    begin = {"SourceTableName": RESTORED, "TargetTableName": ORIGINAL}

    def become(state: str) -> None:
        world.dynamodb.delete_table(TableName=ORIGINAL)
        with world.restores_ending(state):
            world.dynamodb.restore_table_to_point_in_time(**begin, UseLatestRestorableTime=True)
            while True:
                table = world.dynamodb.describe_table(TableName=ORIGINAL)["Table"]
                if table["TableStatus"] == state:
                    return
                time.sleep(0.1)

    become(status)
    fix = printed(
        world.restore("rollback", "--yes", code=3).said, "restore/decide/update.py:refuse_unusable"
    )
    assert "SSEDescription" in fix
    assert status in typed(world, fix.partition(", which names its key")[0]).out
    become("ACTIVE")
    world.restore("rollback", "--dry-run")
    assert world.pointer()[0] == RESTORED
