"""How to go back from where a table stands. Facts → a line. Pure.

It asks the decision behind `rollback` itself, so that it never offers what that would refuse.
"""

from restore.decide.rollback import rollback
from restore.decide.transition import refuse_hand_edited_pointer
from restore.decide.update import Nothing
from restore.model.errors import BlockedError
from restore.model.facts import TableFacts
from restore.model.phase import Phase, Position, locate

NOT_NEEDED = "no way back needed"
_NOTHING_MOVED = {Phase.UNDEPLOYED, Phase.SERVING, Phase.RESTORING, Phase.RESTORED}


def way_back(facts: TableFacts, position: Position) -> str:
    """The one command that goes back, or why there is none or none is needed.

    Args:
        facts: What was observed.
        position: Where the table stands; another label than the usual one comes with `--as`.
    """
    if position.phase in _NOTHING_MOVED:
        if facts.active in facts.past.frozen:
            return f"{facts.command('thaw')} (nothing has moved, but writes are denied)"
        return f"{NOT_NEEDED}: nothing has moved"
    try:
        refuse_hand_edited_pointer(facts)
        move = rollback(facts, position)
    except BlockedError as error:
        return f"not as it stands: {error.wrong} fix: {error.fix}"
    if isinstance(move, Nothing):
        if position.phase is Phase.LOST:
            return f"none: {facts.active} is gone, and no table was active before it"
        return f"{NOT_NEEDED}: clients are on {facts.active}"
    label = "" if locate(facts) == position else f" --as {position.other}"
    updates = "in two updates: " if move.more else ""
    return f"{facts.command(f'rollback{label}')} ({updates}{move.says})"
