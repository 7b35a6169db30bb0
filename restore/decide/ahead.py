"""The steps that a run has still to take. Pure."""

from restore.facts import TableFacts
from restore.phase import Phase, stand

_ORDER = (Phase.RESTORING, Phase.RESTORED, Phase.ADOPTED, Phase.PREPARED, Phase.SWITCHED)
_STEPS = ("wait for the restore", "adopt", "prepare", "switch", "drain, then drop")
_NOT_THE_SHORT_WAY = {"adopt", "prepare", "drain, then drop"}


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
    first = _ORDER.index(phase) if phase in _ORDER else 0
    short = table.active not in table.live
    return tuple(step for step in _STEPS[first:] if not (short and step in _NOT_THE_SHORT_WAY))
