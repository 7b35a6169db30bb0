"""AWS is not well: each verb ends done or with one clear message.

Whatever happens, the parameter names a table that exists and that clients may read; the same verb
again ends where it should have ended; and a restore is never started twice.
"""

from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.support.engine.faults import (
    AGAIN,
    RESTORE_CALL,
    START,
    At,
    clients_are_served,
    expired,
    restores,
    stands,
)
from tests.support.engine.world import ORIGINAL, RESTORED

CLEAN = ("clean", "original", "--confirm", ORIGINAL)
THROTTLED = {"code": "ThrottlingException", "status": 400}
AFTER = {"moment": "after"}
LOG_IN = "fix: log in to AWS again"


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

    with world.failing(**case.fault):
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
    """Someone who is woken reads one message, does what it says, and is where they had been."""
    # prints: restore/decide/restore_outcome.py:unseen
    world = at(case.at)
    since = world.last_call()

    with world.failing(**case.fault):
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
