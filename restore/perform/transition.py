"""`adopt`, `prepare`, `switch`, `rollback`, `drop`, `freeze`, `thaw`: gated updates of the stack.

One update is one straight way, `_one_update`: settle, plan, rehearse, gate, (a dry run ends here),
confirm, hooks, the parameter once more, guard, leftovers, apply, prove. What was confirmed is what
is carried out; where time has passed on the way, it is looked at again from the beginning.
"""

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from enum import Enum

from restore.decide.leftovers import Leftover, leftovers, may_be_left_over
from restore.decide.preflight import refuse_without_retain
from restore.decide.transition import next_move
from restore.decide.update import Update, label_of
from restore.model.errors import BlockedError, ChangedError, EditedError, LockedError, RestoreError
from restore.model.facts import Facts
from restore.model.steps import Step
from restore.perform.confirm import Proposal, confirm
from restore.perform.deploy import (
    apply,
    forget_pending,
    prove_no_drift,
    refuse_complaints,
    tell_accepted,
)
from restore.perform.foreign import refuse_foreign_policies
from restore.perform.hooks import Around
from restore.perform.locked import get_past
from restore.perform.rehearse import Rehearsal, refuse_read_only, rehearsed
from restore.perform.session import Session
from restore.perform.settle import refuse_edited_since, settled
from restore.table.config.problems import ProblemsError

_SETTLES_SECONDS = 3.0
"""A flip of another engine is in AWS a moment before it is in the state."""
_ANOTHER = "Another update has changed the stack meanwhile: looking again."
_FRESH_SECONDS = 60.0
"""A preview that someone took longer to read is made again before it is carried out."""


class Outcome(Enum):
    """How one pass ended."""

    OVER = "nothing more is to be done"
    MORE = "an update was made, and the step needs one more"
    STALE = "nothing was done, and what was looked at may not be so any more"


@dataclass(frozen=True)
class NextUpdate:
    """What one update is about.

    Attributes:
        facts: What was observed.
        updates: One for each table that needs one.
        leftovers: What has to go from these tables first.
        labels: Table → the label beside the active one that its update is about.
    """

    facts: Facts
    updates: Sequence[Update]
    leftovers: Sequence[Leftover]
    labels: dict[str, str | None]


@dataclass
class _Call:
    """What happened in this call so far.

    Attributes:
        around: The hooks, each run once.
        confirmed: What someone said yes to; it is not asked again where it has not changed.
        done: What was carried out, one sentence for each update.
    """

    around: Around
    confirmed: Proposal | None = None
    done: list[str] = field(default_factory=list)


def update(session: Session, row: Step, guard: Callable[[], None] = lambda: None) -> None:
    """Carries the row out, from wherever the tables are, also beside other updates.

    Args:
        session: The stack, the account, the tables.
        row: What to carry out.
        guard: Asked just before an update; raises where it must not be made.
    """
    session.report.begin(row)
    call = _Call(Around(session, row))
    outcome, settles = Outcome.STALE, True
    while outcome is not Outcome.OVER:
        try:
            outcome = _one_update(session, row, call, guard)
        except LockedError as error:
            get_past(session, error)
        except BlockedError as error:
            if isinstance(error, EditedError) and settles:
                settles = False
                with session.report.working("the parameter differs from the state: looking again"):
                    time.sleep(_SETTLES_SECONDS)
            elif call.done:
                raise half_done(error, call.done) from error
            else:
                raise
    call.around.after()


def _one_update(session: Session, row: Step, call: _Call, guard: Callable[[], None]) -> Outcome:
    """The next update that the row needs.

    Raises:
        BlockedError: the preview contains a change that this row does not allow, or someone said
            no.
        DifferencesError: it is done, and AWS differs from the stack after it.
        RefusedError: the program itself rejects the config.
        RestoreError: the update failed.
    """
    facts = settled(session, row)
    step = _planned(session, row, facts)
    if step is None:
        return Outcome.OVER
    with ExitStack() as copies:
        rehearsal = _gated(session, step, copies)
        if rehearsal is None:
            return Outcome.STALE
        session.report.planned(rehearsal.changes)
        tell_accepted(session, rehearsal.accepted)
        if session.dry_run:
            call.around.before(facts, step.labels)
            return Outcome.OVER
        proposal = Proposal.of(step.updates, step.leftovers, rehearsal.changes)
        fresh = _confirmed(session, row, facts, proposal, call)
        if not fresh or call.around.before(facts, step.labels):
            return Outcome.STALE
        refuse_edited_since(session, facts)
        guard()
        _remove(session, step.leftovers)
        if not _applied(session, step, rehearsal):
            return Outcome.STALE
    prove_no_drift(session)
    forget_pending(session, facts)
    call.around.did()
    call.done += [f"{each.table}: {each.says}" for each in step.updates]
    return Outcome.MORE if any(each.more for each in step.updates) else Outcome.OVER


