"""Facts × verb → the next engine update, or why there is none. Pure: touches nothing."""

from dataclasses import dataclass, replace
from enum import StrEnum

from restore import permits
from restore.errors import BlockedError
from restore.facts import TableFacts
from restore.gate import Permit
from restore.phase import Phase, Standing, stand
from restore.placement import Placement, adopted, dropped, prepared, switched, taken_over

_UNCHANGED = "Nothing was changed."


class Row(StrEnum):
    """The updates of the stack, as the design's table of phases names them."""

    ADOPT = "adopt"
    PREPARE = "prepare"
    SWITCH = "switch"
    ROLLBACK = "rollback"
    DROP = "drop"


@dataclass(frozen=True)
class Update:
    """One engine update.

    Attributes:
        table: The table that it is about.
        wanted: The placement to deploy.
        allowed: The only changes that it may make.
        says: What it does, one sentence.
    """

    table: str
    wanted: Placement
    allowed: tuple[Permit, ...]
    says: str


@dataclass(frozen=True)
class Nothing:
    """There is nothing to do, and why."""

    says: str


Move = Update | Nothing


def next_move(row: Row, facts: TableFacts, chosen: str | None = None) -> Move:
    """The next update that `row` still needs for this table.

    Args:
        row: What is asked for.
        facts: What was observed.
        chosen: The label that `--as` names.

    Raises:
        BlockedError: it cannot be done from where the table stands.
    """
    standing = stand(facts, chosen)
    if standing.phase is Phase.UNDEPLOYED:
        raise BlockedError(f"{facts.config.table} was never deployed.", _UNCHANGED, "pulumi up")
    _refuse_hand_edited_pointer(facts)
    decide = {
        Row.ADOPT: _adopt,
        Row.PREPARE: _prepare,
        Row.SWITCH: _switch,
        Row.ROLLBACK: _rollback,
        Row.DROP: _drop,
    }[row]
    return decide(facts, standing)


def observed(facts: TableFacts) -> Placement:
    """The placement that the state holds, whatever the config says."""
    active = facts.active or facts.config.active
    others = sorted(label for label in facts.past.physical if label != active)
    keep = facts.config.rollback_from
    return Placement(
        active=active,
        standby=tuple(label for label in others if label in facts.furnished),
        adopt=tuple(label for label in others if label not in facts.furnished),
        rollback_from=keep if keep and keep.partition(":")[0] != active else None,
    )


def _refuse_hand_edited_pointer(facts: TableFacts) -> None:
    if facts.pointer != facts.past.pointed:
        raise BlockedError(
            f"The parameter {facts.config.parameter} holds {facts.pointer!r} in AWS, but"
            f" {facts.past.pointed!r} in the stack's state: somebody edited it.",
            _UNCHANGED,
            "pulumi refresh, then python -m restore status",
        )


def _adopt(facts: TableFacts, standing: Standing) -> Move:
    label = _ready_label(facts, standing, Row.ADOPT)
    if standing.phase is not Phase.RESTORED:
        return Nothing(f"{label} is in the stack already ({standing.phase}).")
    if facts.active not in facts.live:
        return _only_the_short_way(facts, label)
    if facts.live[label].furnished:
        return Nothing(f"{label} was furnished before: prepare imports it with all its settings.")
    allowed = (permits.pure_import(facts, label),)
    return _update(facts, adopted(observed(facts), label), allowed, f"adopt {label}")


def _prepare(facts: TableFacts, standing: Standing) -> Move:
    label = _ready_label(facts, standing, Row.PREPARE)
    if standing.phase not in {Phase.RESTORED, Phase.ADOPTED}:
        return Nothing(f"{label} is prepared already ({standing.phase}).")
    if facts.active not in facts.live:
        return _only_the_short_way(facts, label)
    says = f"furnish {label} with what a restore does not bring, and let clients read it"
    return _update(facts, prepared(observed(facts), label), permits.furnishing(facts, label), says)


