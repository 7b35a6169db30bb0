"""Someone else is at work: a parameter is edited, a table is deleted, and clients are served."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.support.engine.faults import START, At, clients_are_served, restores, stands
from tests.support.engine.world import ORIGINAL, PARAMETER, RESTORED, World


@contextmanager
def beside(world: World, *verb: str) -> Iterator["subprocess.Popen[str]"]:
    """The runbook at work; its end is waited for."""
    command = (sys.executable, "-m", "restore", *verb)
    with world.spawn(*command, stderr=subprocess.PIPE, text=True) as runbook:
        yield runbook


def until(moment: Callable[[], bool], runbook: "subprocess.Popen[str]") -> None:
    give_up = time.monotonic() + 60
    while not moment():
        assert runbook.poll() is None, "it ended before the moment came"
        assert time.monotonic() < give_up, "the moment never came"


def test_a_parameter_edited_while_the_switch_is_previewed_stops_it(at: At) -> None:
    """Someone moves the clients while someone else is asked whether to: one of them must hear."""
    world = at("prepared")
    with beside(world, "switch", "--yes") as runbook:
        with world.holding("ListTagsForResource", "before") as held:
            until(held, runbook)
            world.ssm.put_parameter(Name=PARAMETER, Value=RESTORED + "-by-hand", Overwrite=True)
        _, said = runbook.communicate(timeout=60)
    assert runbook.returncode == 3, said
    assert f"holds '{RESTORED}-by-hand' in AWS" in said
    assert "Nothing was changed." in said
    assert world.pointer() == (RESTORED + "-by-hand", 2)

    world.ssm.put_parameter(Name=PARAMETER, Value=ORIGINAL, Overwrite=True)  # as the message says
    world.restore("switch")
    stands(world, "switched")


def test_a_prepared_table_that_someone_deletes_moves_nobody(at: At) -> None:
    """Clients would be sent to nothing."""
    world = at("prepared")
    world.dynamodb.delete_table(TableName=RESTORED)

    blocked = world.restore("switch", code=3).err
    assert "There is no restored table of restore-demo to switch." in blocked
    assert "fix: python -m restore start --to WHEN" in blocked
    assert world.pointer() == (ORIGINAL, 1)
    clients_are_served(world)

    world.restore("run", "--to", "latest", "--drain", "0")
    assert world.pointer()[0] == "restore-demo-restored-2-table"
    clients_are_served(world)


def test_a_source_deleted_during_the_restore_does_not_stop_it(at: At) -> None:
    """Nothing is left to serve from then: the restored table takes over in one update."""
    world = at("serving")
    since = world.last_call()
    with world.restores_taking(3):
        world.restore(*START)
        world.dynamodb.delete_table(TableName=ORIGINAL)
        world.restore("run", "--to", "latest", "--drain", "0")
    stands(world, "dropped")
    assert restores(world, since) == 1
    clients_are_served(world)


def test_a_parameter_that_the_stack_has_forgotten_is_taken_over_as_the_refusal_says(
    at: At,
) -> None:
    """Deleted by hand, forgotten by a refresh, made by hand: nobody knows what it should hold."""
    # prints: restore/decide/transition.py:refuse_hand_edited_pointer
    world = at("dropped")
    ssm = world.client("ssm")
    ssm.delete_parameter(Name=PARAMETER)
    world.pulumi("refresh", "--yes")
    ssm.put_parameter(Name=PARAMETER, Value=RESTORED, Type="String")

    refused = world.restore("rollback", "--yes", code=3).err
    key = "tables.restore-demo.adoptPointer"
    fix = f"pulumi config set --path {key} true; pulumi up; pulumi config rm --path {key}"
    assert f"fix: {fix}" in refused

    world.pulumi("config", "set", "--path", key, "true")
    world.up()
    world.pulumi("config", "rm", "--path", key)
    world.restore("rollback", "--yes")
    assert world.pointer()[0] == ORIGINAL
    clients_are_served(world)
    world.no_drift()
