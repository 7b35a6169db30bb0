"""The phases of a table in a row, and what a verb has still before it. Pure."""

from collections.abc import Sequence
from enum import StrEnum

from restore.decide.steps import ahead
from restore.decide.update import Row
from restore.model.command import together
from restore.model.facts import TableFacts
from restore.model.phase import Phase, Standing, rivals

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


def road(facts: TableFacts, standing: Standing) -> Road:
    """Every phase that the table comes through, in order; just one of them is now."""
    phase = standing.phase
    if phase is Phase.UNDEPLOYED:
        return ((phase, Mark.NOW), (Phase.SERVING, Mark.AHEAD))
    place = _IN_PLACE_OF.get(phase, phase)
    places = _ROAD if facts.active in facts.live else _SHORT
    at = places.index(place)
    return tuple(
        (phase, Mark.NOW) if n == at else (each, Mark.DONE if n < at else Mark.AHEAD)
        for n, each in enumerate(places)
    )


def then(verb: str, step: str, tables: Sequence[TableFacts], chosen: str | None) -> str:
    """What follows on the step that is being done: all that a run does by itself, else a command.

    Args:
        verb: The verb that was called.
        step: What it is doing: `start`, `wait`, a row, `verify` or `drain`.
        tables: The tables that it is about; the one that has the most before it counts.
        chosen: The label that `--as` names.
    """
    scope = together(each.scope for each in tables)
    if step == Row.ROLLBACK:
        return scope.command("status")
    ways = [ahead(table, chosen, starts=step == "start") for table in tables]
    steps = [each for words in max(ways, key=len, default=()) for each in words.split(", then ")]
    begun = [n for n, each in enumerate(steps) if each.split()[0] == step]
    left = steps[begun[0] + 1 :] if begun else steps
    if verb == "run":
        return ", ".join(left) or "nothing"
    commands = [each.split()[0] for each in left if each != "drain"]
    named = f" --as {chosen}" if any(map(rivals, tables)) else ""
    return scope.command(f"{commands[0]}{named}") if commands else "nothing"
