"""The rows of the stack config, each as a change to the placement that is there.

A row says which labels are active, standby and to adopt; what it does not name stays.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from stacks.config import StackConfig, TableConfig
from stacks.decide import rollback_token

_LISTS = ("standbyTables", "adoptTables", "frozenTables")


@dataclass(frozen=True)
class Placement:
    """Where the labels of one table stand."""

    active: str
    standby: tuple[str, ...] = ()
    adopt: tuple[str, ...] = ()
    rollback_from: str | None = None
    frozen: tuple[str, ...] = ()

    @classmethod
    def of(cls, config: TableConfig) -> "Placement":
        return cls(config.active, config.standby, config.adopt, config.rollback_from, config.frozen)

    @property
    def labels(self) -> frozenset[str]:
        return frozenset((self.active, *self.standby, *self.adopt))

    def values(self) -> dict[str, Any]:
        """Config key → value, None where the key has nothing to say."""
        return {
            "activeTable": self.active,
            "standbyTables": list(self.standby) or None,
            "adoptTables": list(self.adopt) or None,
            "rollbackFrom": self.rollback_from,
            "frozenTables": list(self.frozen) or None,
        }


def _without(labels: Sequence[str], label: str) -> tuple[str, ...]:
    return tuple(each for each in labels if each != label)


def adopted(here: Placement, label: str) -> Placement:
    """`label` comes into the stack with base settings, so that the import matches exactly."""
    return replace(here, adopt=(*_without(here.adopt, label), label))


def prepared(here: Placement, label: str) -> Placement:
    """`label` gets every additional setting, and the grant covers it."""
    return replace(
        here, adopt=_without(here.adopt, label), standby=(*_without(here.standby, label), label)
    )


def switched(here: Placement, label: str, history: tuple[str, ...]) -> Placement:
    """`label` becomes active, the one active now stays as standby. Serves a rollback as well."""
    return Placement(
        active=label,
        standby=(*_without(here.standby, label), here.active),
        adopt=_without(here.adopt, label),
        rollback_from=rollback_token(history) if label in history else None,
        frozen=here.frozen,
    )


def dropped(here: Placement) -> Placement:
    """Only the active label is left; every other one leaves the stack and stays in AWS."""
    return Placement(active=here.active, frozen=tuple({here.active} & {*here.frozen}))


def taken_over(label: str) -> Placement:
    """The short way: `label` is adopted, furnished and active, all else is dropped, at once."""
    return Placement(active=label)


def document_edits(
    config: StackConfig, written: Mapping[str, str], wanted: Mapping[str, Placement]
) -> dict[tuple[str, ...], Any]:
    """What to write into the project's namespace of the stack config.

    With more than one table, or where a table has a key of its own, the table's own key is
    written, else the stack-wide one.

    Args:
        config: The config as it is now.
        written: The project's keys as they are now, without the namespace.
        wanted: Table → its placement.

    Returns:
        Path of a key → its value, None to remove it.
    """
    edits: dict[tuple[str, ...], Any] = {}
    for table in config.tables:
        if table.table not in wanted or wanted[table.table] == Placement.of(table):
            continue
        for key, value in wanted[table.table].values().items():
            own = len(config.tables) > 1 or key in table.own_keys
            path = ("tables", table.table, key) if own else (key,)
            hides = own and json.loads(written.get(key) or "[]") if key in _LISTS else False
            edits[path] = [] if value is None and hides else value
    # An empty list hides a stack-wide one, but nothing hides a stack-wide text. So where a table
    # must not have it, it moves from the stack to the tables that keep it.
    bare = any(path[2:] == ("rollbackFrom",) and value is None for path, value in edits.items())
    if bare and "rollbackFrom" in written:
        edits["rollbackFrom",] = None
        for table in config.tables:
            if "rollbackFrom" not in table.own_keys:
                own_path = ("tables", table.table, "rollbackFrom")
                edits.setdefault(own_path, table.rollback_from)
    return edits


def edited(written: Mapping[str, str], edits: Mapping[tuple[str, ...], Any]) -> dict[str, str]:
    """The texts of the config as they will be after `edits`."""
    texts = dict(written)
    for (key, *below), value in edits.items():
        if below:
            tree = json.loads(texts[key])
            table, last = below
            tree[table].pop(last, None)
            if value is not None:
                tree[table][last] = value
            texts[key] = json.dumps(tree)
        elif value is None:
            texts.pop(key, None)
        else:
            texts[key] = value if isinstance(value, str) else json.dumps(value)
    return texts
