"""`start`: the restore call, made once."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime

from restore.aws.errors import AWS_ERRORS, trouble
from restore.decide.preflight import examined, preflight
from restore.decide.restore import StartRestore
from restore.decide.restore_outcome import despite, unseen
from restore.decide.update import Nothing
from restore.model.errors import LockedError
from restore.model.facts import Facts, LiveTable, TableFacts
from restore.model.steps import Step
from restore.model.when import When, in_full
from restore.perform.hooks import Around
from restore.perform.locked import get_past
from restore.perform.obstacles import obstacles, tell
from restore.perform.session import Session
from restore.perform.settle import settled

_APPEARS_SECONDS = 30.0
"""DescribeTable is eventually consistent: it may not know a table that was just created."""
_UNSURE_SECONDS = 10.0
"""So long a table is looked for that AWS may have begun to make before its error."""


def start(session: Session, when: When, *ahead: str) -> tuple[Facts, set[str]]:
    """Starts what is not started yet, for every table; refuses before the first call.

    Args:
        session: The stack, the account, the tables.
        when: The point in time.
        ahead: The steps that follow in the same call: their hooks must be there as well.

    Returns:
        The facts that were decided on, and the tables of which a restore was started since, or
        would have been.
    """
    session.report.begin(Step.START)
    around = Around(session, "start")
    facts, now = unobstructed(session, when, *ahead), datetime.now(UTC)
    restores = preflight(facts, when, now, session.label)
    if (labels := _labels(restores)) and around.before(facts, labels):
        facts = settled(session)
        restores = preflight(facts, when, now, session.label)
    for table, restore in zip(facts.tables, restores, strict=True):
        session.decided(restore.says, table.config.table)
        if not isinstance(restore, Nothing):
            session.report.say(f"restore point: {in_full(restore.at, now)}")
        if not isinstance(restore, Nothing) and not session.dry_run:
            with session.audit.effect(restore.says, restore.table):
                _start_once(session, restore, table)
            session.report.did(f"{restore.target} is being restored")
            around.did()
    around.after()
    return facts, {*_labels(restores)}


def unobstructed(session: Session, when: When, *ahead: str) -> Facts:
    """The facts, once nothing is known that would stop the run after its restore.

    Where no restore is to be started nobody waits for one: the next update finds all of it itself.

    Raises:
        BlockedError: something would; all of it is said.
        UsageError: it is only the point in time, or a hook that cannot be run.
    """
    while True:
        facts, now = settled(session, "start", *ahead), datetime.now(UTC)
        restores, against = examined(facts, when, now, session.label)
        if not against and all(isinstance(each, Nothing) for each in restores):
            return facts
        try:
            found = obstacles(session, facts, when, now)
        except LockedError as error:
            get_past(session, error)
            continue
        if found.errors and not session.dry_run and session.stack.state() != facts.state:
            session.decided("Another update has changed the stack meanwhile: looking again.")
            continue
        tell(session, found, whole=False)
        found.refuse()
        return facts


def _labels(restores: Sequence[StartRestore | Nothing]) -> dict[str, str]:
    return {each.table: each.label for each in restores if not isinstance(each, Nothing)}


def _start_once(session: Session, restore: StartRestore, facts: TableFacts) -> None:
    """The call. Whatever it ends in, the target says whether the restore was started.

    Raises:
        RestoreError: it was not, or that cannot be seen.
        BlockedError: someone else made the target meanwhile.
    """
    try:
        if restore.backup_arn:
            session.aws.restore_backup(restore.backup_arn, restore.target)
        else:
            session.aws.restore(restore.source, restore.target, restore.at)
    except AWS_ERRORS as error:
        failed = trouble(error)
        try:
            found = _appears(session, restore.target, _UNSURE_SECONDS if failed.unsure else 0)
        except AWS_ERRORS as blind:
            raise unseen(restore, failed, trouble(blind)) from error
        session.report.say(despite(restore, found, failed, facts))
    else:
        _appears(session, restore.target, _APPEARS_SECONDS)


def _appears(session: Session, name: str, patience: float) -> LiveTable | None:
    """Looks until it is seen, so that the next one to look starts no second restore."""
    give_up = time.monotonic() + patience
    while (found := session.aws.table(name)) is None and time.monotonic() < give_up:
        time.sleep(0.5)
    return found
