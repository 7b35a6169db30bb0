"""`wait`: until every restore is over. However long that takes: AWS promises no time."""

import time

from restore.model.errors import BlockedError, RestoreError
from restore.model.facts import LiveTable, TableFacts
from restore.model.phase import Phase, locate
from restore.model.steps import Step
from restore.perform.hooks import Around
from restore.perform.session import Session
from restore.perform.settle import refuse_without_hooks

_POLL_SECONDS = 0.5
_APPEARS_SECONDS = 30.0
"""A table that was just created may be unknown for a moment: DescribeTable is eventually
consistent."""
_GONE_SECONDS = 5.0
"""One that was seen already is not unknown for so long."""


def wait(session: Session) -> None:
    """Waits for every restore that is under way."""
    session.report.begin(Step.WAIT)
    facts, around = session.observe(), Around(session, "wait")
    refuse_without_hooks(session, facts, "wait")
    labels = {table.config.table: _label(table, session.label) for table in facts.tables}
    under_way = {
        table.config.table: labels[table.config.table]
        for table in facts.tables
        if locate(table, session.label).phase is Phase.RESTORING
    }
    if under_way:
        around.before(facts, under_way)
    for table in facts.tables:
        label = labels[table.config.table]
        if table.config.table in under_way:
            if session.dry_run:
                session.report.say(f"would wait for {table.physical(label)}")
                continue
            _until_ready(session, table, label)
            around.did()
        session.report.say(f"{table.physical(label)} is there.")
    around.after()


def _label(table: TableFacts, chosen: str | None) -> str:
    """The label of the restore, or of the one that is over."""
    position = locate(table, chosen)
    over = position.phase in {Phase.SWITCHED, Phase.DROPPED}
    label = table.active if over else position.other
    if label is None:
        raise BlockedError(
            f"No restore of {table.config.table} is under way.",
            "Nothing was touched.",
            table.command("start --to WHEN"),
        )
    return label


def _until_ready(session: Session, facts: TableFacts, label: str) -> None:
    name = facts.physical(label)
    began = seen = time.monotonic()
    patience = _APPEARS_SECONDS
    with session.report.working(f"waiting for {name}"):
        while True:
            table = session.aws.table(name)
            elapsed = time.monotonic() - began
            if table is not None:
                seen, patience = time.monotonic(), _GONE_SECONDS
            _refuse_failure(facts, label, table, unseen=time.monotonic() - seen > patience)
            if table is not None and table.ready:
                session.report.did(f"{name} is ACTIVE after {elapsed:.0f} s of waiting")
                return
            session.report.progress(f"{name}: {table.status if table else 'not visible yet'}")
            time.sleep(_POLL_SECONDS)


def _refuse_failure(
    facts: TableFacts, label: str, table: LiveTable | None, *, unseen: bool
) -> None:
    if table is None and not unseen:
        return
    if table is None or table.failed:
        status = table.status if table else "gone"
        start = facts.command("start --to WHEN")
        clean = f"{facts.clean(label)}, then {start}"
        raise RestoreError(
            f"The restore into {facts.physical(label)} ended as {status} instead of ACTIVE.",
            "The stack and the table that clients use were not touched." + facts.still_frozen,
            clean if table else start,
        )
