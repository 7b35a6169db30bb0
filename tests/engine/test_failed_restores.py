"""A restore that does not end in a table: it is said, cleaned up and started again."""

from tests.support.engine.faults import START, At, clients_are_served, stands
from tests.support.engine.world import RESTORED


def test_a_restore_that_fails_is_said_cleaned_and_started_again(at: At) -> None:
    """A key that was taken away: the table is there, and nobody will ever read it."""
    # prints: restore/verbs/wait.py:_refuse_failure
    world = at("serving")
    status = "INACCESSIBLE_ENCRYPTION_CREDENTIALS"
    with world.restores_ending(status):
        failed = world.restore("run", "--to", "latest", code=1).err
    assert f"The restore into {RESTORED} ended as {status} instead of ACTIVE." in failed
    assert "The stack and the table that clients use were not touched." in failed
    assert f"clean restored --confirm {RESTORED}, then python -m restore start" in failed
    clients_are_served(world)

    world.restore("clean", "restored", "--confirm", RESTORED)
    world.restore(*START)
    world.restore("wait")
    stands(world, "restored")


def test_a_restore_whose_table_goes_away_is_said_soon(at: At) -> None:
    """Anyone who deleted it said nothing to the one who waits."""
    world = at("serving")
    with world.restores_ending("gone"), world.restores_taking(4):
        failed = world.restore("run", "--to", "latest", code=1).err
    assert f"The restore into {RESTORED} ended as gone instead of ACTIVE." in failed
    assert "fix: python -m restore start --to WHEN" in failed
    clients_are_served(world)

    world.restore(*START)
    world.restore("wait")
    stands(world, "restored")