def _switch(facts: TableFacts, standing: Standing) -> Move:
    if standing.phase in {Phase.SWITCHED, Phase.DROPPED}:
        return Nothing(f"{facts.active} is the active table already.")
    label = _ready_label(facts, standing, Row.SWITCH)
    if facts.active not in facts.live:
        return _take_over(facts, label)
    if standing.phase in {Phase.RESTORED, Phase.ADOPTED}:
        raise BlockedError(
            f"{label} is {standing.phase}, not prepared: clients could not read it.",
            _UNCHANGED,
            "python -m restore prepare",
        )
    return _flip(facts, label, f"point clients from {facts.active} to {label}")


def _rollback(facts: TableFacts, standing: Standing) -> Move:
    if standing.phase in {Phase.ADOPTED, Phase.PREPARED} and standing.other:
        here = observed(facts)
        left = replace(
            here,
            standby=tuple(label for label in here.standby if label != standing.other),
            adopt=tuple(label for label in here.adopt if label != standing.other),
        )
        allowed = (permits.leave(facts, standing.other), permits.grant(facts))
        return _update(facts, left, allowed, f"let {standing.other} leave the stack, kept in AWS")
    back = earlier_label(facts)
    if back is None or standing.phase is Phase.ROLLED_BACK:
        return Nothing(f"{facts.active} is active, there is nothing to go back from.")
    if back not in facts.live:
        raise BlockedError(
            f"{back} ({facts.physical(back)}), which was active before, no longer exists.",
            _UNCHANGED,
            f"python -m restore start --to latest --as {facts.fresh_label}",
        )
    if back in facts.furnished:
        return _flip(facts, back, f"point clients from {facts.active} back to {back}")
    says = f"take {back} into the stack again, and let clients read it"
    return _update(facts, prepared(observed(facts), back), permits.furnishing(facts, back), says)


def _drop(facts: TableFacts, standing: Standing) -> Move:
    if standing.phase in {Phase.ADOPTED, Phase.PREPARED}:
        raise BlockedError(
            f"{facts.active} is still active, and {standing.other} is only {standing.phase}.",
            _UNCHANGED,
            "python -m restore switch, or rollback to give the restored table up",
        )
    leaving = [label for label in facts.past.physical if label != facts.active]
    if not leaving:
        return Nothing(f"{facts.active} is the only table in the stack.")
    allowed = (
        *(permits.leave(facts, label) for label in leaving),
        permits.grant(facts),
    )
    says = f"let {', '.join(leaving)} leave the stack, kept in AWS"
    return _update(facts, dropped(observed(facts)), allowed, says)


def _take_over(facts: TableFacts, label: str) -> Update:
    """The short way, in one update: the active table is gone, so there is nothing to compare."""
    gone = [other for other in facts.past.physical if other != label]
    allowed = (
        *permits.furnishing(facts, label),
        permits.flip(facts),
        *(permits.leave(facts, other) for other in gone),
    )
    says = f"{facts.active} is gone: take {label} over, furnish it and point clients to it"
    return _update(facts, taken_over(label), allowed, says)


def earlier_label(facts: TableFacts) -> str | None:
    """The label that a rollback goes to: the one that came before the active one."""
    order = list(dict.fromkeys(facts.history))
    at = order.index(facts.active) if facts.active in order else 0
    return order[at - 1] if at else None


def _flip(facts: TableFacts, label: str, says: str) -> Update:
    allowed = (permits.flip(facts),)
    return _update(facts, switched(observed(facts), label, facts.history), allowed, says)


def _ready_label(facts: TableFacts, standing: Standing, row: Row) -> str:
    """The label that the row is about, once there is one and its restore is over."""
    if standing.phase in {Phase.SERVING, Phase.DROPPED, Phase.LOST} or standing.other is None:
        raise BlockedError(
            f"There is no restored table of {facts.config.table} to {row}.",
            _UNCHANGED,
            "python -m restore start --to WHEN",
        )
    if standing.phase is Phase.RESTORING:
        raise BlockedError(
            f"{facts.physical(standing.other)} is still being restored.",
            _UNCHANGED,
            "python -m restore wait",
        )
    return standing.other


def _only_the_short_way(facts: TableFacts, label: str) -> Nothing:
    """Beside a table that is gone no update can prove that nothing drifted."""
    return Nothing(f"{facts.active} is gone: switch takes {label} over in one update instead.")


def _update(facts: TableFacts, wanted: Placement, allowed: tuple[Permit, ...], says: str) -> Update:
    return Update(facts.config.table, wanted, allowed, says)
