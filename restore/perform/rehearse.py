"""An update of the stack, previewed and judged, and not carried out."""

import os
import shlex
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from restore.decide.acceptance import about, settle
from restore.decide.gate import Complaint, judge
from restore.decide.placement import Placement, document_edits, edited, unfaithful
from restore.decide.update import UNCHANGED, Update, label_of, observed
from restore.engine.proposal import Proposal
from restore.model.change import Change
from restore.model.errors import BlockedError
from restore.model.facts import Facts
from restore.perform.session import Session
from restore.table.config.parse import parse
from restore.table.decide import decide


@dataclass(frozen=True)
class Rehearsal:
    """What the engine previewed.

    Attributes:
        edits: What it would write into the stack config.
        proposal: The config with these edits, to be carried out.
        changes: Its steps.
        complaints: Those that the transition does not allow and nobody accepted.
        accepted: Those that it does not allow and someone accepted.
        tables: The logical names of the tables that it is about.
        as_deployed: Whether the placement in the stack config is the one that the state holds.
    """

    edits: Mapping[tuple[str, ...], Any]
    proposal: Proposal
    changes: Sequence[Change]
    complaints: Sequence[Complaint]
    accepted: Sequence[Change] = ()
    tables: frozenset[str] = frozenset()
    as_deployed: bool = True


@contextmanager
def rehearsed(
    session: Session, facts: Facts, updates: Sequence[Update], *, refresh: bool = True
) -> Iterator[Rehearsal]:
    """The updates as one preview.

    Args:
        session: The stack, and where it is told.
        facts: What was observed.
        updates: The moves, one for each table that has one.
        refresh: Whether the engine looks at AWS first. With a deleted table it cannot.

    Raises:
        BlockedError: the config cannot be written so that it says what is wanted and no more.
        RefusedError: the program itself refuses the config.
        RestoreError: the preview failed.
        UsageError: `--accept` names a difference that does not exist.
    """
    edits = edits_of(facts, {update.table: update.wanted for update in updates})
    decide(parse(edited(facts.written, edits)), facts.state.past)
    with session.stack.proposal(edits) as proposal:
        with session.report.working("previewing"):
            changes = proposal.preview(refresh=refresh and readable(facts))
        permits = [permit for update in updates for permit in update.allowed]
        tables = about(
            (table, label_of(table, update, session.label))
            for table in facts.tables
            for update in updates
            if update.table == table.config.table
        )
        complaints = judge(changes, permits, facts.state.retained)
        settled = settle(complaints, session.accepting, tables)
        yield Rehearsal(
            edits,
            proposal,
            changes,
            settled.complaints,
            settled.accepted,
            tables,
            as_deployed(facts),
        )


def readable(facts: Facts) -> bool:
    """Whether the engine can read all of the state again from AWS.

    Not where a deleted table had a resource policy: the refresh would fail over it, and clients
    would stay down (terraform-provider-aws 6.34.0, "Missing Resource Identity After Read"). The
    update then goes by the state, as a plain `pulumi up` does, and what it leaves is compared with
    AWS after it.
    """
    dead = (label not in table.live for table in facts.tables for label in table.past.policies)
    return not any(dead)


def edits_of(facts: Facts, wanted: Mapping[str, Placement]) -> dict[tuple[str, ...], Any]:
    """What to write for these placements, read back as Pulumi would hand it to the program.

    Raises:
        BlockedError: it would say anything else than what is wanted.
    """
    edits = document_edits(facts.config, facts.written, wanted, facts.places)
    if wrong := unfaithful(facts.config, facts.written, edits, wanted, facts.places):
        raise BlockedError(
            f"The stack config cannot be written for this step: {wrong}.",
            UNCHANGED,
            "move tables and the placement keys from Pulumi.yaml into the stack's own file",
        )
    return edits


def refuse_unwritable(session: Session, facts: Facts, wanted: Mapping[str, Placement]) -> None:
    """Raises BlockedError where the runbook could not write these placements; writes nothing."""
    with session.stack.proposal(edits_of(facts, wanted)):
        pass


def refuse_read_only(session: Session) -> None:
    """Raises BlockedError where the stack config could not be put in place after the update."""
    file = session.stack.file
    folder = next(each for each in file.path.parents if each.exists())
    if not os.access(folder, os.W_OK):
        raise BlockedError(
            f"{file.shown} cannot be written, and a step has to: {folder} is read-only.",
            UNCHANGED,
            f"make {shlex.quote(str(folder))} writable, or work in a writable copy of the project;"
            " then the same command",
        )


def as_deployed(facts: Facts) -> bool:
    """Whether the placement in the stack config is the one that the state holds."""
    return all(Placement.of(table.config) == observed(table) for table in facts.tables)
