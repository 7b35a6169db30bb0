"""Deny writes to a table while its restore runs, and allow them again: facts → the move. Pure.

The denial is a statement of the table's resource policy, declared by the program, so that it is
no drift. docs/decisions/0017.
"""

from collections.abc import Iterable
from dataclasses import replace

from restore.decide import permits
from restore.decide.rivals import about
from restore.decide.rollback import ways_on
from restore.decide.update import UNCHANGED, Move, Nothing, observed, update_of
from restore.model.errors import BlockedError
from restore.model.facts import TableFacts
from restore.model.phase import Phase, locate

_FROM_HERE = frozenset({Phase.RESTORING, Phase.RESTORED, Phase.ADOPTED, Phase.PREPARED})


def freeze(facts: TableFacts, chosen: str | None) -> Move:
    """Deny writes to the active label, or to the one that `--as` names."""
    label = chosen or str(facts.active)
    name = facts.physical(label)
    if label not in facts.live:
        wrong = f"{label} ({name}) does not exist: there is nothing to write to."
        lost = label == facts.active
        raise BlockedError(wrong, UNCHANGED, ways_on(facts) if lost else facts.command("status"))
    if label not in facts.configured:
        wrong = f"{label} ({name}) is not in the stack with all its settings."
        prepares = locate(facts, label).phase in {Phase.RESTORED, Phase.ADOPTED}
        fix = about(facts, "prepare", label) if prepares else "status"
        raise BlockedError(wrong, UNCHANGED, facts.command(fix))
    if label in facts.frozen:
        return Nothing(f"Writes to {name} are denied already.")
    here = observed(facts)
    # Someone may have edited the policy: then the stack's config says so already.
    wanted = replace(here, frozen=tuple(dict.fromkeys((*here.frozen, label))))
    allowed = (permits.policy(facts, label),)
    return update_of(facts, wanted, allowed, f"deny writes to {label} ({name})")


def thaw(facts: TableFacts, chosen: str | None) -> Move:
    """Allow writes again to every label, or to the one that `--as` names."""
    labels = sorted(facts.past.frozen & ({chosen} if chosen else {*facts.past.frozen}))
    if not labels:
        which = chosen or "any table"
        return Nothing(f"Writes to {which} of {facts.config.table} are not denied.")
    here = observed(facts)
    wanted = replace(here, frozen=tuple(each for each in here.frozen if each not in labels))
    allowed = tuple(permits.policy(facts, label) for label in labels)
    return update_of(facts, wanted, allowed, f"allow writes to {', '.join(labels)} again")


def to_freeze(
    tables: Iterable[TableFacts], starting: Iterable[str], chosen: str | None
) -> list[str]:
    """The tables whose active label `run --freeze` freezes: those that a restore is made of.

    Not those that have been switched: their active label is the restored one.

    Args:
        tables: What was observed.
        starting: The tables of which a restore is to be started.
        chosen: The label that `--as` names.
    """
    starts = frozenset(starting)
    return [
        each.config.table
        for each in tables
        if each.active in each.live
        if each.config.table in starts or locate(each, chosen).phase in _FROM_HERE
    ]
