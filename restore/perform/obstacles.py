"""All that would stop a run and can be known before its restore is started.

The one list: `plan` shows it, and `start` and `run` are blocked by it. What is found after a
restore costs the time of the restore, in the middle of an incident.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from rich.text import Text

from restore.aws.declared import declared
from restore.aws.surroundings import surroundings
from restore.decide.placement import edited
from restore.decide.preflight import as_one, examined
from restore.decide.restore import StartRestore
from restore.decide.update import Nothing
from restore.model.errors import BlockedError, RestoreError
from restore.model.facts import Facts
from restore.model.when import When
from restore.perform.rehearse import edits_of, refuse_read_only, refuse_unwritable
from restore.perform.session import Session
from restore.perform.updates_ahead import Previewed, UpdateAhead, updates_ahead
from restore.plan.checks import findings
from restore.plan.declared import Declared, wanted_of
from restore.plan.findings import Finding, Level, as_errors, blocked, from_errors
from restore.plan.named import named
from restore.plan.outline import Planned, planned
from restore.plan.permissions import needs
from restore.plan.placements import placements_ahead
from restore.plan.settings import settings
from restore.plan.surroundings import Surroundings
from restore.table.config.parse import parse
from restore.table.config.problems import ConfigError
from restore.table.tags import ProviderTags

PERMISSIONS = "permissions"
"""The word of `--accept` for what a simulation of IAM denies and AWS may allow after all."""


@dataclass(frozen=True)
class Obstacles:
    """What was found.

    Attributes:
        plans: The plan of each table that has one.
        findings: Everything that was looked at.
        updates: The updates of the run, in order.
        errors: What blocks it, none where nothing does.
    """

    plans: tuple[Planned, ...]
    findings: tuple[Finding, ...]
    updates: tuple[UpdateAhead, ...]
    errors: tuple[RestoreError, ...]

    @property
    def restores(self) -> list[StartRestore | Nothing]:
        return [each.restore for each in self.plans]

    def refuse(self) -> None:
        """Raises BlockedError, or UsageError where it is only the point in time, over all of it."""
        if self.errors:
            raise as_one(self.errors)


def obstacles(session: Session, facts: Facts, when: When, now: datetime) -> Obstacles:
    """Looks at everything, in AWS and in the engine at once.

    Args:
        session: The stack, the account, the tables.
        facts: What was observed.
        when: The point in time that is asked for.
        now: The time now, to resolve an age.

    Raises:
        LockedError: another engine holds the stack.
        RefusedError: the program itself refuses the config.
        RestoreError: AWS or the engine did not answer.
    """
    restores, against = examined(facts, when, now, session.label)
    begins = [
        (table, restore)
        for table, restore in zip(facts.tables, restores, strict=True)
        if restore is not None
    ]
    plans = [planned(table, restore, session.label) for table, restore in begins]
    accepting = session.accepting
    accepting.met.update({PERMISSIONS} & {*accepting.wanted})
    with ThreadPoolExecutor(max_workers=1) as beside:
        looking = beside.submit(_around, session, facts, plans)
        # What blocks the restore itself would be in the preview as well, with a worse fix.
        previewed = Previewed() if against else updates_ahead(session, facts, plans)
        with session.report.working("looking at keys, quotas and permissions"):
            seen, found = looking.result()
    rest = [
        *_around_in_words(session, facts, plans, seen),
        # Of a table that cannot be restored from it is said already why.
        *settings([table for table, _ in begins], found, previewed.complained),
        *named(found, session.scope),
        *_unwritable(session, facts, plans),
        *previewed.findings,
    ]
    return Obstacles(
        tuple(plans),
        (*from_errors(against), *rest),
        previewed.updates,
        (*against, *as_errors(rest)),
    )


def _unwritable(session: Session, facts: Facts, plans: Sequence[Planned]) -> list[Finding]:
    """What stands against writing the config of a step that is still to come; nothing is written.

    A name of the new label that is too long is found by this as well.
    """
    found: dict[str, Finding] = {}
    for wanted in placements_ahead(plans):
        try:
            refuse_unwritable(session, facts, wanted)
            parse(edited(facts.written, edits_of(facts, wanted)))
        except BlockedError as error:
            found[error.wrong] = blocked("config", error.wrong, error.fix)
        except ConfigError as error:
            found.update(
                (str(each), blocked("config", f"{each.path}: {each.wrong}", each.fix))
                for each in error.problems
            )
    if plans:
        try:
            refuse_read_only(session)
        except BlockedError as error:
            found[error.wrong] = blocked("config", error.wrong, error.fix)
    return list(found.values())


def tell(session: Session, found: Obstacles, *, whole: bool) -> None:
    """For people all but what blocks, which is the refusal; for a script all of it.

    Args:
        session: Where it is told.
        found: What was found.
        whole: Whether a person is told of what is fine, too.
    """
    hidden = {Level.BLOCKED} if whole else {Level.BLOCKED, Level.OK}
    for each in found.findings:
        if each.level not in hidden:
            session.report.show(Text(str(each)))
    session.report.tell({"findings": [asdict(each) for each in found.findings]})


def _around(
    session: Session, facts: Facts, plans: Sequence[Planned]
) -> tuple[Surroundings, Declared]:
    """What is found around the tables, in AWS and in the engine."""
    active = (table.live.get(str(table.active)) for table in facts.tables)
    names = [live.name for live in active if live]
    tagged = bool(ProviderTags.of(session.stack.provider()).defaults)
    wanted = needs(plans, tagged=tagged)
    seen = surroundings(session.account, names, wanted, session.stack.engine)
    return seen, declared(session.account, wanted_of(facts, session.label))


def _around_in_words(
    session: Session, facts: Facts, plans: Sequence[Planned], seen: Surroundings
) -> list[Finding]:
    starting = sum(isinstance(each.restore, StartRestore) for each in plans)
    accepted = PERMISSIONS in session.accepting.wanted
    return [
        replace(each, level=Level.NOTE, says=f"{each.says} (accepted)")
        if accepted and each.about == PERMISSIONS and each.level is Level.BLOCKED
        else each
        for each in findings(facts, seen, starting)
    ]
