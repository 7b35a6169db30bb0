"""The steps that a run has still to take. Pure."""

from restore.model.facts import TableFacts
from restore.model.phase import Phase, locate
from restore.model.steps import Step

_STEPS = (
    Step.WAIT,
    Step.ADOPT,
    Step.PREPARE,
    Step.VERIFY,
    Step.SWITCH,
    Step.DRAIN,
    Step.DROP,
)
_DONE = {
    Phase.RESTORED: Step.WAIT,
    Phase.ADOPTED: Step.ADOPT,
    Phase.PREPARED: Step.PREPARE,
    Phase.SWITCHED: Step.SWITCH,
}
"""The last step that each phase has behind it; the other ones have none."""
_NOT_THE_SHORT_WAY = {Step.ADOPT, Step.PREPARE, Step.VERIFY, Step.DRAIN, Step.DROP}


def ahead(table: TableFacts, chosen: str | None, *, starts: bool) -> tuple[Step, ...]:
    """Everything after the call that starts the restore, in order.

    Args:
        table: What was observed.
        chosen: The label that `--as` names.
        starts: Whether a restore is started first, or would be.
    """
    phase = locate(table, chosen).phase
    if phase is Phase.DROPPED and not starts:
        return ()
    first = _STEPS.index(_DONE[phase]) + 1 if phase in _DONE else 0
    short = table.active not in table.live
    return tuple(step for step in _STEPS[first:] if not (short and step in _NOT_THE_SHORT_WAY))
