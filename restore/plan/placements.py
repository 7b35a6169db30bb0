"""The placements that a run has still to write into the stack config. Pure."""

from collections.abc import Iterable, Iterator

from restore.decide.placement import Placement, adopted, dropped, prepared, switched, taken_over
from restore.decide.restore import StartRestore
from restore.decide.update import observed
from restore.plan.outline import Planned


def placements_ahead(plans: Iterable[Planned]) -> Iterator[dict[str, Placement]]:
    """Table → its placement, for each step of the tables whose restore is still to be started."""
    ways = {
        plan.facts.config.table: _way(plan, plan.restore.label)
        for plan in plans
        if isinstance(plan.restore, StartRestore)
    }
    for step in range(max(map(len, ways.values()), default=0)):
        yield {table: way[min(step, len(way) - 1)] for table, way in ways.items()}


def _way(plan: Planned, label: str) -> tuple[Placement, ...]:
    facts = plan.facts
    if facts.active not in facts.live:
        return (taken_over(label),)
    first = adopted(observed(facts), label)
    second = prepared(first, label)
    third = switched(second, label, facts.history)
    return first, second, third, dropped(third)
