"""Facts × verb → the next engine update, or why there is none. Pure: touches nothing."""

from restore.decide.forward import adopt, drop, prepare, switch
from restore.decide.freeze import freeze, thaw
from restore.decide.rivals import refuse_rivals
from restore.decide.rollback import earlier_label, rollback
from restore.decide.stripped import refuse_stripped
from restore.decide.update import UNCHANGED, Move, Nothing
from restore.model.errors import BlockedError, EditedError
from restore.model.facts import TableFacts
from restore.model.phase import Phase, is_ours, locate
from restore.model.steps import Step
from restore.table.config.explain import rm_command, set_command
from restore.table.history import rollback_token
from restore.table.takeover import staying

_DECIDE = {
    Step.ADOPT: adopt,
    Step.PREPARE: prepare,
    Step.SWITCH: switch,
    Step.ROLLBACK: rollback,
    Step.DROP: drop,
}
_FREEZES = {Step.FREEZE: freeze, Step.THAW: thaw}
_OF_A_RESTORE = frozenset({Step.ADOPT, Step.PREPARE, Step.SWITCH})


def next_move(row: Step, facts: TableFacts, chosen: str | None = None) -> Move:
    """The next update that `row` still needs for this table.

    Args:
        row: What is asked for.
        facts: What was observed.
        chosen: The label that `--as` names.

    Raises:
        BlockedError: it cannot be done from where the table stands.
    """
    position = locate(facts, chosen)
    if position.phase is Phase.UNDEPLOYED:
        raise BlockedError(f"{facts.config.table} was never deployed.", UNCHANGED, first_up(facts))
    refuse_hand_edited_pointer(facts)
    refuse_stripped(facts, UNCHANGED)
    if row in _FREEZES:
        return _FREEZES[row](facts, chosen)
    if row in _OF_A_RESTORE:
        refuse_rivals(facts, chosen, UNCHANGED)
        if chosen is not None and chosen not in {*facts.live, *facts.past.physical}:
            raise BlockedError(
                f"{chosen} ({facts.physical(chosen)}) does not exist: there is nothing to {row}.",
                UNCHANGED,
                facts.command(f"start --to TIME --as {chosen}", "status"),
            )
    if chosen == facts.active and row not in {Step.ROLLBACK, Step.DROP}:
        return Nothing(f"{chosen} is the active table already.")
    if row is Step.ROLLBACK and chosen not in {None, position.other, earlier_label(facts)}:
        raise BlockedError(
            f"From {facts.active} there is no way back to {chosen}.",
            UNCHANGED,
            f"{facts.command('status')}, which says where there is a way back to",
        )
    return _DECIDE[row](facts, position)


def first_up(facts: TableFacts) -> str:
    """The commands of a first update; where clients use a parameter already, it moves nobody."""
    config, pulumi = facts.config, facts.scope.pulumi
    label = next((each for each, live in facts.live.items() if live.name == facts.pointer), None)
    if label is None:
        return pulumi("pulumi up")
    key, adopt = f"tables.{config.table}.adoptPointer", config.key("adoptTables")
    steps = (
        *(() if label == config.active else (staying(config, str(facts.pointer)),)),
        *(() if label in config.adopt else (set_command(f"{adopt}[{len(config.adopt)}]", label),)),
        set_command(key, "true"),
        "pulumi up",
        rm_command(key),
        rm_command(adopt),
    )
    return f"clients use {facts.pointer}; to take it over: {'; '.join(map(pulumi, steps))}"


def refuse_hand_edited_pointer(facts: TableFacts) -> None:
    """Raises EditedError where the parameter is not what the stack made it.

    A refresh makes the state agree with the edit, as if it had been meant: right only where a
    person says so, and where clients may read that table.
    """
    name, here, known = facts.config.parameter, facts.pointer, facts.past.pointed
    if here == known:
        return
    served = here in facts.past.covered and here in facts.past.physical.values()
    put = f"aws ssm put-parameter --overwrite --type String --name {name} --value"
    pulumi = facts.scope.pulumi
    if known is None:
        key, right = f"tables.{facts.config.table}.adoptPointer", facts.physical(str(facts.active))
        take = (set_command(key, "true"), "pulumi up", rm_command(key))
        first = () if here == right else (f"if clients are to use {right}: {put} {right}",)
        raise EditedError(
            f"The parameter {name} holds {here!r} in AWS, and is not in the stack's state.",
            UNCHANGED,
            "; ".join((*first, *map(pulumi, take))),
        )
    back = f"{put} {known}"
    if served:
        back = (
            f"if clients are to stay with {here}: {pulumi('pulumi refresh')}; to take them back:"
            f" {back}"
        )
    elif label := _named(facts):
        stay = "; ".join(map(pulumi, _take_over(facts, label)))
        known_too = label in {*facts.history, *facts.past.physical}
        both = f"if clients are to stay with {here}: {stay}; to take them back: {back}"
        back = both if known_too else stay
    raise EditedError(
        f"The parameter {name} holds {here!r} in AWS, but {known!r} in the stack's state:"
        " someone edited it, or an update died there.",
        UNCHANGED,
        back,
    )


def _named(facts: TableFacts) -> str | None:
    """The label of a table of ours that clients use and may not read by the state, or None.

    That is how a stack looks after someone broke the lock of an engine that worked: it has written
    an older state. To put the parameter back would move every client to what they had left.
    """
    for label, table in facts.live.items():
        ours = label in facts.history or is_ours(facts, table)
        if table.name == facts.pointer and ours and not table.failed:
            return label
    return None


def _take_over(facts: TableFacts, label: str) -> tuple[str, ...]:
    """Both tables stay in the stack; the program imports the one that clients use."""
    config = facts.config
    keys = {
        f"{config.key('standbyTables')}[0]": str(facts.active),
        config.key("activeTable"): label,
    }
    if label in facts.history:
        keys[config.key("rollbackFrom")] = rollback_token(facts.history)
    return (*(set_command(key, value) for key, value in keys.items()), "pulumi up")
