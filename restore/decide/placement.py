"""The rows of the stack config, each as a change to the placement that is there.

A row says which labels are active, standby and to adopt; what it does not name stays.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from restore.model.places import Places
from restore.table.config.parse import parse
from restore.table.config.problems import ConfigError
from restore.table.config.resolved import StackConfig, TableConfig
from restore.table.history import rollback_token

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
    """The short way: `label` is adopted, configured and active, all else is dropped, at once."""
    return Placement(active=label)


def document_edits(
    config: StackConfig,
    written: Mapping[str, str],
    wanted: Mapping[str, Placement],
    places: Places,
) -> dict[tuple[str, ...], Any]:
    """What to write into the project's namespace of the stack's file.

    With more than one table, or where a table has a key of its own, the table's own key is
    written, else the stack-wide one. What stands in Pulumi.yaml is not hidden: there the table
    gets an entry in `placements` instead (docs/decisions/0029).

    Args:
        config: The config as it is now.
        written: The project's keys as they are now, without the namespace.
        wanted: Table → its placement.
        places: Where the keys stand.

    Returns:
        Path of a key → its value, None to remove it.
    """
    edits: dict[tuple[str, ...], Any] = {}
    entries: dict[str, dict[str, Any]] = {}
    for table in config.tables:
        if table.table not in wanted or wanted[table.table] == Placement.of(table):
            continue
        if _is_placed(config, table, wanted[table.table], places):
            values = wanted[table.table].values().items()
            entries[table.table] = {key: value for key, value in values if value is not None}
            continue
        for key, value in wanted[table.table].values().items():
            own = len(config.tables) > 1 or key in table.own_keys
            path = ("tables", table.table, key) if own else (key,)
            beneath = bool(own and json.loads(written.get(key) or "[]")) if key in _LISTS else False
            hides = key in _LISTS and (beneath or key in places.project)
            edits[path] = [] if value is None and hides else value
    # An empty list hides a stack-wide one, but nothing hides a stack-wide text. So where a table
    # must not have it, it moves from the stack to the tables that keep it.
    bare = any(path[2:] == ("rollbackFrom",) and value is None for path, value in edits.items())
    if bare and "rollbackFrom" in places.file:
        edits["rollbackFrom",] = None
        for table in config.tables:
            if "rollbackFrom" not in table.own_keys:
                own_path = ("tables", table.table, "rollbackFrom")
                edits.setdefault(own_path, table.rollback_from)
    if entries and "placements" in places.inherited:
        edits["placements",] = {**json.loads(written["placements"]), **entries}
    else:
        edits |= {("placements", table): entry for table, entry in entries.items()}
    return edits


def _is_placed(config: StackConfig, table: TableConfig, wanted: Placement, places: Places) -> bool:
    """Whether the placement goes into an entry of `placements`."""
    if table.placed:
        return True
    several = len(config.tables) > 1
    hides_tables = "tables" in places.inherited and bool(several or table.own_keys)
    # Nothing hides a text of Pulumi.yaml.
    return hides_tables or ("rollbackFrom" in places.project and wanted.rollback_from is None)


def unfaithful(
    config: StackConfig,
    written: Mapping[str, str],
    edits: Mapping[tuple[str, ...], Any],
    wanted: Mapping[str, Placement],
    places: Places,
) -> str | None:
    """What the config would say after `edits` beside what is wanted; None where it says just that.

    Args:
        config: The config as it is now.
        written: The project's keys as they are now, without the namespace.
        edits: What `document_edits` made of `wanted`.
        wanted: Table → its placement; every other table must stay as it is.
        places: Where the keys stand.
    """
    hidden = {key for key, *below in edits if below} & places.inherited
    if hidden:
        return f"{', '.join(sorted(hidden))} of Pulumi.yaml would be hidden"
    removed = {key for (key, *below), value in edits.items() if value is None and not below}
    if staying := removed & places.project:
        return f"{', '.join(sorted(staying))} of Pulumi.yaml would count again"
    try:
        tables = parse(edited(written, edits)).tables
    except ConfigError as error:
        return f"it would be wrong at {error.problems[0].path}"
    for before, after in zip(config.tables, tables, strict=True):
        if Placement.of(after) != wanted.get(before.table, Placement.of(before)):
            return f"{after.table} would stand at {Placement.of(after)}"
        if replace(after, **_UNPLACED) != replace(before, **_UNPLACED):
            return f"another setting of {after.table} would change"
    return None


_UNPLACED: dict[str, Any] = {
    "active": "original",
    "standby": (),
    "adopt": (),
    "rollback_from": None,
    "frozen": (),
    "own_keys": frozenset(),
    "placed": False,
}


def edited(written: Mapping[str, str], edits: Mapping[tuple[str, ...], Any]) -> dict[str, str]:
    """The texts of the config as they will be after `edits`."""
    texts = dict(written)
    for (key, *below), value in edits.items():
        if below:
            tree = here = json.loads(texts.get(key) or "{}")
            *above, last = below
            for step in above:
                here = here.setdefault(step, {})
            here.pop(last, None)
            if value is not None:
                here[last] = value
            texts[key] = json.dumps(tree)
        elif value is None:
            texts.pop(key, None)
        else:
            texts[key] = value if isinstance(value, str) else json.dumps(value)
    return texts
