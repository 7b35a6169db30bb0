"""Where a table stands. Derived from the facts at every call, never written down."""

from dataclasses import dataclass
from enum import StrEnum

from restore.model.facts import LiveTable, TableFacts
from restore.table.config.labels import rank


class Phase(StrEnum):
    UNDEPLOYED = "undeployed"
    SERVING = "serving"
    LOST = "lost"
    RESTORING = "restoring"
    RESTORED = "restored"
    ADOPTED = "adopted"
    PREPARED = "prepared"
    SWITCHED = "switched"
    ROLLED_BACK = "rolled back"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Position:
    """A phase, and the label that it is about beside the active one."""

    phase: Phase
    other: str | None = None


def locate(facts: TableFacts, chosen: str | None = None) -> Position:
    """Where the table stands.

    Args:
        facts: What was observed.
        chosen: The label that `--as` names; without it, the newest one that is under way.
    """
    active = facts.active
    if active is None:
        return Position(Phase.UNDEPLOYED)
    other = chosen if chosen not in {None, active} else newest_under_way(facts)
    phase = _phase_by(facts, active, other) if other else None
    if phase is not None:
        return Position(phase, other)
    if active not in facts.live:
        return Position(Phase.LOST)
    return Position(Phase.DROPPED if len(facts.history) > 1 else Phase.SERVING)


def _phase_by(facts: TableFacts, active: str, other: str) -> Phase | None:
    """What `other` says about where the table stands, None where it has no say."""
    restored = facts.live.get(other)
    served, in_state = active in facts.live, other in facts.past.physical
    if restored is None:
        # The table that clients were taken away from may be gone: it is still to leave the stack.
        left = served and in_state and _beside(facts, active, other) is Phase.SWITCHED
        return Phase.SWITCHED if left else None
    if served and in_state:
        known = other in facts.readable or other in facts.history
        return _beside(facts, active, other) if known else Phase.ADOPTED
    # Where the active table is gone, one that was active before is no restore of it.
    if (served or other not in facts.history) and (in_state or is_ours(facts, restored)):
        return Phase.RESTORED if restored.ready else Phase.RESTORING
    return None


def _beside(facts: TableFacts, active: str, other: str) -> Phase:
    """What it means that `other`, configured now or active once, stands beside the active label."""
    if other not in facts.history:
        return Phase.PREPARED
    order = facts.history.index
    return Phase.ROLLED_BACK if order(active) < order(other) else Phase.SWITCHED


def newest_under_way(facts: TableFacts) -> str | None:
    """The label beside the active one that a verb without `--as` means: the newest candidate."""
    return max(_candidates(facts), key=rank, default=None)


def rivals(facts: TableFacts) -> tuple[str, ...]:
    """The restores of which a verb without `--as` cannot know which one is meant, newest first.

    None where there is only one. A restore that failed is no rival of one that did not.
    """
    labels = [
        label
        for label in _candidates(facts)
        if label not in facts.history and label in facts.live and not facts.live[label].failed
    ]
    return tuple(sorted(labels, key=rank, reverse=True)) if len(labels) > 1 else ()


def _candidates(facts: TableFacts) -> list[str]:
    """The labels beside the active one that a verb may be about.

    Labels in the state come before labels that are only in AWS. One older than a label that was
    active was given up for it: only `--as` takes it up again. One whose table was deleted is no
    longer under way.
    """
    last = max(map(rank, facts.history), default=0)
    in_state = [label for label in facts.past.physical if label != facts.active]
    only_in_aws = [
        label
        for label, table in facts.live.items()
        if rank(label) > last and label not in in_state and is_ours(facts, table)
    ]
    never_active = [label for label in in_state if rank(label) > last and label in facts.live]
    was_active = [label for label in in_state if label in facts.history]
    return never_active or only_in_aws or was_active


def is_ours(facts: TableFacts, table: LiveTable) -> bool:
    """Whether `table` was restored from the table that is active now."""
    if table.origin is None or facts.active is None:
        return False
    return table.origin.source_arn.endswith(f":table/{facts.physical(facts.active)}")
