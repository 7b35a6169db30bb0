"""Changes that the stack has pending before any restore, and the fix that helps with each. Pure.

The restore takes long, and the first update after it is refused over each of these. So they block
the restore itself.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum

from restore.decide.acceptance import options, shown
from restore.decide.gate import Complaint, Wrong
from restore.model.change import Change
from restore.model.command import ANY, Scope
from restore.plan.findings import Finding, blocked
from restore.table.kinds import DEPENDENTS

_DRIFT = "AWS differs from what the stack declares"
_UNDEPLOYED = "the program or its config was changed and not deployed"


class Pends(Enum):
    """Where a change comes from: what is wrong, the update that helps, and how to do without."""

    DRIFT = (_DRIFT, "pulumi up --refresh", "undoes it", "undo it in AWS")
    UNDEPLOYED = (
        _UNDEPLOYED,
        "pulumi up",
        "deploys it",
        "take it back in the program or in the stack config",
    )
    BOTH = (
        f"{_UNDEPLOYED}, and {_DRIFT}",
        "pulumi up --refresh",
        "deploys the one and undoes the other",
        "take the one back in the program or in the stack config, undo the other in AWS",
    )


def pending(
    complaints: Sequence[Complaint],
    undeployed: Mapping[str, Change],
    tables: frozenset[str],
    scope: Scope = ANY,
    *,
    as_deployed: bool,
) -> list[Finding]:
    """A finding for each change that an update of the run would be refused over.

    Args:
        complaints: What the gate says of the stack as it is, and nobody accepted.
        undeployed: URN → what the engine would change there without a look at AWS.
        tables: The logical names of the tables that the run is about.
        scope: How the stack is named on the command line.
        as_deployed: Whether a `pulumi up` can be made and does no more than what is complained
            of: the placement in the stack config is the one that the state holds, and every active
            table exists.
    """
    by_up = as_deployed and all(_harmless(each) for each in complaints)
    return [
        blocked(
            "stack",
            f"{shown(each.change, _why(each, pends))}",
            "; or ".join(_fixes(each, pends, tables, scope, by_up=by_up)),
        )
        for each in complaints
        for pends in (_pends(each.change, undeployed),)
    ]


def complained(complaints: Iterable[Complaint]) -> frozenset[tuple[str, str]]:
    """(logical name, property) of all that the changes are about."""
    return frozenset(
        (each.change.name, name) for each in complaints for name in each.change.properties
    )


def _harmless(complaint: Complaint) -> bool:
    """Whether a `pulumi up` that carries it out takes nothing away but what it may make again."""
    change = complaint.change
    if complaint.wrong is not Wrong.FOREIGN:
        return False
    return change.op in {"create", "update"} or _leaves(change)


def _leaves(change: Change) -> bool:
    return change.op == "delete" and change.kind in DEPENDENTS


def _pends(change: Change, undeployed: Mapping[str, Change]) -> Pends:
    """A `pulumi up` without a look at AWS leaves the drift of the same resource as it is."""
    without = undeployed.get(change.urn)
    if without is None:
        return Pends.DRIFT
    same = change.op == without.op and change.properties <= without.properties
    known = all(without.values.get(path) == each for path, each in change.values.items())
    return Pends.UNDEPLOYED if same and known else Pends.BOTH


def _why(complaint: Complaint, pends: Pends) -> str:
    more = "" if complaint.wrong is Wrong.FOREIGN else f"; an update {complaint.wrong}"
    return f"{pends.value[0]}{more}; the first update of the run would be refused over it"


def _fixes(
    complaint: Complaint,
    pends: Pends,
    tables: frozenset[str],
    scope: Scope,
    *,
    by_up: bool,
) -> Iterator[str]:
    _, update, does, by_hand = pends.value
    if by_up:
        yield f"{scope.pulumi(update)}, which {does}"
    accept = options([complaint], tables)
    if accept:
        yield f"the same command with {accept}"
    if not by_up:
        diff = scope.pulumi("pulumi preview --refresh --diff")
        yield f"{diff} shows it: {by_hand}, then the same command"
