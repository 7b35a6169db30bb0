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
from restore.model.phase import Phase, Standing
from restore.model.steps import Step
from restore.table.config.labels import rank


def adopt(facts: TableFacts, standing: Standing) -> Move:
    label = _ready_label(facts, standing, Step.ADOPT)
    if standing.phase is not Phase.RESTORED:
        return Nothing(f"{label} is in the stack already ({standing.phase}).")
    if facts.active not in facts.live:
        return _only_the_short_way(facts, label)
    if facts.was_furnished(label):
        return Nothing(f"{label} was furnished before: prepare imports it with all its settings.")
    allowed = (permits.pure_import(facts, label),)
    return update_of(facts, adopted(observed(facts), label), allowed, f"adopt {label}")


def prepare(facts: TableFacts, standing: Standing) -> Move:
    label = _ready_label(facts, standing, Step.PREPARE)
    over = standing.phase is Phase.SWITCHED
    if over or (label in facts.readable and facts.active in facts.live):
        return Nothing(f"{label} is prepared already ({standing.phase}).")
    if facts.active not in facts.live:
        return _only_the_short_way(facts, label)
    says = f"furnish {label} with what a restore does not bring, and let clients read it"
    update = update_of(
        facts, prepared(observed(facts), label), permits.furnishing(facts, label), says
    )
    return replace(update, furnishes=label)


def switch(facts: TableFacts, standing: Standing) -> Move:
    if standing.phase in {Phase.SWITCHED, Phase.DROPPED}:
        return Nothing(f"{facts.active} is the active table already.")
    label = _ready_label(facts, standing, Step.SWITCH)
    if facts.active not in facts.live:
        return _take_over(facts, label)
    if label not in facts.readable:
        raise BlockedError(
            f"{label} ({facts.physical(label)}) is not prepared yet: clients could not use it.",
            UNCHANGED,
            facts.command(about(facts, "prepare", label)),
        )
    return flip_to(facts, label, f"point clients from {facts.active} to {label}")


def drop(facts: TableFacts, standing: Standing) -> Move:
    under_way = standing.phase in {Phase.ADOPTED, Phase.PREPARED}
    if under_way and standing.other not in facts.history:
        raise BlockedError(
            f"{facts.active} is still active, and {standing.other} is only {standing.phase}.",
            UNCHANGED,
            f"{facts.command('switch')}, or to give {standing.other} up:"
            f" {facts.command(about(facts, 'rollback', str(standing.other)))}",
        )
    if standing.phase is Phase.LOST or facts.active not in facts.live:
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
        *permits.furnishing(facts, label),
        permits.flip(facts),
        *(permits.policy(facts, frozen) for frozen in facts.past.frozen & {label}),
        *(permit for other in gone for permit in permits.leave(facts, other)),
    )
    says = f"{facts.active} is gone: take {label} over, furnish it and point clients to it"
    return replace(update_of(facts, taken_over(label), allowed, says), furnishes=label)


def _ready_label(facts: TableFacts, standing: Standing, row: Step) -> str:
    """The label that the row is about, once there is one and its restore is over."""
    if standing.phase in {Phase.SERVING, Phase.DROPPED, Phase.LOST} or standing.other is None:
        raise BlockedError(
            f"There is no restored table of {facts.config.table} to {row}.",
            UNCHANGED,
            facts.command("start --to WHEN"),
        )
    if standing.phase is Phase.RESTORING:
        raise BlockedError(
            f"{facts.physical(standing.other)} is still being restored.",
            UNCHANGED,
            facts.command(about(facts, "wait", standing.other)),
        )
    return standing.other


def _only_the_short_way(facts: TableFacts, label: str) -> Nothing:
    """Beside a table that is gone no update can prove that nothing drifted."""
    return Nothing(f"{facts.active} is gone: switch takes {label} over in one update instead.")
