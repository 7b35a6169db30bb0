"""The update of a rehearsal, carried out under the stack's lock, and the proof after it."""

from collections.abc import Sequence

from restore.decide.acceptance import as_json, shown
from restore.decide.refused import fix
from restore.decide.update import UNCHANGED, Update
from restore.model.change import Change
from restore.model.command import Scope
from restore.model.errors import BlockedError, DifferencesError
from restore.model.facts import Facts
from restore.perform.rehearse import Rehearsal, readable
from restore.perform.session import Session


def refuse_complaints(rehearsal: Rehearsal, scope: Scope) -> None:
    """Raises BlockedError where the gate does not let a step of the preview through."""
    if rehearsal.complaints:
        lines = [shown(each.change, each.wrong) for each in rehearsal.complaints]
        raise BlockedError(
            "The preview contains changes that this step does not allow:\n  " + "\n  ".join(lines),
            UNCHANGED,
            fix(rehearsal.complaints, rehearsal.tables, scope, as_deployed=rehearsal.as_deployed),
        )


def tell_accepted(session: Session, accepted: Sequence[Change]) -> None:
    """Shows what `--accept` lets through and writes it down, before anything is done."""
    for change in accepted:
        session.report.say(f"accepted: {shown(change)}")
        session.audit.note("decided", f"accepted: {change}", accepted=as_json(change))
    if accepted:
        session.report.accepted(map(as_json, accepted))


def apply(session: Session, facts: Facts, rehearsal: Rehearsal, updates: Sequence[Update]) -> None:
    """The update, with each thing that it does in the audit log.

    Raises:
        BlockedError: the config file was changed since the rehearsal; nothing was done.
        LockedError: another engine holds the stack; nothing was done.
        RestoreError: the update failed.
    """
    values = ", ".join(f"{'.'.join(path)}={value}" for path, value in rehearsal.edits.items())

    def write() -> None:
        with session.audit.effect(f"write {session.stack.file.shown}: {values or 'as it is'}"):
            rehearsal.proposal.write()

    def step(change: Change) -> None:
        session.report.step(change)
        session.audit.note("began", str(change))

    with (
        session.report.working("updating the stack"),
        session.audit.effect("update the stack", ", ".join(each.table for each in updates)),
    ):
        rehearsal.proposal.carry_out(write, step, refresh=readable(facts))


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


def forget_pending(session: Session, facts: Facts) -> None:
    """Clears what a killed update left pending, once an update has gone through whole."""
    if facts.state.pending:
        clearing = "clear what a killed update left pending"
        with session.report.working(clearing), session.audit.effect(clearing):
            session.stack.forget_pending()
