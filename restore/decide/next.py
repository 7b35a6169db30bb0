"""What a person does next with a table. Facts → a line. Pure."""

from restore.decide.grants import repair
from restore.decide.rivals import about
from restore.decide.rollback import earlier_label, ways_on
from restore.decide.transition import first_up, refuse_hand_edited_pointer
from restore.model.errors import EditedError
from restore.model.facts import TableFacts
from restore.model.phase import Phase, Position, locate, rivals

_NEXT = {
    Phase.RESTORING: ("wait",),
    Phase.RESTORED: ("adopt",),
    Phase.ADOPTED: ("prepare",),
    Phase.PREPARED: ("switch",),
    Phase.SWITCHED: ("drop", "rollback"),
    Phase.ROLLED_BACK: ("drop", "switch"),
}


def next_step(table: TableFacts, position: Position) -> str:
    """The next command, or why there is none."""
    match position.phase:
        case Phase.UNDEPLOYED:
            return first_up(table)
        case Phase.SERVING | Phase.DROPPED:
            return _at_rest(table, position.phase)
        case Phase.LOST:
            return ways_on(table)
        case _:
            return _under_way(table, position)


def _under_way(table: TableFacts, position: Position) -> str:
    phase, labels = position.phase, rivals(table)
    if position.other in labels:
        verbs = (about(table, _verb(table, locate(table, each)), each) for each in labels)
        return table.command(*verbs)
    if phase in {Phase.RESTORING, Phase.RESTORED}:
        return _from_restored(table, position)
    if phase is Phase.SWITCHED and earlier_label(table) not in table.live:
        return table.command("drop")
    return table.command(*_NEXT[phase])


def _at_rest(table: TableFacts, phase: Phase) -> str:
    earlier = earlier_label(table)
    # Every update is refused over it, and clients may read another table than the stack says.
    try:
        refuse_hand_edited_pointer(table)
    except EditedError as error:
        return error.fix
    if table.active in table.denied:
        return repair(table)
    if table.active in table.past.frozen:
        return table.command("thaw")
    if phase is Phase.SERVING or earlier is None:
        return f"nothing; to restore: {table.command('run --to WHEN')}"
    if (before := table.live.get(earlier)) is None or before.failed:
        stands = before.status if before else "gone"
        return f"nothing; the table that was active before is {stands}"
    return f"nothing; to go back: {table.command('rollback')}"


def _verb(table: TableFacts, position: Position) -> str:
    """The next verb of a restore that is under way and has not failed."""
    if position.phase not in {Phase.RESTORING, Phase.RESTORED}:
        return _NEXT[position.phase][0]
    label = str(position.other)
    if not table.live[label].ready:
        return "wait"
    if table.active not in table.live:
        return "switch"
    return "prepare" if table.was_configured(label) else "adopt"


def _from_restored(table: TableFacts, position: Position) -> str:
    label = str(position.other)
    if table.live[label].failed:
        return f"{table.clean(label)}, then start"
    return table.command(_verb(table, position))
