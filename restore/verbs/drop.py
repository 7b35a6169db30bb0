"""`drop`: what clients left leaves the stack, once none of them can hold its name any more."""

from datetime import UTC, datetime, timedelta

from restore.model.phase import Phase, locate
from restore.model.steps import Step
from restore.model.when import time_text
from restore.perform.confirm import refuse_unattended
from restore.perform.session import Session
from restore.perform.transition import update
from restore.verbs.run import drain

_LEFT = frozenset({Phase.SWITCHED, Phase.ROLLED_BACK})


def drop(session: Session, *, now: bool) -> None:
    """Waits until clients' caches have run out since the last switch, then drops.

    Args:
        session: The stack, the account, the tables.
        now: `--now`: do not wait.
    """
    until = None if now else _held_until(session)
    if until is not None and (left := (until - datetime.now(UTC)).total_seconds()) > 0:
        refuse_unattended(session, "drop")
        session.decided(
            f"Clients may hold the old name until {time_text(until)} (runbook.drainSeconds):"
            f" waiting {left:.0f} s; drop --now does not wait"
        )
        if not session.dry_run:
            drain(session, left, lambda: None)
    update(session, Step.DROP)


def _held_until(session: Session) -> datetime | None:
    """When the last client gives up the name of a table that clients were taken from.

    The parameter's own time says when they were (GetParameter, LastModifiedDate).
    """
    facts = session.observe()
    moved = [
        changed
        for table in facts.tables
        if locate(table).phase in _LEFT
        if (changed := session.aws.parameter_changed(table.past.parameter or "")) is not None
    ]
    seconds = timedelta(seconds=facts.config.runbook.drain_seconds)
    return max(moved) + seconds if moved else None
