"""The one form of an entry: what says the same looks the same.

Lists that are sets are maps by name, or sorted; what is as AWS makes it by itself is not there; a
Lambda function goes by its short name, however it is named.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from pydantic.alias_generators import to_camel

from restore.settings import mappings, streaming
from restore.settings.access import normal_policy
from restore.settings.alarms import NAMESPACE
from restore.settings.table import DEFAULT_PERIOD, STANDARD
from restore.table.config.dependents import DependentSettings
from restore.table.config.resolved import TableConfig
from restore.table.config.settings import TableSettings

Tree = dict[str, Any]

_DEFAULTS: Mapping[str, Any] = {
    "tableClass": STANDARD,
    "deletionProtectionEnabled": False,
    "streamEnabled": False,
    "recoveryPeriodInDays": DEFAULT_PERIOD,
    # Application Auto Scaling User Guide, 'Define cooldown periods', for DynamoDB.
    "scaleInCooldown": 0,
    "scaleOutCooldown": 0,
    "disableScaleIn": False,
    "namespace": NAMESPACE,
    "treatMissingData": "missing",
    "actionsEnabled": True,
    "approximateCreationDateTimePrecision": streaming.PRECISION,
    "mode": streaming.MODE,
    **mappings.DEFAULTS,
}
_OF_TABLES = frozenset(map(to_camel, TableSettings.model_fields))
_COMPARED = _OF_TABLES | frozenset(map(to_camel, DependentSettings.model_fields))


def entry_of(config: TableConfig) -> Tree:
    """What the stack config says of a table's settings, in its own words (camelCase)."""
    parts = (config.settings, config.dependents)
    return {
        key: value
        for part in parts
        for key, value in part.model_dump(by_alias=True, exclude_none=True).items()
    }


def normal(entry: Mapping[str, Any]) -> Tree:
    """The form of an entry of `tables`; keys that are no settings are not in it."""
    forms = {key: _FORMS.get(key, _plain)(entry[key]) for key in entry if key in _COMPARED}
    forms.setdefault("billingMode", "PROVISIONED")
    return _kept(forms)


def of_table(form: Mapping[str, Any]) -> Tree:
    """Those of the settings that are the table's own, less what hangs on it."""
    return {key: value for key, value in form.items() if key in _OF_TABLES}


def with_tags(entry: Mapping[str, Any], keys: Collection[str]) -> Tree:
    """The entry with no other tags than these."""
    kept = {key: value for key, value in entry.get("tags", {}).items() if key in keys}
    return {**entry, "tags": kept}


def with_dependents_tags(entry: Mapping[str, Any], wanted: Mapping[str, Any]) -> Tree:
    """The entry; an alarm or a mapping that `wanted` has too bears no other tags than there."""
    found = dict(entry)
    for part, name in (("alarms", _key), ("eventSourceMappings", _function)):
        tags = {name(*each): each[1].get("tags", {}) for each in wanted.get(part, {}).items()}
        if part in found:
            found[part] = {
                key: with_tags(each, tags[named]) if (named := name(key, each)) in tags else each
                for key, each in found[part].items()
            }
    return found


def _key(key: str, _: Mapping[str, Any]) -> str:
    return key


def _function(_: str, mapping: Mapping[str, Any]) -> str:
    return mappings.function_name(mapping["functionName"])


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return _kept({key: _plain(inner) for key, inner in value.items()})
    if isinstance(value, list):
        return sorted(map(_plain, value), key=repr)
    return value


def _kept(tree: Mapping[str, Any]) -> Tree:
    return {
        key: value
        for key, value in tree.items()
        if value not in (None, [], {}) and (key not in _DEFAULTS or value != _DEFAULTS[key])
    }


def _types(attributes: list[Mapping[str, str]]) -> Tree:
    return {each["name"]: each["type"] for each in attributes}


def _by_name(indexes: list[Tree]) -> Tree:
    return {
        index["name"]: _plain({key: value for key, value in index.items() if key != "name"})
        for index in indexes
    }


def _if_on(switch: Tree) -> Tree:
    """Off is the same as absent."""
    on = switch["enabled"] or switch.get("indexes")
    return _kept({key: _plain(value) for key, value in switch.items()}) if on else {}


def _as_they_are(tags: Mapping[str, str]) -> Tree:
    return dict(tags)


def _named(each: Callable[[Tree], Tree]) -> Callable[[Tree], Tree]:
    return lambda named: {key: each(value) for key, value in named.items()}


def _alarm(alarm: Tree) -> Tree:
    data = {key: dict(alarm[key]) for key in ("dimensions", "tags") if alarm.get(key)}
    said: Tree = _plain({key: alarm[key] for key in alarm if key not in data})
    return said | data


def _by_function(entries: Mapping[str, Tree]) -> Tree:
    found = {}
    for key, entry in entries.items():
        said = {key: entry[key] for key in entry if key not in {"functionName", "tags"}}
        if said.get("enabled") is True:
            del said["enabled"]
        found[_function(key, entry)] = _plain(said) | (
            {"tags": entry["tags"]} if entry.get("tags") else {}
        )
    return found


_FORMS: Mapping[str, Callable[[Any], Any]] = {
    "attributes": _types,
    "localSecondaryIndexes": _by_name,
    "globalSecondaryIndexes": _by_name,
    "serverSideEncryption": _if_on,
    "pointInTimeRecovery": _if_on,
    "ttl": _if_on,
    "contributorInsights": _if_on,
    "tags": _as_they_are,
    "alarms": _named(_alarm),
    "resourcePolicy": normal_policy,
    "eventSourceMappings": _by_function,
}
