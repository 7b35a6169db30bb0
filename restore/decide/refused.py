"""What to do about changes that the gate does not let through. Pure.

No fix in here may replace or delete anything, nor move clients, whatever the state turns out to be.
"""

from collections.abc import Sequence

from restore.decide.acceptance import options
from restore.decide.gate import Complaint, Wrong

_DIFF = "pulumi preview --refresh --diff"
_UP = "pulumi up --refresh"


def fix(complaints: Sequence[Complaint], tables: frozenset[str], *, as_deployed: bool) -> str:
    """The command that helps with each kind of complaint.

    Args:
        complaints: What the gate found and nobody accepted.
        tables: What the step is about.
        as_deployed: Whether the placement in the stack config is the one that the state holds.
            Else a `pulumi up` would do more than what is complained of.
    """
    accepts = options(complaints, tables)
    if accepts.count("--accept ") == len(complaints):
        return accepts
    if any(each.wrong is not Wrong.FOREIGN or each.change.op == "delete" for each in complaints):
        return f"{_DIFF} shows it; take the change back in the program or in the stack config"
    by_up = (
        f"{_UP}, which puts back what was edited by hand and deploys what was not deployed yet"
        if as_deployed
        else f"{_DIFF} shows it; put back what was edited by hand, or take the change back"
    )
    return f"{by_up}; then the same command"
