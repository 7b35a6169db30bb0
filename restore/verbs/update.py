"""`adopt`, `prepare`, `switch`, `rollback`, `drop`: the gated updates of the stack."""

from collections.abc import Sequence

from restore.decide.move import Row, Update
from restore.decide.moves import next_move
from restore.decide.stray import Stray, may_stray, strays
from restore.errors import BlockedError, LockedError
from restore.facts import Facts
from restore.perform import deploy
from restore.session import Session
from restore.settled import refuse_edited_since, settled
from restore.verbs.lock import get_past

_ASKS = {Row.SWITCH, Row.ROLLBACK, Row.DROP}


def update(session: Session, row: Row) -> None:
    """Carries the row out, from wherever the tables stand and whoever else is at work."""
    more = True
    while more:
        try:
            more = _one_update(session, row)
        except LockedError as error:
            get_past(session, error)


def _one_update(session: Session, row: Row) -> bool:
    """The next update that the row needs; returns whether it may need one more."""
    facts = settled(session)
    moves = [next_move(row, table, session.label) for table in facts.tables]
    updates = [move for move in moves if isinstance(move, Update)]
    for table, move in zip(facts.tables, moves, strict=True):
        if isinstance(move, Update) or not updates:
            session.decided(move.says, table.config.table)
    if not updates:
        return False
    in_the_way = _strays(session, facts, updates)
    _ask(session, row, in_the_way)

    def clear() -> None:
        refuse_edited_since(session, facts)
        for stray in in_the_way:
            with session.audit.effect(f"take {stray.says} away"):
                session.hanging.remove(stray)
            session.report.did(f"{stray.says} is taken away")

    deploy(session, facts, updates, clear)
    return any(each.more for each in updates) and not session.dry_run


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


def _ask(session: Session, row: Row, in_the_way: Sequence[Stray]) -> None:
    """Whoever wrote a pipe has decided on the row, but not on what was found in its way."""
    if session.sure or session.dry_run:
        return
    sure = f"python -m restore {row} --yes"
    if in_the_way and not session.report.live:
        raise BlockedError("Something is in the way.", "Nothing was changed.", sure)
    if (in_the_way or row in _ASKS) and not session.report.ask("Go on?"):
        raise BlockedError("Not confirmed.", "Nothing was changed.", sure)
