"""One step, carried out: an engine update behind its gate."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from restore.decide.gate import Change, judge
from restore.decide.move import Update
from restore.decide.placement import document_edits, edited
from restore.decide.preflight import refuse_without_retain
from restore.errors import BlockedError, DifferencesError
from restore.facts import Facts
from restore.report import Report
from restore.session import Session
from restore.stack import Proposal, Stack
from stacks.decide import decide
from stacks.parse import parse

_UNCHANGED = "Nothing was changed."


def deploy(
    session: Session, facts: Facts, updates: Sequence[Update], first: Callable[[], None]
) -> None:
    """Previews, judges, updates with the config that it writes, and proves that nothing drifted.

    Args:
        session: The stack, and where it is told.
        facts: What was observed.
        updates: The moves, one for each table that has one.
        first: What has to be done once the gate is passed, before the update.

    Raises:
        BlockedError: the preview holds a step that is not part of this row.
        RefusedError: the program itself refuses the config.
        RestoreError: the update failed.
        DifferencesError: it is done, and AWS differs from the stack after it.
    """
    stack, report = session.stack, session.report
    refuse_without_retain(facts)
    written = stack.written()
    edits = document_edits(
        facts.config, written, {update.table: update.wanted for update in updates}
    )
    decide(parse(edited(written, edits)), facts.state.past)
    with stack.proposal(edits) as proposal:
        with report.working("previewing"):
            changes = proposal.preview()
        permits = [permit for update in updates for permit in update.allowed]
        complaints = judge(changes, permits, facts.state.retained)
        if complaints:
            raise BlockedError(
                "The preview holds what this step must not do:\n  " + "\n  ".join(complaints),
                _UNCHANGED,
                "python -m restore status, and pulumi preview --diff",
            )
        report.planned(changes)
        if session.dry_run:
            return
        first()
        with report.working("updating the stack"):
            _carry_out(session, proposal, updates, edits)
    prove_no_drift(stack, report)
    if facts.state.pending:
        with report.working("clearing what a killed update left pending"):
            stack.forget_pending()


def _carry_out(
    session: Session,
    proposal: Proposal,
    updates: Sequence[Update],
    edits: Mapping[tuple[str, ...], Any],
) -> None:
    """The update, with each thing that it does in the audit log."""
    values = ", ".join(f"{'.'.join(path)}={value}" for path, value in edits.items())

    def write() -> None:
        with session.audit.effect(f"write {session.stack.config_file}: {values or 'as it is'}"):
            proposal.write()

    def step(change: Change) -> None:
        session.report.step(change)
        session.audit.note("began", str(change))

    with session.audit.effect("update the stack", ", ".join(each.table for each in updates)):
        proposal.carry_out(write, step)


def prove_no_drift(stack: Stack, report: Report) -> None:
    """Raises DifferencesError where AWS differs from what the stack declares."""
    with report.working("comparing AWS with the stack"):
        drift = stack.preview(untouched="The update itself is done.")
    if drift:
        raise DifferencesError(
            "After the update AWS differs from the stack:\n  " + "\n  ".join(map(str, drift)),
            "The update itself is done.",
            "pulumi preview --refresh --diff",
        )
    report.did("no drift")
