"""`run --freeze`: no write gets lost that comes in while the restore runs."""

from dataclasses import replace
from datetime import UTC, datetime

from restore.decide.freeze import to_freeze
from restore.decide.preflight import preflight
from restore.decide.update import Nothing
from restore.model.steps import Step
from restore.model.when import LATEST, When
from restore.perform.session import Session
from restore.perform.transition import update
from restore.verbs.run import STEPS
from restore.verbs.start import unobstructed

_BEHIND = (
    "The latest restore point lies behind the freeze, on AWS by about five minutes: what is written"
    " in between is in no restored table. To have it: freeze, wait as long, then run."
)


def freeze_before(session: Session, when: When) -> None:
    """Denies writes to every active table that a restore is made of, or is to be made of now.

    Raises:
        RestoreError: a restore could not be started, or its run would be stopped by what is known
            already: nothing is frozen for it.
        UsageError: a hook of the run cannot be run.
    """
    facts = unobstructed(session, when, *STEPS)
    restores = preflight(facts, when, datetime.now(UTC), session.label)
    starting = [each.table for each in restores if not isinstance(each, Nothing)]
    tables = to_freeze(facts.tables, starting, session.label)
    if starting and when == LATEST:
        session.report.say(_BEHIND)
    if tables:
        update(replace(session, tables=tables, label=None), Step.FREEZE)