def _planned(session: Session, row: Step, facts: Facts) -> NextUpdate | None:
    """What is to be done by the next update; None where there is nothing to do."""
    moves = [next_move(row, table, session.label) for table in facts.tables]
    updates = [move for move in moves if isinstance(move, Update)]
    for table, move in zip(facts.tables, moves, strict=True):
        if isinstance(move, Update) or not updates:
            session.decided(move.says, table.config.table)
    if not updates:
        return None
    refuse_foreign_policies(session, facts, updates)
    leftovers = _leftovers(session, facts, updates)
    return NextUpdate(
        facts, updates, leftovers, {each.table: _label(session, facts, each) for each in updates}
    )


def _gated(session: Session, step: NextUpdate, copies: ExitStack) -> Rehearsal | None:
    """The preview, once its gate has let it through; None where the stack changed meanwhile."""
    facts = step.facts
    refuse_without_retain(facts)
    if not session.dry_run:
        refuse_read_only(session)
    try:
        rehearsal = copies.enter_context(rehearsed(session, facts, step.updates))
        refuse_complaints(rehearsal, session.scope)
    except (RestoreError, ProblemsError):
        if session.dry_run or session.stack.state() == facts.state:
            raise
        session.decided(_ANOTHER)
        return None
    return rehearsal


def _confirmed(session: Session, row: Step, facts: Facts, proposal: Proposal, call: _Call) -> bool:
    """Whether the preview is fresh once someone has said yes to it; raises where they said no."""
    if proposal == call.confirmed:
        return True
    asked = time.monotonic()
    confirm(session, row, facts, proposal)
    call.confirmed = proposal
    if time.monotonic() - asked <= _FRESH_SECONDS:
        return True
    session.decided("The preview is over a minute old: previewing again.")
    return False


def _applied(session: Session, step: NextUpdate, rehearsal: Rehearsal) -> bool:
    """Whether the update was made; not where another update wrote the stack config meanwhile.

    Raises:
        ChangedError: someone edited the stack config meanwhile.
    """
    try:
        apply(session, step.facts, rehearsal, step.updates)
    except ChangedError:
        if not session.stack.locks() and session.stack.state() == step.facts.state:
            raise
        session.decided(_ANOTHER)
        return False
    return True


def _remove(session: Session, leftovers: Sequence[Leftover]) -> None:
    for leftover in leftovers:
        with session.audit.effect(f"take {leftover.says} away"):
            session.hanging.remove(leftover)
        session.report.did(f"{leftover.says} is taken away")


def half_done(error: BlockedError, done: Sequence[str]) -> RestoreError:
    """What stops a row after the first of its updates: something was changed by then."""
    made = "".join(f"\n  - {each}" for each in done)
    return RestoreError(
        f"{error.wrong}\nOf this step, this call has done:{made}",
        "The rest of it was not done; the same command carries on from there.",
        error.fix,
    )


def _label(session: Session, facts: Facts, update: Update) -> str | None:
    """The label beside the active one that the update is about."""
    (table,) = (each for each in facts.tables if each.config.table == update.table)
    return label_of(table, update, session.label)


def _leftovers(session: Session, facts: Facts, updates: Sequence[Update]) -> list[Leftover]:
    """What hangs on a table that is to be configured, unknown to the stack and in its way."""
    tables = {table.config.table: table for table in facts.tables}
    found: list[Leftover] = []
    for update in updates:
        table, label = tables[update.table], update.configures
        if label and may_be_left_over(table):
            found += leftovers(table, label, session.hanging.look(table.physical(label)))
    for leftover in found:
        session.decided(f"in the way, and to be taken away first: {leftover.says}")
    return found
