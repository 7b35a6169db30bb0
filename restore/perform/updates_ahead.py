"""The updates of the stack that a run has before it, previewed as far as they can be by now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from restore.decide.refused import fix
from restore.decide.update import as_it_is
from restore.model.errors import AGAIN, LOGIN, LockedError, RestoreError, UsageError
from restore.model.facts import Facts
from restore.model.steps import Step
from restore.perform.rehearse import rehearsed
from restore.perform.session import Session
from restore.plan.findings import Finding, blocked
from restore.plan.outline import Planned
from restore.plan.pending import complained, pending
from restore.plan.transitions import RowAhead, rows_ahead


@dataclass(frozen=True)
class UpdateAhead:
    """One update of the stack.

    Attributes:
        tables: Those that it is about.
        previewed: Whether the engine was asked; else the steps are all that the gate will let
            through.
    """

    row: Step
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


@dataclass(frozen=True)
class Previewed:
    """The updates of a run.

    Attributes:
        updates: Every one, in order.
        findings: What was found while previewing.
        complained: (logical name, property) of all that the gate would refuse.
    """

    updates: tuple[UpdateAhead, ...] = ()
    findings: tuple[Finding, ...] = ()
    complained: frozenset[tuple[str, str]] = frozenset()


def updates_ahead(session: Session, facts: Facts, plans: Sequence[Planned]) -> Previewed:
    """Every update of the run in order, previewed where that can be.

    Where none can be previewed yet, since the restored table does not exist, the stack as it is
    is previewed instead: what it has pending would be in the first update of the run as well.

    Raises:
        LockedError: another engine holds the stack.
        RefusedError: the program itself refuses the config.
        RestoreError: AWS did not answer, or the credentials expired.
        UsageError: `--accept` names a difference that does not exist.
    """
    rows = rows_ahead(plans, session.label)
    previewed: list[Previewed] = []
    for each in rows:
        if each.moves:
            previewed.append(_tried(partial(_next, session, facts, each)))
        else:
            steps = tuple(map(str, each.allowed))
            later = UpdateAhead(each.row, each.tables, previewed=False, steps=steps)
            previewed.append(Previewed((later,)))
    if rows and not any(each.moves for each in rows) and _can_be_previewed(facts):
        previewed.append(_tried(partial(_as_it_is, session, facts)))
    return Previewed(
        tuple(update for each in previewed for update in each.updates),
        tuple(finding for each in previewed for finding in each.findings),
        frozenset().union(*(each.complained for each in previewed)),
    )


def _can_be_previewed(facts: Facts) -> bool:
    """Whether the stack as it is can be: a deleted table that it has forgotten is an import."""
    return all(table.active in {*table.live, *table.past.physical} for table in facts.tables)


def _tried(preview: Callable[[], Previewed]) -> Previewed:
    """The preview, or as a finding why the engine could not make it."""
    try:
        return preview()
    except (LockedError, UsageError):
        raise
    except RestoreError as error:
        if error.fix in {LOGIN, AGAIN}:
            raise
        return Previewed(findings=(blocked("preview", error.wrong, error.fix),))


def _next(session: Session, facts: Facts, row: RowAhead) -> Previewed:
    with rehearsed(session, facts, row.moves) as rehearsal:
        steps = tuple(map(str, rehearsal.changes))
        complaints, tables = rehearsal.complaints, rehearsal.tables
        deployed = rehearsal.as_deployed
    update = UpdateAhead(row.row, row.tables, previewed=True, steps=steps)
    found = [
        blocked(
            "stack",
            f"{row.row} would be refused: {each}.",
            fix([each], tables, session.scope, as_deployed=deployed),
        )
        for each in complaints
    ]
    return Previewed((update,), tuple(found), complained(complaints))


def _as_it_is(session: Session, facts: Facts) -> Previewed:
    """A deleted table cannot be refreshed: there only what was not deployed can be seen."""
    served = all(table.active in table.live for table in facts.tables)
    updates = [as_it_is(table) for table in facts.tables]
    with rehearsed(session, facts, updates, refresh=served) as rehearsal:
        complaints = rehearsal.complaints
        if not complaints:
            return Previewed()
        undeployed = {each.urn: each for each in rehearsal.changes}
        if served:
            with session.report.working("looking what of it was not deployed"):
                without = rehearsal.proposal.preview(refresh=False)
            undeployed = {each.urn: each for each in without}
    # No update can be made beside a deleted table, and what is accepted of it is not the new one's.
    found = pending(
        complaints,
        undeployed,
        rehearsal.tables if served else frozenset(),
        session.scope,
        as_deployed=rehearsal.as_deployed and served,
    )
    return Previewed(findings=tuple(found), complained=complained(complaints))
