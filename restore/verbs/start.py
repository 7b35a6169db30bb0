"""`start`: the restore call, made once."""

import time
from datetime import UTC, datetime

from restore.decide.move import Nothing
from restore.decide.preflight import preflight
from restore.perform import start_restore
from restore.session import Session
from restore.when import When

_APPEARS_SECONDS = 30.0
"""DescribeTable is eventually consistent: it may not know a table that was just created."""


def start(session: Session, when: When) -> set[str]:
    """Starts what is not started yet, for every table; refuses before the first call.

    Returns:
        The tables of which a restore was started, or would have been.
    """
    facts = session.observe()
    restores = preflight(facts, when, datetime.now(UTC), session.label)
    for table, restore in zip(facts.tables, restores, strict=True):
        session.decided(restore.says, table.config.table)
        if not isinstance(restore, Nothing) and not session.dry_run:
            with session.audit.effect(restore.says, restore.table):
                start_restore(session.aws, restore)
            _until_known(session, restore.target)
            session.report.did(f"{restore.target} is being restored")
    return {restore.table for restore in restores if not isinstance(restore, Nothing)}


def _until_known(session: Session, name: str) -> None:
    """So that whoever looks next sees the restore, and starts none of their own."""
    give_up = time.monotonic() + _APPEARS_SECONDS
    while session.aws.table(name) is None and time.monotonic() < give_up:
        time.sleep(0.5)
