"""What a tired operator types, and what must not come of it: a time, a label or a wait left out."""

import time
from datetime import UTC, datetime

import pytest

from tests.engine.faults import At, restores, stands
from tests.engine.scenes import next_second
from tests.engine.world import ORIGINAL, RESTORED


@pytest.mark.parametrize(
    ("command", "wrong"),
    [
        pytest.param(("start", "--to", ""), "--to is empty.", id="start, empty"),
        pytest.param(("run", "--to", "", "--yes"), "--to is empty.", id="run, empty"),
        pytest.param(("start",), "No restore point was given", id="start"),
        pytest.param(("run", "--yes", "--freeze"), "No restore point was given", id="run"),
    ],
)
def test_no_restore_begins_without_a_restore_point(
    at: At, command: tuple[str, ...], wrong: str
) -> None:
    """`--to "$typo"` restored the garbage of now, and a run moved every client to it."""
    world = at("serving")
    since = world.last_call()

    refused = world.restore(*command, code=2).err

    assert wrong in refused
    assert world.writes(since) == []


def test_a_lost_table_needs_no_restore_point(at: At) -> None:
    """Its system backup holds one moment only."""
    world = at("lost")
    since = world.last_call()

    world.restore("run", "--drain", "0", "--yes")

    assert world.pointer()[0] == RESTORED
    assert len([each for each in world.writes(since) if each == "RestoreTableFromBackup"]) == 1


def test_of_two_restores_the_one_that_is_meant_has_to_be_named(at: At) -> None:
    """The newest one was taken silently: often it is the look into an earlier hour."""
    # prints: restore/decide/rivals.py:refuse_rivals
    world = at("restored")
    since = world.last_call()
    world.restore("start", "--to", next_second(), "--as", "restored-2")
    world.restore("wait", "--as", "restored-2")
    assert restores(world, since) == 1
    both = "adopt --as restored-2, or adopt --as restored"
    assert f"next: python -m restore {both}" in world.restore("status").said

    for verb in (("adopt",), ("prepare",), ("switch",), ("verify",), ("run", "--yes")):
        blocked = world.restore(*verb, code=3).err
        assert "are restores of restore-demo." in blocked
        assert "mend: the same command with --as restored-2, or --as restored" in blocked
    assert world.in_stack() == {"original"}

    world.restore("adopt", "--as", "restored")
    stands(world, "adopted")


def test_a_drop_waits_for_clients_that_may_hold_the_old_name(at: At) -> None:
    """A second after the switch every client with a cache would have been denied."""
    world = at("switched")
    with world.config() as config:
        # Long enough for the switch of the scene to lie within it, and no longer than a test.
        changed = world.ssm.get_parameter(Name="restore-demo-table-name")["Parameter"]
        age = datetime.now(UTC) - changed["LastModifiedDate"]
        config["restore-demo:runbook"] = {"drainSeconds": int(age.total_seconds()) + 8}

    shown = world.restore("drop", "--dry-run").said
    assert "Clients may hold the old name until " in shown
    began = time.monotonic()
    waited = world.restore("drop", "--yes").said
    assert time.monotonic() - began > 3
    assert "letting clients' caches run out" in waited
    stands(world, "dropped")


def test_a_drop_of_someone_who_knows_better_does_not_wait(at: At) -> None:
    world = at("switched")
    with world.config() as config:
        config["restore-demo:runbook"] = {"drainSeconds": 86_400}

    world.restore("drop", "--now", "--yes")

    stands(world, "dropped")
    assert ORIGINAL in world.tables()
