"""The updates of the stack that a run has before it, previewed as far as they can be by now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from restore.decide.finding import NOTHING_STARTED, Finding, blocked, note
from restore.decide.move import Row
from restore.decide.planned import Planned
from restore.decide.rows import RowAhead, rows_ahead
from restore.facts import Facts
from restore.rehearsal import rehearsed
from restore.session import Session

_DIFF = "pulumi preview --refresh --diff"


@dataclass(frozen=True)
class UpdateAhead:
    """One update of the stack.

    Attributes:
        tables: Those that it is about.
        previewed: Whether the engine was asked; else the steps are all that the gate will let
            through.
    """

    row: Row
    tables: tuple[str, ...]
    previewed: bool
    steps: tuple[str, ...]

    def __str__(self) -> str:
        how, sign = "as previewed now", "~"
        if not self.previewed:
            how, sign = "not to be previewed yet; its gate will let through no more than", "?"
        return "\n".join((f"{self.row}, {how}:", *(f"  {sign} {each}" for each in self.steps)))

    def as_json(self) -> dict[str, Any]:
        return {
            "row": self.row,
            "tables": self.tables,
            "previewed": self.previewed,
            "steps": self.steps,
        }


def updates_ahead(
    session: Session, facts: Facts, plans: Sequence[Planned]
) -> tuple[list[UpdateAhead], list[Finding]]:
    """Every update of the run in order, and what was found while previewing.

    Raises:
        RefusedError: the program itself refuses the config.
        RestoreError: a preview failed.
    """
    rows = rows_ahead(plans, session.label)
    shown: list[UpdateAhead] = []
    found: list[Finding] = []
    for each in rows:
        if each.moves:
            update, complaints = _previewed(session, facts, each)
            shown.append(update)
            found += complaints
        else:
            steps = tuple(map(str, each.allowed))
            shown.append(UpdateAhead(each.row, each.tables, previewed=False, steps=steps))
    served = all(plan.facts.active in plan.facts.live for plan in plans)
    if rows and served and not any(each.moves for each in rows):
        found += _as_it_is(session)
    return shown, found


def _previewed(session: Session, facts: Facts, row: RowAhead) -> tuple[UpdateAhead, list[Finding]]:
    with rehearsed(session, facts, row.moves) as rehearsal:
        steps = tuple(map(str, rehearsal.changes))
        wrong = [f"{row.row} would be refused: {each}." for each in rehearsal.complaints]
    update = UpdateAhead(row.row, row.tables, previewed=True, steps=steps)
    return update, [blocked("stack", each, _DIFF) for each in wrong]


def _as_it_is(session: Session) -> list[Finding]:
    """What the stack has to do without any restore: the first update would be refused over it.

    A note: the restore takes long enough to mend it meanwhile, and nobody has to wait for that.
    """
    with session.report.working("previewing"):
        changes = session.stack.preview(untouched=NOTHING_STARTED)
    return [
        note(
            "stack",
            f"{each}: the stack is not as it is declared, and the first update of the run would"
            " be refused over it",
            f"{_DIFF}, then pulumi up --refresh; while the restore runs is soon enough",
        )
        for each in changes
    ]
