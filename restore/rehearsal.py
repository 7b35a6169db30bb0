"""An update of the stack, previewed and judged, and not carried out."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from restore.decide.gate import Change, judge
from restore.decide.move import Update
from restore.decide.placement import document_edits, edited
from restore.facts import Facts
from restore.session import Session
from restore.stack import Proposal
from stacks.decide import decide
from stacks.parse import parse


@dataclass(frozen=True)
class Rehearsal:
    """What the engine previewed.

    Attributes:
        edits: What it would write into the stack config.
        proposal: The config with these edits, to be carried out.
        changes: Its steps.
        complaints: Those that are not part of the row.
    """

    edits: Mapping[tuple[str, ...], Any]
    proposal: Proposal
    changes: Sequence[Change]
    complaints: Sequence[str]


@contextmanager
def rehearsed(session: Session, facts: Facts, updates: Sequence[Update]) -> Iterator[Rehearsal]:
    """The updates as one preview.

    Args:
        session: The stack, and where it is told.
        facts: What was observed.
        updates: The moves, one for each table that has one.

    Raises:
        RefusedError: the program itself refuses the config.
        RestoreError: the preview failed.
    """
    wanted = {update.table: update.wanted for update in updates}
    edits = document_edits(facts.config, facts.written, wanted)
    decide(parse(edited(facts.written, edits)), facts.state.past)
    with session.stack.proposal(edits) as proposal:
        with session.report.working("previewing"):
            changes = proposal.preview()
        permits = [permit for update in updates for permit in update.allowed]
        complaints = judge(changes, permits, facts.state.retained)
        yield Rehearsal(edits, proposal, changes, complaints)
