"""The updates of the stack that a run has still before it, and what each of them may do. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from restore.decide import permits
from restore.decide.gate import Permit
from restore.decide.restore import StartRestore
from restore.decide.transition import next_move
from restore.decide.update import Update
from restore.model.facts import TableFacts
from restore.model.phase import Phase, locate
from restore.model.steps import Step
from restore.plan.outline import Planned

_UPDATES = (Step.ADOPT, Step.PREPARE, Step.SWITCH, Step.DROP)
"""The steps of a run that update the stack."""


@dataclass(frozen=True)
class RowAhead:
    """One update of the stack.

    Attributes:
        tables: Those that it is about.
        moves: What it is made of, where it is the next one for each of them and so can be
            previewed now; empty otherwise.
        allowed: All that its gate will let through.
    """

    row: Step
    tables: tuple[str, ...]
    moves: tuple[Update, ...]
    allowed: tuple[Permit, ...]


def rows_ahead(plans: Iterable[Planned], chosen: str | None) -> list[RowAhead]:
    """Every update of the run, in order.

    Args:
        plans: The plan of each table.
        chosen: The label that `--as` names.
    """
    ways = [(plan, _rows(plan, chosen)) for plan in plans]
    found: list[RowAhead] = []
    for row in _UPDATES:
        at = [(plan, rows) for plan, rows in ways if row in rows]
        if not at:
            continue
        moves = [
            move
            for plan, rows in at
            if rows[0] is row and _is_there(plan, chosen)
            if isinstance(move := next_move(row, plan.facts, chosen), Update)
        ]
        whole = len(moves) == len(at)
        allowed = (permit for plan, _ in at for permit in _allowed(plan, row, chosen))
        found.append(
            RowAhead(
                row,
                tuple(plan.facts.config.table for plan, _ in at),
                tuple(moves) if whole else (),
                tuple(dict.fromkeys(allowed)),
            )
        )
    return found


def _rows(plan: Planned, chosen: str | None) -> Sequence[Step]:
    """The rows of one table; one that has nothing to do, such as a second adopt, is none."""
    rows = [row for row in _UPDATES if row in plan.steps]
    if rows[:1] == [Step.ADOPT] and _is_there(plan, chosen):
        adopts = isinstance(next_move(Step.ADOPT, plan.facts, chosen), Update)
        return rows if adopts else rows[1:]
    return rows


def _is_there(plan: Planned, chosen: str | None) -> bool:
    """Whether the restored table exists: until then there is nothing that could be imported."""
    restoring = locate(plan.facts, chosen).phase is Phase.RESTORING
    return not isinstance(plan.restore, StartRestore) and not restoring


def _allowed(plan: Planned, row: Step, chosen: str | None) -> Iterator[Permit]:
    facts, label = plan.facts, _label(plan, chosen)
    gone = facts.active not in facts.live
    match row:
        case Step.ADOPT:
            yield permits.pure_import(facts, label)
        case Step.PREPARE:
            yield from permits.configuring(facts, label)
        case Step.SWITCH:
            if gone:
                yield from permits.configuring(facts, label)
            yield permits.flip(facts)
            if gone:
                yield from _leaving(facts, label)
        case _:
            yield from permits.grants(facts)
            yield from _leaving(facts, label)


def _leaving(facts: TableFacts, label: str) -> Iterator[Permit]:
    for other in facts.past.physical:
        if other != label:
            yield from permits.leave(facts, other)


def _label(plan: Planned, chosen: str | None) -> str:
    """The label that the run ends with."""
    if isinstance(plan.restore, StartRestore):
        return plan.restore.label
    position = locate(plan.facts, chosen)
    over = position.phase is Phase.SWITCHED
    return str(plan.facts.active if over else position.other)
