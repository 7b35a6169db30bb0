"""What a tired operator types, and what must not come of it: a time, a label or a wait left out."""

import time
from datetime import UTC, datetime

import pytest

from tests.support.engine.faults import At, restores, stands
from tests.support.engine.scenes import next_second
from tests.support.engine.world import ORIGINAL, RESTORED


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
        assert "fix: the same command with --as restored-2, or --as restored" in blocked
    assert world.in_stack() == {"original"}

    world.restore("adopt", "--as", "restored")
    stands(world, "adopted")


def test_a_drop_waits_for_clients_that_may_hold_the_old_name(at: At) -> None:
    """A second after the switch every client with a cache would have been denied."""
    world = at("switched")
    with world.config() as config:
        config["restore-demo:runbook"] = {"drainSeconds": 3600}
    shown = world.restore("drop", "--dry-run").said
    assert "Clients may hold the old name until " in shown

    with world.config() as config:
        # Long enough for the switch of the scene to lie within it, and no longer than a test.
        changed = world.ssm.get_parameter(Name="restore-demo-table-name")["Parameter"]
        age = datetime.now(UTC) - changed["LastModifiedDate"]
        config["restore-demo:runbook"] = {"drainSeconds": int(age.total_seconds()) + 12}
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


def test_the_config_of_another_commit_is_held_against_what_the_stack_holds(at: At) -> None:
    """`git stash`, or another clone: a `pulumi up` would let the restored table leave the stack."""
    world = at("adopted")
    world.place()
    shown = world.restore("status").said
    assert "stacks/Pulumi.sandbox.yaml is not what the stack holds" in shown
    assert "- adoptTables: restored → nothing" in shown
    assert "git add" not in shown
    assert world.asked("status")["config"]["warning"] is not None
    world.place(adoptTables=["restored"])
    assert "is not what the stack holds" not in world.restore("status").said


@pytest.mark.parametrize("refreshed", [False, True])
def test_an_adopted_table_that_is_deleted_leaves_the_stack_as_status_says(
    at: At, *, refreshed: bool
) -> None:
    """It said "serving, next: nothing", and every `pulumi up` failed after a refresh."""
    world = at("adopted")
    world.dynamodb.delete_table(TableName=RESTORED)
    if refreshed:
        world.pulumi("refresh", "--yes")
        wrong = f"the stack config declares restored ({RESTORED}), which does not exist in AWS"
    else:
        wrong = f"the stack holds restored ({RESTORED}), which does not exist in AWS any more"
    said = world.restore("status").said
    assert wrong in said
    # prints: restore/verbs/status.py:_unlike#2
    # prints: restore/verbs/status.py:_unlike#3
    (fix,) = [line.strip()[5:] for line in said.splitlines() if line.startswith("  fix: ")][:1]
    expected = "pulumi config rm --path 'adoptTables[0]'" if refreshed else "python -m restore drop"
    assert fix == expected
    if refreshed:
        assert world.run("sh", "-c", fix).code == 0
    else:
        world.restore("drop", "--yes")
    said = world.restore("status").said
    assert "which does not exist" not in said
    assert "restore-demo: serving" in said
    assert world.in_stack() == {"original"}
    world.up()
    world.no_drift()
