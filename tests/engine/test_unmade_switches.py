"""A switch that AWS refused, or made unseen: the state does not say where clients are."""

from tests.support.engine.faults import AGAIN, At, clients_are_served, expired, stands
from tests.support.engine.kills import unlock, up_until
from tests.support.engine.world import ORIGINAL, RESTORED


def test_a_service_that_stays_down_ends_the_update_as_soon_as_the_provider_gives_up(at: At) -> None:
    """Its own 25 tries take an hour or more, in which nobody is told anything."""
    world = at("prepared")
    with world.config() as config:
        config["aws:maxRetries"] = 3
    world.up()
    with world.failing("PutParameter", times=None):
        failed = world.restore("switch", code=1).err
        assert world.struck() == 3
    assert "exceeded maximum number of attempts, 3" in failed
    assert AGAIN in failed
    clients_are_served(world)

    world.restore("switch")
    stands(world, "switched")


def test_a_run_carries_on_after_a_switch_that_aws_refused(at: At) -> None:
    """The state says that clients were moved, and they were not: the drop would cut them off."""
    world = at("prepared")
    with world.failing(**expired("PutParameter")):
        world.restore("switch", code=1)
    assert "did not end well at Parameter restore-demo" in world.restore("status").said

    blocked = world.restore("drop", code=3).err
    assert "original is still active, and restored is only prepared" in blocked
    assert world.pointer()[0] == ORIGINAL

    world.restore("run", "--to", "latest", "--drain", "0")
    stands(world, "dropped")


def test_a_switch_killed_when_aws_had_made_it_is_taken_for_made(at: At) -> None:
    """Only AWS knows of it. It is no hand edit, and nothing is to be put back."""
    world = at("prepared")
    world.place(activeTable="restored", standbyTables=["original"])
    with world.holding("PutParameter", "after") as held:
        assert up_until(world, held), "the update ended without the call"
    unlock(world)
    assert world.pointer()[0] == RESTORED

    assert "restored is the active table already" in world.restore("switch").err
    stands(world, "switched")
    world.no_drift()
