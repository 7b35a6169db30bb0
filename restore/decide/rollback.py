"""Back: to the label that was active before, from wherever the table stands. Pure."""

from dataclasses import replace

from restore.decide import permits
from restore.decide.placement import prepared
from restore.decide.rivals import about
from restore.decide.update import (
    UNCHANGED,
    Move,
    Nothing,
    flip_to,
    observed,
    refuse_unusable,
    update_of,
)
from restore.model.errors import BlockedError
from restore.model.facts import TableFacts
from restore.model.phase import Phase, Position
from restore.table.config.explain import rm_command, set_command
from restore.table.history import rollback_token


def rollback(facts: TableFacts, position: Position) -> Move:
    back = earlier_label(facts)
    never_active = position.other not in facts.history
    if position.phase in {Phase.ADOPTED, Phase.PREPARED} and position.other and never_active:
        here = observed(facts)
        left = replace(
            here,
            standby=tuple(label for label in here.standby if label != position.other),
            adopt=tuple(label for label in here.adopt if label != position.other),
            frozen=tuple(label for label in here.frozen if label != position.other),
        )
        leaving = (*permits.leave(facts, position.other), *permits.grants(facts))
        return update_of(facts, left, leaving, f"let {position.other} leave the stack, kept in AWS")
    if position.phase in {Phase.RESTORING, Phase.RESTORED} and position.other:
        name, delete = facts.physical(position.other), facts.clean(position.other)
        wrong = f"{name} is not in the stack: clients were never moved to it"
        if back is None:
            return Nothing(f"{wrong}; to delete it: {delete}")
        go_back = f"to go back to {back}: {facts.command(f'rollback --as {back}')}"
        raise BlockedError(f"{wrong}.", UNCHANGED, f"{go_back}; to delete {name}: {delete}")
    if back is None or position.phase is Phase.ROLLED_BACK:
        return Nothing(f"{facts.active} is active, there is nothing to go back from.")
    if back not in facts.live:
        raise BlockedError(
            f"{back} ({facts.physical(back)}), which was active before, no longer exists:"
            " there is no way back to it.",
            UNCHANGED,
            f"{facts.command(f'run --to WHEN --as {facts.fresh_label}')}, which takes"
            f" {facts.active} to an earlier moment",
        )
    refuse_unusable(facts, back)
    if facts.active not in facts.live:
        raise _only_by_hand(facts, back)
    if back in facts.readable:
        return flip_to(facts, back, f"point clients from {facts.active} back to {back}")
    says = f"take {back} into the stack again, and let clients read it"
    widened = prepared(observed(facts), back)
    update = update_of(facts, widened, permits.configuring(facts, back), says)
    return replace(update, configures=back, more=True)


def _only_by_hand(facts: TableFacts, back: str) -> BlockedError:
    """The program moves back only where the label that is left stays declared (record 2).

    The runbook's updates begin with AWS as it is, where that one cannot be imported any more. A
    plain update begins with the state.
    """
    config, gone = facts.config, str(facts.active)
    wrong = f"{gone} ({facts.physical(gone)}), which clients use, is gone"
    if gone not in facts.past.physical:
        wrong = f"{wrong}, and the stack has forgotten it: there is no way back to {back}."
        return BlockedError(wrong, UNCHANGED, facts.command("run --to latest"))
    keys = (
        (config.key("activeTable"), back),
        (f"{config.key('standbyTables')}[0]", gone),
        (config.key("rollbackFrom"), rollback_token(facts.history)),
    )
    thaw = [rm_command(config.key("frozenTables"))] if back in facts.past.frozen else []
    commands = [*thaw, *(set_command(key, value) for key, value in keys)]
    commands.append("pulumi up --yes --skip-preview")
    by_hand = "; ".join(map(facts.scope.pulumi, commands))
    return BlockedError(
        f"{wrong}: {back} takes over in plain Pulumi.",
        UNCHANGED,
        f"{by_hand}; {facts.command('drop')}",
    )


def way_out(facts: TableFacts, label: str) -> str:
    """The command by which `label`, which is in the stack, leaves it; the active one never does.

    Where the active table is gone, another one in the stack is there to take over from it.
    """
    if facts.active not in facts.live:
        return facts.command("switch")
    if label in facts.history:
        return facts.command("drop")
    # Of a label that was passed over for a newer one no verb speaks by itself.
    return facts.command(about(facts, "rollback", label))


def ways_on(facts: TableFacts) -> str:
    """What there is to do where the active table was deleted."""
    earlier = earlier_label(facts)
    in_stack = {earlier, facts.active} <= {*facts.past.physical}
    back = ("rollback",) if in_stack and earlier in facts.live else ()
    return facts.command("run --to latest", *back)


def earlier_label(facts: TableFacts) -> str | None:
    """The label that a rollback goes to: the one that the active one took over from.

    A label that clients were taken back from is none of these.
    """
    way: list[str] = []
    for label in facts.history:
        way = way[: way.index(label)] if label in way else way
        way.append(label)
    return way[-2] if len(way) > 1 else None
