"""`adopt`, `prepare`, `switch`, `rollback`, `drop`: the gated updates of the stack."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from restore.decide.leftovers import Stray, may_stray, strays
from restore.decide.transition import next_move
from restore.decide.update import Update, label_of
from restore.model.errors import BlockedError, EditedError, LockedError, RestoreError
from restore.model.facts import Facts
from restore.model.steps import Step
from restore.perform.deploy import deploy
from restore.perform.foreign import refuse_foreign_policies
from restore.perform.hooks import Around
from restore.perform.locked import get_past
from restore.perform.session import Session
from restore.perform.settle import refuse_edited_since, settled

_SETTLES_SECONDS = 3.0
"""A flip of another engine is in AWS a moment before it is in the state."""
_ASKS = {Step.SWITCH, Step.ROLLBACK, Step.DROP, Step.FREEZE}


@dataclass
class _Confirmed:
    """What a person said yes to: it is not asked again where no more than that is to be done.

    Attributes:
        done: What this call has carried out of it, one sentence for each update.
    """

    updates: Sequence[Update] = ()
    in_the_way: Sequence[Stray] = ()
    done: list[str] = field(default_factory=list)


def update(session: Session, row: Step, last: Callable[[], None] = lambda: None) -> None:
    """Carries the row out, from wherever the tables stand and whoever else is at work.

    Args:
        session: The stack, the account, the tables.
        row: What to carry out.
        last: Called just before an update; raises where it must not be.
    """
    session.report.begin(row)
    around, confirmed = Around(session, row), _Confirmed()
    more, settles = True, True
    while more:
        try:
            more = _one_update(session, row, around, confirmed, last)
        except LockedError as error:
            get_past(session, error)
        except BlockedError as error:
            if isinstance(error, EditedError) and settles:
                settles = False
                with session.report.working("the parameter differs from the state: looking again"):
                    time.sleep(_SETTLES_SECONDS)
            elif confirmed.done:
                raise half_done(error, confirmed.done) from error
            else:
                raise
    around.after()


def _one_update(
    session: Session,
    row: Step,
    around: Around,
    confirmed: _Confirmed,
    last: Callable[[], None],
) -> bool:
    """The next update that the row needs; returns whether it may need one more."""
    facts = settled(session, row)
    moves = [next_move(row, table, session.label) for table in facts.tables]
    updates = [move for move in moves if isinstance(move, Update)]
    for table, move in zip(facts.tables, moves, strict=True):
        if isinstance(move, Update) or not updates:
            session.decided(move.says, table.config.table)
    if not updates:
        return False
    refuse_foreign_policies(session, facts, updates)
    in_the_way = _strays(session, facts, updates)
    if (updates, in_the_way) != (confirmed.updates, confirmed.in_the_way):
        _ask(session, row, in_the_way)
        confirmed.updates, confirmed.in_the_way = updates, in_the_way
    labels = {each.table: _label(session, facts, each) for each in updates}
    if session.dry_run:
        around.before(facts, labels)

    def clear() -> bool:
        if around.before(facts, labels):
            return True
        refuse_edited_since(session, facts)
        last()
        for stray in in_the_way:
            with session.audit.effect(f"take {stray.says} away"):
                session.hanging.remove(stray)
            session.report.did(f"{stray.says} is taken away")
        return False

    if not deploy(session, facts, updates, clear):
        return not session.dry_run
    around.did()
    confirmed.done += [f"{each.table}: {each.says}" for each in updates]
    return any(each.more for each in updates)


def half_done(error: BlockedError, done: Sequence[str]) -> RestoreError:
    """What stops a row after the first of its updates: something was changed by then."""
    made = "".join(f"\n  - {each}" for each in done)
    return RestoreError(
        f"{error.wrong}\nOf this step, this call has done:{made}",
        "The rest of it was not done; the same command carries on from there.",
        error.mend,
    )


def _label(session: Session, facts: Facts, update: Update) -> str | None:
    """The label beside the active one that the update is about."""
    (table,) = (each for each in facts.tables if each.config.table == update.table)
    return label_of(table, update, session.label)


def _strays(session: Session, facts: Facts, updates: Sequence[Update]) -> list[Stray]:
    """What hangs on a table that is to be furnished, unknown to the stack and in its way."""
    tables = {table.config.table: table for table in facts.tables}
    found: list[Stray] = []
    for update in updates:
        table, label = tables[update.table], update.furnishes
        if label and may_stray(table):
            found += strays(table, label, session.hanging.look(table.physical(label)))
    for stray in found:
        session.decided(f"in the way, and to be taken away first: {stray.says}")
    return found


def _ask(session: Session, row: Step, in_the_way: Sequence[Stray]) -> None:
    """Whoever wrote a pipe has decided on the row, but not on what was found in its way."""
    if session.sure or session.dry_run:
        return
    if in_the_way and not session.report.can_ask:
        raise BlockedError("Something is in the way.", "Nothing was changed.", "--yes")
    if (in_the_way or row in _ASKS) and not session.report.ask("Go on?"):
        raise BlockedError("Not confirmed.", f"Nothing was changed by {row}.", "--yes")
