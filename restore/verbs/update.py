"""`adopt`, `prepare`, `switch`, `rollback`, `drop`: the gated updates of the stack."""

from restore.errors import BlockedError
from restore.move import Row, Update
from restore.moves import next_move
from restore.perform import deploy
from restore.session import Session

_ASKS = {Row.SWITCH, Row.ROLLBACK, Row.DROP}


def update(session: Session, row: Row) -> None:
    """Carries the row out, from wherever the tables stand."""
    more = True
    while more:
        facts = session.observe()
        moves = [next_move(row, table, session.label) for table in facts.tables]
        updates = [move for move in moves if isinstance(move, Update)]
        for move in updates or moves:
            session.report.say(move.says)
        if not updates:
            return
        _ask(session, row)
        deploy(session.stack, facts, updates, session.report, dry_run=session.dry_run)
        more = any(each.more for each in updates) and not session.dry_run


def _ask(session: Session, row: Row) -> None:
    if row not in _ASKS or session.sure or session.dry_run or session.report.ask("Go on?"):
        return
    raise BlockedError("Not confirmed.", "Nothing was changed.", f"python -m restore {row} --yes")
