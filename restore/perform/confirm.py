"""Someone's yes: to the steps of a preview that is on the screen, or `--yes`, where nobody can."""

from collections.abc import Sequence
from dataclasses import dataclass

from restore.decide.leftovers import Leftover
from restore.decide.update import UNCHANGED, Update
from restore.model.change import Change
from restore.model.errors import BlockedError
from restore.model.facts import Facts
from restore.model.steps import Step
from restore.perform.session import Session

_ASKS = {Step.SWITCH, Step.ROLLBACK, Step.DROP, Step.FREEZE}
_UNATTENDED = {"switch", "rollback", "drop", "run"}
"""Without a terminal these need `--yes`: they move clients, or end the way back."""


@dataclass(frozen=True)
class Proposal:
    """What is asked about: an answer holds for exactly this, and for nothing else."""

    updates: tuple[Update, ...]
    leftovers: tuple[Leftover, ...]
    changes: frozenset[Change]

    @classmethod
    def of(
        cls, updates: Sequence[Update], leftovers: Sequence[Leftover], changes: Sequence[Change]
    ) -> "Proposal":
        return cls(tuple(updates), tuple(leftovers), frozenset(changes))


def refuse_unattended(session: Session, verb: str) -> None:
    """Raises BlockedError where a verb needs a yes and nobody can be asked.

    A pipe that was written for one state of the tables would move clients in any other one, too.
    """
    if verb not in _UNATTENDED or session.sure or session.dry_run or session.report.can_ask:
        return
    raise BlockedError(
        f"{verb} asks before it goes on, and there is no terminal to ask at.", UNCHANGED, "--yes"
    )


def confirm(session: Session, row: Step, facts: Facts, proposal: Proposal) -> None:
    """Names what the steps on the screen are about, and asks.

    Raises:
        BlockedError: the answer was no, or nobody can be asked.
    """
    if session.sure:
        return
    refuse_unattended(session, row)
    if proposal.leftovers and not session.report.can_ask:
        raise BlockedError("Something is in the way.", UNCHANGED, "--yes")
    if row not in _ASKS and not proposal.leftovers:
        return
    if session.report.can_ask:
        session.report.say(about(row, facts, proposal))
    if not session.report.ask("Go on?"):
        raise BlockedError("Not confirmed.", f"Nothing was changed by {row}.", "--yes")


def about(row: Step, facts: Facts, proposal: Proposal) -> str:
    """Stack, place and tables of the steps above."""
    tables = ", ".join(each.table for each in proposal.updates)
    count = len(proposal.changes) + len(proposal.leftovers)
    steps = f"the {count} steps" if count != 1 else "the step"
    return (
        f"{row} of {tables} in the stack {facts.stack}, account {facts.account},"
        f" {facts.region}: {steps} above"
    )
