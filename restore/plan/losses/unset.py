"""Settings of a live table that the stack config does not set and a restore does not copy. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic.alias_generators import to_camel

from restore.plan.losses.loss import Loss, Path, bring, set_each
from restore.settings.table import DEFAULT_PERIOD
from restore.settings.throughput import COLD
from restore.table.config.copied import FATES
from restore.table.config.settings import TableSettings

Entry = Mapping[str, Any]
_INDEXES = "globalSecondaryIndexes"
_TOGETHER = {"streamEnabled": ("streamEnabled", "streamViewType")}
_RISING = "warmThroughput"
"""AWS only ever raises it, so that what is declared may be more."""


def unset(table: str, live: Entry, wanted: Entry) -> Iterator[Loss]:
    """Each setting that is lost; tags one by one, and those of an index with its name.

    Args:
        table: Its key in the stack config.
        live: The table as it is, as an entry of `tables`.
        wanted: What the stack config says.
    """
    for key in _lossy(""):
        if key in live and key != "tags" and not _kept(key, live, wanted):
            config = {part: live[part] for part in _TOGETHER.get(key, (key,))}
            yield Loss("setting", key, _says(config, wanted), config, bring(table, config))
    for tag, value in live.get("tags", {}).items():
        given = wanted.get("tags", {})
        if given.get(tag) != value:
            config = {"tags": {tag: value}}
            detail = value if tag not in given else f"{value}; the stack config says {given[tag]}"
            yield Loss("tag", tag, detail, config, bring(table, config))
    yield from _of_indexes(table, live, wanted)


def _lossy(above: str) -> Iterator[str]:
    """The keys below `above` that a restore does not copy."""
    for path, fate in FATES.items():
        before, _, name = path.rpartition(".")
        known = above or name in TableSettings.model_fields
        # A view type alone is no setting: the stream is one with its type.
        if before == above and known and not fate.copied and name != "stream_view_type":
            yield to_camel(name)


def _of_indexes(table: str, live: Entry, wanted: Entry) -> Iterator[Loss]:
    places = {index["name"]: place for place, index in enumerate(wanted.get(_INDEXES, ()))}
    for index in live.get(_INDEXES, ()):
        name = index["name"]
        place = places.get(name)
        there = wanted[_INDEXES][place] if place is not None else {}
        for key in _lossy("global_secondary_indexes"):
            if key not in index or _kept(key, index, there):
                continue
            config = {_INDEXES: [{"name": name, key: index[key]}]}
            below: Path = ("tables", table, _INDEXES, place if place is not None else 0, key)
            todo = (
                f"declare the index {name} in {_INDEXES}, with its {key}"
                if place is None
                else set_each(below, [((part,), value) for part, value in index[key].items()])
            )
            says = _says({key: index[key]}, there)
            yield Loss("setting", f"{key} of {name}", says, config, todo)


def _kept(key: str, live: Entry, wanted: Entry) -> bool:
    """Whether what is declared is at least what is there."""
    here, there = _whole(key, live[key]), _whole(key, wanted.get(key))
    if key == _RISING:
        return all(there.get(part, COLD[part]) >= units for part, units in here.items())
    if isinstance(here, dict):
        return all(there.get(part) == value for part, value in here.items())
    together = _TOGETHER.get(key, (key,))
    return all(live.get(part) == wanted.get(part) for part in together)


def _whole(key: str, value: Any) -> Any:
    """A setting with what AWS takes where nothing is said."""
    if key == "pointInTimeRecovery":
        return {"recoveryPeriodInDays": DEFAULT_PERIOD, **(value or {})}
    return value or {} if isinstance(value, dict | None) else value


def _says(config: Entry, wanted: Entry) -> str:
    """The live value in few words, and the declared one where there is one."""
    said = {key: wanted[key] for key in config if key in wanted}
    instead = f"; the stack config says {_words(said)}" if said else ""
    return _words(config) + instead


def _words(value: Any) -> str:
    """`{ttl: {enabled: True, attributeName: expires}}` → `on, expires`."""
    if isinstance(value, Mapping):
        return ", ".join(_words(inner) for inner in value.values())
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value)
