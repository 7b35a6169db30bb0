"""Forward: adopt, prepare, switch, drop. Facts → the move. Pure."""

from dataclasses import replace

from restore.decide import permits
from restore.decide.placement import adopted, dropped, prepared, taken_over
from restore.decide.rivals import about
from restore.decide.rollback import ways_on
from restore.decide.update import (
    UNCHANGED,
    Move,
    Nothing,
    Update,
    flip_to,
    observed,
    refuse_unusable,
    update_of,
)
from restore.model.errors import BlockedError
from restore.model.facts import TableFacts
from restore.model.phase import Phase, Position
from restore.model.steps import Step
from restore.table.config.labels import rank


def adopt(facts: TableFacts, position: Position) -> Move:
    label = _ready_label(facts, position, Step.ADOPT)
    if position.phase is not Phase.RESTORED:
        return Nothing(f"{label} is in the stack already ({position.phase}).")
    if facts.active not in facts.live:
        return _only_the_short_way(facts, label)
    if facts.was_configured(label):
        return Nothing(f"{label} was configured before: prepare imports it with all its settings.")
    allowed = (permits.pure_import(facts, label),)
    return update_of(facts, adopted(observed(facts), label), allowed, f"adopt {label}")


def prepare(facts: TableFacts, position: Position) -> Move:
    label = _ready_label(facts, position, Step.PREPARE)
    over = position.phase is Phase.SWITCHED
    if over or (label in facts.readable and facts.active in facts.live):
        return Nothing(f"{label} is prepared already ({position.phase}).")
    if facts.active not in facts.live:
        return _only_the_short_way(facts, label)
    says = f"configure {label} with what a restore does not bring, and let clients read it"
    update = update_of(
        facts, prepared(observed(facts), label), permits.configuring(facts, label), says
    )
    return replace(update, configures=label)


def switch(facts: TableFacts, position: Position) -> Move:
    if position.phase in {Phase.SWITCHED, Phase.DROPPED}:
        return Nothing(f"{facts.active} is the active table already.")
    label = _ready_label(facts, position, Step.SWITCH)
    if facts.active not in facts.live:
        return _take_over(facts, label)
    if label not in facts.readable:
        raise BlockedError(
            f"{label} ({facts.physical(label)}) is not prepared yet: clients could not use it.",
            UNCHANGED,
            facts.command(about(facts, "prepare", label)),
        )
    return flip_to(facts, label, f"point clients from {facts.active} to {label}")


def drop(facts: TableFacts, position: Position) -> Move:
    under_way = position.phase in {Phase.ADOPTED, Phase.PREPARED}
    if under_way and position.other not in facts.history:
        raise BlockedError(
            f"{facts.active} is still active, and {position.other} is only {position.phase}.",
            UNCHANGED,
            f"{facts.command('switch')}, or to give {position.other} up:"
            f" {facts.command(about(facts, 'rollback', str(position.other)))}",
        )
    if position.phase is Phase.LOST or facts.active not in facts.live:
        raise BlockedError(
            f"{facts.active} ({facts.physical(str(facts.active))}), which clients use, is gone.",
            UNCHANGED,
            ways_on(facts),
        )
    refuse_unusable(facts, str(facts.active))
    leaving = sorted({*facts.past.physical} - {facts.active}, key=rank)
    if not leaving:
        return Nothing(f"{facts.active} is the only table in the stack.")
    allowed = (
        *(permit for label in leaving for permit in permits.leave(facts, label)),
        *permits.grants(facts),
    )
    says = f"let {', '.join(leaving)} leave the stack, kept in AWS"
    return update_of(facts, dropped(observed(facts)), allowed, says)


def _take_over(facts: TableFacts, label: str) -> Update:
    """The short way, in one update: the active table is gone, so there is nothing to compare."""
    gone = [other for other in facts.past.physical if other != label]
    allowed = (
        *permits.configuring(facts, label),
        permits.flip(facts),
        *(permits.policy(facts, frozen) for frozen in facts.past.frozen & {label}),
        *(permit for other in gone for permit in permits.leave(facts, other)),
    )
    says = f"{facts.active} is gone: take {label} over, configure it and point clients to it"
    return replace(update_of(facts, taken_over(label), allowed, says), configures=label)


def _ready_label(facts: TableFacts, position: Position, row: Step) -> str:
    """The label that the row is about, once there is one and its restore is over."""
    if position.phase in {Phase.SERVING, Phase.DROPPED, Phase.LOST} or position.other is None:
        raise BlockedError(
            f"There is no restored table of {facts.config.table} to {row}.",
            UNCHANGED,
            facts.command("start --to WHEN"),
        )
    if position.phase is Phase.RESTORING:
        raise BlockedError(
            f"{facts.physical(position.other)} is still being restored.",
            UNCHANGED,
            facts.command(about(facts, "wait", position.other)),
        )
    return position.other


def _only_the_short_way(facts: TableFacts, label: str) -> Nothing:
    """Beside a table that is gone no update can prove that nothing drifted."""
    return Nothing(f"{facts.active} is gone: switch takes {label} over in one update instead.")
