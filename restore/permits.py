"""What each step of a row may change: the smallest permits that let it through."""

from restore.facts import TableFacts
from restore.gate import Permit
from stacks.past import PARAMETER, POLICY, TABLE, logical_name


def pure_import(facts: TableFacts, label: str) -> Permit:
    """An import that finds the table just as it is declared: no property differs."""
    return Permit(TABLE, _name(facts, label), frozenset({"import"}), frozenset())


def furnishing(facts: TableFacts, label: str) -> tuple[Permit, ...]:
    """Additional settings onto `label`, taken over first where need be; a wider grant."""
    table = Permit(TABLE, _name(facts, label), frozenset({"import", "update"}))
    return (table, grant(facts))


def grant(facts: TableFacts) -> Permit:
    """Another list of tables in the grant."""
    return Permit(POLICY, facts.config.table, frozenset({"update"}), frozenset({"policy"}))


def flip(facts: TableFacts) -> Permit:
    """Another name in the pointer. Its version is unknown in a preview that changes the value."""
    changes = frozenset({"value", "version"})
    return Permit(PARAMETER, facts.config.table, frozenset({"update"}), changes)


def leave(facts: TableFacts, label: str) -> Permit:
    """`label` leaves the stack. The gate looks at its retain flag as well."""
    return Permit(TABLE, _name(facts, label), frozenset({"delete"}))


def _name(facts: TableFacts, label: str) -> str:
    return logical_name(facts.config.table, label)
