"""The steps that a run has still to take. Pure."""

from restore.model.facts import TableFacts
from restore.model.phase import Phase, stand

_STEPS = ("wait for the restore", "adopt", "prepare", "verify", "switch", "drain, then drop")
_DONE = {
    Phase.RESTORED: "wait for the restore",
    Phase.ADOPTED: "adopt",
    Phase.PREPARED: "prepare",
    Phase.SWITCHED: "switch",
}
"""The last step that each phase has behind it; the other ones have none."""
_NOT_THE_SHORT_WAY = {"adopt", "prepare", "verify", "drain, then drop"}


def ahead(table: TableFacts, chosen: str | None, *, starts: bool) -> tuple[str, ...]:
    """Everything after the call that starts the restore, in order.

    Args:
        table: What was observed.
        chosen: The label that `--as` names.
        starts: Whether a restore is started first, or would be.
    """
    phase = stand(table, chosen).phase
    if phase is Phase.DROPPED and not starts:
        return ()
    first = _STEPS.index(_DONE[phase]) + 1 if phase in _DONE else 0
    short = table.active not in table.live
    return tuple(step for step in _STEPS[first:] if not (short and step in _NOT_THE_SHORT_WAY))
