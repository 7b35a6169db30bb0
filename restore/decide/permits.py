"""What each step of a row may change: the smallest permits that let it through."""

from collections.abc import Iterator

from pydantic.alias_generators import to_camel

from restore.decide.gate import Permit
from restore.model.facts import TableFacts
from restore.table.config.copied import FATES
from restore.table.config.settings import TableSettings
from restore.table.existing import existing
from restore.table.kinds import PARAMETER, POLICY, RESOURCE_POLICY, TABLE
from restore.table.past import logical_name, write_grant_name
from restore.table.resource_names import dependents_of

ADDITIONAL = frozenset(
    to_camel(path.partition(".")[0])
    for path, fate in FATES.items()
    if not fate.copied and path.partition(".")[0] in TableSettings.model_fields
) | {"tagsAll", "streamArn", "streamLabel"}
"""Properties that configuring a table may change, and what follows from them in a preview."""


def pure_import(facts: TableFacts, label: str) -> Permit:
    """An import that finds the table just as it is declared: no property differs."""
    return Permit(TABLE, _name(facts, label), frozenset({"import"}), frozenset())


def configuring(facts: TableFacts, label: str) -> tuple[Permit, ...]:
    """Additional settings onto `label`, taken over first where need be, and what hangs on it."""
    table = Permit(TABLE, _name(facts, label), frozenset({"import", "update"}), ADDITIONAL)
    return (table, *_dependents(facts, label), *grants(facts))


def _dependents(facts: TableFacts, label: str) -> Iterator[Permit]:
    """Each of them created, or imported just as it is declared where it exists already."""
    imports = existing(facts.config, facts.past, label).imports
    here = f"{_name(facts, label)}."
    for each in dependents_of(facts.config.table, label, facts.config.dependents):
        if each.name.removeprefix(here) in imports:
            yield Permit(each.kind, each.name, frozenset({"import"}), frozenset())
        else:
            yield Permit(each.kind, each.name, frozenset({"create"}))


def lost(facts: TableFacts) -> tuple[Permit, ...]:
    """What may be pending of a deleted table: the one that takes its place comes with all of it."""
    dependents = dependents_of(facts.config.table, str(facts.active), facts.config.dependents)
    ops = frozenset({"create", "update", "delete"})
    hung = (Permit(each.kind, each.name, ops) for each in dependents)
    return (*configuring(facts, str(facts.active)), *hung)


def grants(facts: TableFacts) -> tuple[Permit, ...]:
    """Another list of tables in the grants; one that was deleted by hand is made again."""
    table = facts.config.table
    names = [table, write_grant_name(table)] if facts.config.write_policy else [table]
    changes = frozenset({"policy"})
    gone = {name for name, living in facts.granted.items() if living is None}
    return tuple(
        Permit(POLICY, name, frozenset({"create"}))
        if name in gone
        else Permit(POLICY, name, frozenset({"update"}), changes)
        for name in names
    )


def flip(facts: TableFacts) -> Permit:
    """Another name in the pointer. Its version is unknown in a preview that changes the value."""
    changes = frozenset({"value", "version"})
    return Permit(PARAMETER, facts.config.table, frozenset({"update"}), changes)


def policy(facts: TableFacts, label: str) -> Permit:
    """Another resource policy of `label`, or one where there was none, or none any more."""
    changes = frozenset({"policy", "revisionId"})
    ops = frozenset({"create", "update", "delete"})
    return Permit(RESOURCE_POLICY, f"{_name(facts, label)}.policy", ops, changes)


def leave(facts: TableFacts, label: str) -> tuple[Permit, ...]:
    """`label` leaves the stack, and what hangs on it goes.

    The gate looks at the table's retain flag as well.
    """
    name = _name(facts, label)
    hanging = sorted(each for each in facts.past.hanging if each[1].startswith(f"{name}."))
    gone = [(TABLE, name), *hanging]
    return tuple(Permit(kind, each, frozenset({"delete"})) for kind, each in gone)


def _name(facts: TableFacts, label: str) -> str:
    return logical_name(facts.config.table, label)
