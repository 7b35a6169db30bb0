"""What to do about changes that the gate does not let through. Pure.

No fix in here may replace or delete anything, nor move clients, whatever the state turns out to be.
"""

from collections.abc import Sequence

from restore.decide.acceptance import options
from restore.decide.gate import Complaint, Wrong
from restore.model.command import ANY, Scope


def fix(
    complaints: Sequence[Complaint],
    tables: frozenset[str],
    scope: Scope = ANY,
    *,
    as_deployed: bool,
) -> str:
    """The command that helps with each kind of complaint.

    Args:
        complaints: What the gate found and nobody accepted.
        tables: What the step is about.
        scope: How the stack is named on the command line.
        as_deployed: Whether the placement in the stack config is the one that the state holds.
            Else a `pulumi up` would do more than what is complained of.
    """
    diff = f"{scope.pulumi('pulumi preview --refresh --diff')} shows it"
    accepts = options(complaints, tables)
    if accepts.count("--accept ") == len(complaints):
        return accepts
    if any(each.wrong is not Wrong.FOREIGN or each.change.op == "delete" for each in complaints):
        return (
            f"{diff}; take the change back in the program or in the stack config, then the same"
            " command"
        )
    by_up = (
        f"{scope.pulumi('pulumi up --refresh')}, which puts back what was edited by hand and"
        " deploys what was not deployed yet"
        if as_deployed
        else f"{diff}; put back what was edited by hand, or take the change back"
    )
    return f"{by_up}; then the same command"
