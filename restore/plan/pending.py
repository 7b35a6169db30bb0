"""Changes that the stack has pending before any restore, and the fix that helps with each. Pure.

The restore takes long, and the first update after it is refused over each of these. So they block
the restore itself.
"""

from collections.abc import Container, Iterable, Iterator, Sequence

from restore.decide.acceptance import options, shown
from restore.decide.finding import Finding, blocked
from restore.decide.gate import Change, Complaint, Wrong
from restore.scope import ANY, Scope
from stacks.kinds import DEPENDANTS

_DRIFT = "AWS differs from what the stack declares"
_UNDEPLOYED = "the program or its config was changed and not deployed"


def pending(
    complaints: Sequence[Complaint],
    undeployed: Container[str],
    tables: frozenset[str],
    scope: Scope = ANY,
    *,
    as_deployed: bool,
) -> list[Finding]:
    """A finding for each change that an update of the run would be refused over.

    Args:
        complaints: What the gate says of the stack as it is, and nobody accepted.
        undeployed: URNs of those that the engine would change without a look at AWS as well.
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
            f"{shown(each.change, _why(each, undeployed))}",
            "; or ".join(_fixes(each, undeployed, tables, scope, by_up=by_up)),
        )
        for each in complaints
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
    return change.op == "delete" and change.kind in DEPENDANTS


def _why(complaint: Complaint, undeployed: Container[str]) -> str:
    why = _UNDEPLOYED if complaint.change.urn in undeployed else _DRIFT
    more = "" if complaint.wrong is Wrong.FOREIGN else f"; an update {complaint.wrong}"
    return f"{why}{more}; the first update of the run would be refused over it"


def _fixes(
    complaint: Complaint,
    undeployed: Container[str],
    tables: frozenset[str],
    scope: Scope,
    *,
    by_up: bool,
) -> Iterator[str]:
    pends = complaint.change.urn in undeployed
    if by_up:
        deploys = f"{scope.pulumi('pulumi up')}, which deploys it"
        yield deploys if pends else f"{scope.pulumi('pulumi up --refresh')}, which undoes it"
    accept = options([complaint], tables)
    if accept:
        yield f"the same command with {accept}"
    if not by_up:
        back = "take it back in the program or in the stack config" if pends else "undo it in AWS"
        diff = scope.pulumi("pulumi preview --refresh --diff")
        yield f"{diff} shows it: {back}, then the same command"
