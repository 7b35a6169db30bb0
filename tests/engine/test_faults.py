"""AWS is not well, or somebody else is at work: each verb ends done or with one clear message.

Whatever happens, the parameter names a table that exists and that clients may read; the same verb
again ends where it should have ended; and a restore is never started twice.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.engine.kills import checkpoint, unlock, up_until
from tests.engine.world import ORIGINAL, PARAMETER, RESTORED, World

At = Callable[[str], World]
RESTORE_CALL = "RestoreTableToPointInTime"
BOTH = frozenset({ORIGINAL, RESTORED})
STANDS = {
    "restored": (ORIGINAL, {ORIGINAL}, {"original"}),
    "adopted": (ORIGINAL, {ORIGINAL}, {"original", "restored"}),
    "prepared": (ORIGINAL, BOTH, {"original", "restored"}),
    "switched": (RESTORED, BOTH, {"original", "restored"}),
    "rolled back": (ORIGINAL, BOTH, {"original", "restored"}),
    "dropped": (RESTORED, {RESTORED}, {"restored"}),
}
"""Phase → what the parameter names, what the grant covers, which labels are in the stack."""

START = ("start", "--to", "latest")
CLEAN = ("clean", "original", "--confirm", ORIGINAL)
THROTTLED = {"code": "ThrottlingException", "status": 400}
AFTER = {"moment": "after"}
LOG_IN = "mend: log in to AWS again"
AGAIN = "mend: the same command again: it carries on"


def expired(since: str, moment: str = "before") -> dict[str, Any]:
    """From the call `since` on, no call of anybody is allowed any more."""
    return {
        "action": "*",
        "since": since,
        "moment": moment,
        "code": "ExpiredTokenException",
        "status": 400,
        "times": None,
    }


def clients_are_served(world: World) -> None:
    """The parameter names a table that is there, and the grant covers it."""
    named, _ = world.pointer()
    assert named in world.tables()
    assert named in world.granted()[0]


def stands(world: World, phase: str) -> None:
    """The last row that AWS and the state both show."""
    labels = {
        name.rpartition(".")[2]
        for name in checkpoint(world)
        if name.startswith("Table restore-demo.")
    }
    assert (world.pointer()[0], world.granted()[0], labels) == STANDS[phase]


def restores(world: World, since: int) -> int:
    """How many restores AWS has begun, whatever it answered."""
    tables = world.tables()
    begun = [
        call
        for call in world.calls(since)
        if call["action"] == RESTORE_CALL and call["params"]["TargetTableName"] in tables
    ]
    return len({call["params"]["TargetTableName"] for call in begun})


@dataclass(frozen=True)
class Case:
    """One fault at one verb.

    Attributes:
        at: The scene that it begins from.
        ends: The phase at the end of it, and of the same verb again.
        says: What the message holds; nothing for a fault that a retry gets over.
    """

    at: str
    verb: tuple[str, ...]
    fault: dict[str, Any]
    ends: str
    says: tuple[str, ...] = field(default=())


def of(*cases: Case) -> list[Any]:
    return [
        pytest.param(case, id=f"{case.verb[0]}-{index}")
        for index, case in enumerate(cases, start=1)
    ]


GOT_OVER = of(
    Case("serving", START, {"action": RESTORE_CALL, "times": 2, **THROTTLED}, "restored"),
    Case("serving", START, {"action": RESTORE_CALL, **AFTER}, "restored"),
    Case("serving", START, {"action": RESTORE_CALL, "kind": "cut", **AFTER}, "restored"),
    Case(
        "serving",
        START,
        {"action": RESTORE_CALL, "kind": "delay", "seconds": 60, **AFTER},
        "restored",
    ),
    Case("adopted", ("prepare",), {"action": "UpdateContinuousBackups", **AFTER}, "prepared"),
    Case("prepared", ("switch",), {"action": "PutParameter", **THROTTLED}, "switched"),
    Case("prepared", ("switch",), {"action": "PutParameter", "kind": "cut", **AFTER}, "switched"),
    Case("switched", ("drop",), {"action": "CreatePolicyVersion", **AFTER}, "dropped"),
    Case("dropped", CLEAN, {"action": "DeleteTable", **AFTER}, "dropped"),
)


@pytest.mark.parametrize("case", GOT_OVER)
def test_a_fault_that_passes_is_got_over(at: At, case: Case) -> None:
    """Throttling, AWS's own errors, silence and cut connections happen every night."""
    world = at(case.at)
    since = world.last_call()

    with world.unwell(**case.fault):
        done = world.restore(*case.verb)
        assert world.struck() >= 1

    if case.verb is START:
        lasting = case.fault.get("moment") == "after"
        assert ("It was started all the same" in done.err) == lasting
        assert restores(world, since) == 1
        world.restore("wait")
    stands(world, case.ends)
    clients_are_served(world)


