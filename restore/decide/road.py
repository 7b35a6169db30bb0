"""The phases of a table in a row, and the steps that follow on the one being done. Pure."""

from collections.abc import Sequence
from enum import StrEnum

from restore.decide.steps import ahead
from restore.model.facts import TableFacts
from restore.model.phase import Phase, Position
from restore.model.steps import Step

_ROAD = (
    Phase.SERVING,
    Phase.RESTORED,
    Phase.ADOPTED,
    Phase.PREPARED,
    Phase.SWITCHED,
    Phase.DROPPED,
)
_SHORT = (Phase.LOST, Phase.RESTORED, Phase.DROPPED)
_IN_PLACE_OF = {Phase.RESTORING: Phase.RESTORED, Phase.ROLLED_BACK: Phase.SWITCHED}


class Mark(StrEnum):
    """Where a phase lies, seen from the one that the table is in."""

    DONE = "✓"
    NOW = "●"
    AHEAD = "○"


Road = tuple[tuple[Phase, Mark], ...]


def road(facts: TableFacts, position: Position) -> Road:
    """Every phase that the table comes through, in order; just one of them is now."""
    phase = position.phase
    if phase is Phase.UNDEPLOYED:
        return ((phase, Mark.NOW), (Phase.SERVING, Mark.AHEAD))
    place = _IN_PLACE_OF.get(phase, phase)
    places = _ROAD if facts.active in facts.live else _SHORT
    at = places.index(place)
    return tuple(
        (phase, Mark.NOW) if n == at else (each, Mark.DONE if n < at else Mark.AHEAD)
        for n, each in enumerate(places)
    )


def following(step: Step, tables: Sequence[TableFacts], chosen: str | None) -> tuple[Step, ...]:
    """The steps that follow on the one that is being done.

    Args:
        step: What is being done.
        tables: The tables that it is about; the one that has the most before it counts.
        chosen: The label that `--as` names.
    """
    ways = [ahead(table, chosen, starts=step is Step.START) for table in tables]
    steps = max(ways, key=len, default=())
    return steps[steps.index(step) + 1 :] if step in steps else steps
