"""`start`: the restore call, made once."""

from datetime import UTC, datetime

from restore.move import Nothing
from restore.perform import start_restore
from restore.session import Session
from restore.starting import next_restore
from restore.when import When


def start(session: Session, when: When) -> None:
    """Starts what is not started yet, for every table; refuses before the first call."""
    facts = session.observe()
    now = datetime.now(UTC)
    restores = [next_restore(table, when, now, session.label) for table in facts.tables]
    for restore in restores:
        session.report.say(restore.says)
        if not isinstance(restore, Nothing) and not session.dry_run:
            start_restore(session.aws, restore)
            session.report.did(f"{restore.target} is being restored")
