"""What the stack has pending before a restore, and the fix that is printed for each kind."""

from dataclasses import replace

import pytest

from restore.decide.gate import Complaint, Wrong
from restore.model.change import Change
from restore.plan.pending import complained, pending
from restore.table.kinds import ALARM, TABLE
from tests.support.memory.account_and_stack import URN

NAME = "restore-demo.original"
TABLES = frozenset({NAME})
TTL = Change("update", f"{URN}{TABLE}::{NAME}", frozenset({"ttl"}))
ALARM_GONE = Change("delete", f"{URN}{ALARM}::{NAME}.alarm.slow")
TABLE_GONE = Change("delete", f"{URN}{TABLE}::{NAME}")
ACCEPT = "--accept Table/restore-demo.original:ttl"
DIFF = "pulumi preview --refresh --diff shows it"


@pytest.mark.parametrize(
    ("change", "undeployed", "deployed", "fix"),
    [
        pytest.param(
            TTL,
            False,
            True,
            f"pulumi up --refresh, which undoes it; or the same command with {ACCEPT}",
            id="drift",
        ),
        pytest.param(
            TTL,
            True,
            True,
            f"pulumi up, which deploys it; or the same command with {ACCEPT}",
            id="undeployed",
        ),
        pytest.param(
            TTL,
            True,
            False,
            f"the same command with {ACCEPT}; or {DIFF}: take it back in the program or in the"
            " stack config, then the same command",
            id="another-placement-in-the-config",
        ),
        pytest.param(ALARM_GONE, True, True, "pulumi up, which deploys it", id="a-dependent-less"),
        pytest.param(
            TABLE_GONE,
            True,
            True,
            f"{DIFF}: take it back in the program or in the stack config, then the same command",
            id="a-table-less",
        ),
        pytest.param(
            TABLE_GONE,
            False,
            True,
            f"{DIFF}: undo it in AWS, then the same command",
            id="a-table-drifted",
        ),
    ],
)
def test_the_fix_is_the_one_that_helps_and_never_an_update_that_does_more(
    change: Change, fix: str, *, undeployed: bool, deployed: bool
) -> None:
    """A `pulumi up` at the wrong moment moves clients, or lets a table leave the stack."""
    without = {change.urn: change} if undeployed else {}

    (found,) = pending([Complaint(change, Wrong.FOREIGN)], without, TABLES, as_deployed=deployed)

    assert found.fix == fix
    assert ("not deployed" in found.says) == undeployed


@pytest.mark.parametrize(
    ("seen", "without"),
    [
        pytest.param(
            replace(TTL, properties=frozenset({"ttl", "deletionProtectionEnabled"})),
            TTL,
            id="another-property",
        ),
        pytest.param(
            replace(TTL, values={"ttl.attributeName": ("by-hand", "expires")}),
            replace(TTL, values={"ttl.attributeName": (None, "expires")}),
            id="another-value",
        ),
        pytest.param(TTL, replace(TTL, op="create"), id="another-operation"),
    ],
)
def test_an_undeployed_change_beside_drift_of_the_same_resource_is_one_fix(
    seen: Change, without: Change
) -> None:
    """A plain `pulumi up` leaves the drift, and the next try is blocked by it."""
    (found,) = pending(
        [Complaint(seen, Wrong.FOREIGN)], {seen.urn: without}, TABLES, as_deployed=True
    )

    assert found.fix.startswith(
        "pulumi up --refresh, which deploys the one and undoes the other; or the same command"
    )
    assert "not deployed, and AWS differs" in found.says


def test_one_replacement_keeps_every_fix_from_being_an_update() -> None:
    """A `pulumi up` for the harmless one would carry the other one out as well."""
    worse = Complaint(TTL, Wrong.REPLACES)

    found = pending([Complaint(TTL, Wrong.FOREIGN), worse], {}, TABLES, as_deployed=True)

    assert not [each for each in found if "pulumi up" in each.fix]
    assert "would replace it" in found[1].says


def test_what_a_preview_complains_of_is_known_by_resource_and_property() -> None:
    assert complained([Complaint(TTL, Wrong.FOREIGN)]) == {(NAME, "ttl")}
