"""What the tests of faults share: a fault, the verb that it meets, and what holds afterwards."""

from collections.abc import Callable
from typing import Any

from tests.support.engine.kills import checkpoint
from tests.support.engine.world import ORIGINAL, RESTORED, World

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
AGAIN = "fix: the same command again: it carries on"


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
