"""What is planned for one table: its restore, from which table into which, and the steps. Pure."""

from dataclasses import dataclass

from restore.decide.restore import StartRestore
from restore.decide.steps import ahead
from restore.decide.update import Nothing
from restore.model.facts import TableFacts
from restore.model.phase import Phase, locate
from restore.model.steps import Step
from restore.plan.losses.mention import Side

_UNDER_WAY = frozenset({Phase.RESTORING, Phase.RESTORED, Phase.ADOPTED, Phase.PREPARED})


@dataclass(frozen=True)
class Planned:
    """The plan for one table.

    Attributes:
        restore: The restore to start, or why there is none.
        steps: Everything after it, in order.
        sides: The table that is restored from and the one that takes its place; None where all
            is done already.
    """

    facts: TableFacts
    restore: StartRestore | Nothing
    steps: tuple[Step, ...]
    sides: tuple[Side, Side] | None


def planned(facts: TableFacts, restore: StartRestore | Nothing, chosen: str | None) -> Planned:
    """The plan, from wherever the table stands.

    Args:
        facts: What was observed.
        restore: What `preflight` found for this table.
        chosen: The label that `--as` names.
    """
    steps = ahead(facts, chosen, starts=isinstance(restore, StartRestore))
    return Planned(facts, restore, steps, _route(facts, restore, chosen))


def _route(
    facts: TableFacts, restore: StartRestore | Nothing, chosen: str | None
) -> tuple[Side, Side] | None:
    if isinstance(restore, StartRestore):
        return _sides(facts, restore.source, restore.target)
    position, active = locate(facts, chosen), facts.physical(str(facts.active))
    other = facts.physical(position.other) if position.other else ""
    if position.phase in _UNDER_WAY:
        return _sides(facts, active, other)
    if position.phase is Phase.SWITCHED:
        return _sides(facts, other, active)
    return None


def _sides(facts: TableFacts, source: str, target: str) -> tuple[Side, Side]:
    """Both tables, the target with the tags that the stack will give it."""
    tables = _some_arn(facts).rpartition("/")[0]
    tags = facts.config.settings.tags or {}
    return Side(source, f"{tables}/{source}"), Side(target, f"{tables}/{target}", tags)


def _some_arn(facts: TableFacts) -> str:
    """The ARN of any table of ours: all but the name is the same for each."""
    arns = [each.arn for each in facts.live.values()]
    return arns[0] if arns or facts.backup is None else facts.backup.source_arn