FAILS = of(
    Case(
        "serving",
        ("status",),
        {"action": "DescribeTable", "times": None},
        "restored",
        ("AWS answered InternalServerError to DescribeTable", AGAIN),
    ),
    Case(
        "serving",
        START,
        {"action": RESTORE_CALL, "times": None},
        "restored",
        (f"{RESTORED} does not exist: no restore was started.", AGAIN),
    ),
    Case(
        "serving",
        START,
        expired(RESTORE_CALL),
        "restored",
        (f"Whether {RESTORED} is being restored could not be seen", LOG_IN),
    ),
    Case(
        "serving",
        START,
        expired(RESTORE_CALL, "after"),
        "restored",
        (f"Whether {RESTORED} is being restored could not be seen", LOG_IN),
    ),
    Case(
        "restored",
        ("wait",),
        expired("DescribeContinuousBackups"),
        "restored",
        ("The AWS credentials are not valid any more", LOG_IN),
    ),
    Case(
        "restored",
        ("adopt",),
        expired("ListTagsOfResource"),
        "adopted",
        ("The preview failed: ", "Nothing was touched.", LOG_IN),
    ),
    Case(
        "adopted",
        ("prepare",),
        expired("CreatePolicyVersion"),
        "prepared",
        ("The update failed: updating IAM Policy", "is in the stack's state.", LOG_IN),
    ),
    Case(
        "prepared",
        ("switch",),
        expired("PutParameter"),
        "switched",
        ("The update failed: updating SSM Parameter", "is in the stack's state.", LOG_IN),
    ),
    Case(
        "prepared",
        ("switch",),
        expired("PutParameter", "after"),
        "switched",
        ("The update failed: updating SSM Parameter", LOG_IN),
    ),
    Case(
        "switched",
        ("rollback",),
        expired("PutParameter"),
        "rolled back",
        ("The update failed: updating SSM Parameter", LOG_IN),
    ),
    Case(
        "switched",
        ("drop",),
        expired("CreatePolicyVersion"),
        "dropped",
        ("The update failed: updating IAM Policy", LOG_IN),
    ),
    Case(
        "dropped",
        CLEAN,
        expired("DeleteTable", "after"),
        "dropped",
        ("The AWS credentials are not valid any more", LOG_IN),
    ),
)


@pytest.mark.parametrize("case", FAILS)
def test_a_fault_that_stays_ends_in_one_message_and_the_same_verb_converges(
    at: At, case: Case
) -> None:
    """Whoever is woken reads one message, does what it says, and is where they would have been."""
    world = at(case.at)
    since = world.last_call()

    with world.unwell(**case.fault):
        failed = world.restore(*case.verb, code=1)
        for words in case.says:
            assert words in failed.err
    clients_are_served(world)

    world.restore(*case.verb)
    if case.verb is START:
        world.restore("wait")
        assert restores(world, since) == 1
    stands(world, case.ends)
    clients_are_served(world)


def test_a_service_that_stays_down_ends_the_update_as_soon_as_the_provider_gives_up(at: At) -> None:
    """Its own 25 tries take an hour or more, in which nobody is told anything."""
    world = at("prepared")
    with world.config() as config:
        config["aws:maxRetries"] = 3
    world.up()
    with world.unwell("PutParameter", times=None):
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
    with world.unwell(**expired("PutParameter")):
        world.restore("switch", code=1)
    assert "did not end well at Parameter restore-demo" in world.restore("status").err

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
    """Somebody moves the clients while somebody else is asked whether to: one of them must hear."""
    world = at("prepared")
    with beside(world, "switch") as runbook:
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


def test_a_restore_that_fails_is_said_cleaned_and_started_again(at: At) -> None:
    """A key that was taken away: the table is there, and nobody will ever read it."""
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
    """Whoever deleted it said nothing to the one who waits."""
    world = at("serving")
    with world.restores_ending("gone"), world.restores_taking(4):
        world.restore(*START)
        failed = world.restore("wait", code=1).err
    assert f"The restore into {RESTORED} ended as gone instead of ACTIVE." in failed
    assert "mend: python -m restore start --to WHEN" in failed
    clients_are_served(world)

    world.restore(*START)
    world.restore("wait")
    stands(world, "restored")


def test_a_prepared_table_that_somebody_deletes_moves_nobody(at: At) -> None:
    """Clients would be sent to nothing."""
    world = at("prepared")
    world.dynamodb.delete_table(TableName=RESTORED)

    blocked = world.restore("switch", code=3).err
    assert "There is no restored table of restore-demo to switch." in blocked
    assert "mend: python -m restore start --to WHEN" in blocked
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
    world = at("dropped")
    ssm = world.client("ssm")
    ssm.delete_parameter(Name=PARAMETER)
    world.pulumi("refresh", "--yes")
    ssm.put_parameter(Name=PARAMETER, Value=RESTORED, Type="String")

    refused = world.restore("rollback", "--yes", code=3).err
    key = "tables.restore-demo.adoptPointer"
    mend = f"pulumi config set --path {key} true; pulumi up; pulumi config rm --path {key}"
    assert f"mend: {mend}" in refused

    world.pulumi("config", "set", "--path", key, "true")
    world.up()
    world.pulumi("config", "rm", "--path", key)
    world.restore("rollback", "--yes")
    assert world.pointer()[0] == ORIGINAL
    clients_are_served(world)
    world.no_drift()
