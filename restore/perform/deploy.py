"""One step, carried out: an engine update behind its gate."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack

from restore.decide.acceptance import as_json, shown
from restore.decide.preflight import refuse_without_retain
from restore.decide.refused import fix
from restore.decide.update import Update
from restore.model.change import Change
from restore.model.command import Scope
from restore.model.errors import BlockedError, DifferencesError, RestoreError
from restore.model.facts import Facts
from restore.perform.rehearse import Rehearsal, readable, refuse_read_only, rehearsed
from restore.perform.session import Session
from restore.table.config.problems import ProblemsError

_UNCHANGED = "Nothing was changed."


def deploy(
    session: Session, facts: Facts, updates: Sequence[Update], first: Callable[[], bool]
) -> bool:
    """Previews, judges, updates with the config that it writes, and proves that nothing drifted.

    Args:
        session: The stack, and where it is told.
        facts: What was observed.
        updates: The moves, one for each table that has one.
        first: What has to be done once the gate is passed, before the update; whether that was
            something after which all has to be looked at anew.

    Returns:
        Whether the update was carried out; if not, all has to be looked at anew.

    Raises:
        BlockedError: the preview holds a step that is not part of this row.
        RefusedError: the program itself refuses the config.
        RestoreError: the update failed.
        DifferencesError: it is done, and AWS differs from the stack after it.
    """
    stack, report = session.stack, session.report
    refuse_without_retain(facts)
    if not session.dry_run:
        refuse_read_only(session)
    with ExitStack() as previewed:
        try:
            rehearsal = previewed.enter_context(rehearsed(session, facts, updates))
            refuse_complaints(rehearsal, session.scope)
        except (RestoreError, ProblemsError):
            if session.dry_run or stack.state() == facts.state:
                raise
            session.decided("Another update has changed the stack meanwhile: looking anew.")
            return False
        report.planned(rehearsal.changes)
        _accept(session, rehearsal.accepted)
        if session.dry_run or first():
            return False
        with report.working("updating the stack"):
            _carry_out(session, rehearsal, updates, refresh=readable(facts))
    prove_no_drift(session)
    if facts.state.pending:
        clearing = "clear what a killed update left pending"
        with report.working(clearing), session.audit.effect(clearing):
            stack.forget_pending()
    return True


def refuse_complaints(rehearsal: Rehearsal, scope: Scope) -> None:
    """Raises BlockedError where the gate does not let a step of the preview through."""
    if rehearsal.complaints:
        lines = [shown(each.change, each.wrong) for each in rehearsal.complaints]
        raise BlockedError(
            "The preview contains changes that this step does not allow:\n  " + "\n  ".join(lines),
            _UNCHANGED,
            fix(rehearsal.complaints, rehearsal.tables, scope, as_deployed=rehearsal.as_deployed),
        )


def _accept(session: Session, accepted: Sequence[Change]) -> None:
    """Shows what `--accept` lets through and writes it down, before anything is done."""
    for change in accepted:
        session.report.say(f"accepted: {shown(change)}")
        session.audit.note("decided", f"accepted: {change}", accepted=as_json(change))
    if accepted:
        session.report.accepted(map(as_json, accepted))


def _carry_out(
    session: Session, rehearsal: Rehearsal, updates: Sequence[Update], *, refresh: bool
) -> None:
    """The update, with each thing that it does in the audit log."""
    values = ", ".join(f"{'.'.join(path)}={value}" for path, value in rehearsal.edits.items())

    def write() -> None:
        with session.audit.effect(f"write {session.stack.file.shown}: {values or 'as it is'}"):
            rehearsal.proposal.write()

    def step(change: Change) -> None:
        session.report.step(change)
        session.audit.note("began", str(change))

    with session.audit.effect("update the stack", ", ".join(each.table for each in updates)):
        rehearsal.proposal.carry_out(write, step, refresh=refresh)


def prove_no_drift(session: Session) -> None:
    """Raises DifferencesError where AWS differs from what the stack declares."""
    report = session.report
    with report.working("comparing AWS with the stack"):
        changes = session.stack.preview(untouched="The update itself is done.")
    drift = [each for each in changes if not each.light]
    if drift:
        raise DifferencesError(
            "After the update AWS differs from the stack:\n  " + "\n  ".join(map(str, drift)),
            "The update itself is done.",
            f"{session.scope.pulumi('pulumi preview --refresh --diff')} shows it: undo it in AWS,"
            " then the same command",
        )
    report.did("no drift")
