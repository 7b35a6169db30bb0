"""What does not go together in a table's entry, though each key by itself is right.

Each misfit changes an entry in place, and says which keys are then wrong; none, and nothing is
changed, where it does not apply.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.support.configs import conflicting_keys as odd_keys

Entry = dict[str, Any]
Misfit = Callable[[Entry], list[str]]

_SCALING = {"minCapacity": 9, "maxCapacity": 5, "targetValue": 70}


def _owners(entry: Entry) -> Iterator[tuple[str, Entry]]:
    yield "", entry
    for key in ("globalSecondaryIndexes", "localSecondaryIndexes"):
        yield from ((f"{key}[{n}].", each) for n, each in enumerate(entry.get(key, ())))


def _provisioned(entry: Entry) -> bool:
    return bool(entry.get("billingMode", "PROVISIONED") == "PROVISIONED")


def attribute_of_no_key(entry: Entry) -> list[str]:
    entry["attributes"].append({"name": "nobody", "type": "S"})
    return [f"attributes[{len(entry['attributes']) - 1}]"]


def attribute_twice(entry: Entry) -> list[str]:
    entry["attributes"].append(dict(entry["attributes"][0]))
    return [f"attributes[{len(entry['attributes']) - 1}]"]


def attribute_misspelt(entry: Entry) -> list[str]:
    last = entry["attributes"][-1]
    name, last["name"] = last["name"], "nobody"
    return [f"attributes[{len(entry['attributes']) - 1}]"] + [
        f"{path}{key}"
        for path, owner in _owners(entry)
        for key in ("hashKey", "rangeKey")
        if owner.get(key) == name
    ]


def range_key_again(entry: Entry) -> list[str]:
    if "rangeKey" in entry:
        return []
    entry["rangeKey"] = entry["hashKey"]
    return ["rangeKey"]


def second_index_of_a_name(entry: Entry) -> list[str]:
    indexes = entry.get("globalSecondaryIndexes")
    if not indexes:
        return []
    indexes.append(dict(indexes[0]))
    return [f"globalSecondaryIndexes[{len(indexes) - 1}].name"]


def include_of_nothing(entry: Entry) -> list[str]:
    wrong = []
    for path, index in [*_owners(entry)][1:]:
        index.pop("nonKeyAttributes", None)
        index["projectionType"] = "INCLUDE"
        wrong.append(f"{path}nonKeyAttributes")
    return wrong


def capacity_on_demand(entry: Entry) -> list[str]:
    if _provisioned(entry):
        return []
    owners = [owner for owner in _owners(entry) if not owner[0].startswith("local")]
    for _, owner in owners:
        owner["readCapacity"] = 5
    return [f"{path}readCapacity" for path, _ in owners]


def no_capacity(entry: Entry) -> list[str]:
    scaling = entry.get("autoScaling", {})
    wrong = []
    for path, owner in _owners(entry):
        scaled = scaling.get("indexes", {}).get(owner["name"], {}) if path else scaling
        if _provisioned(entry) and not path.startswith("local") and "write" not in scaled:
            owner.pop("writeCapacity")
            wrong.append(f"{path}writeCapacity")
    return wrong


def maximum_of_provisioned(entry: Entry) -> list[str]:
    if not _provisioned(entry):
        return []
    entry["onDemandThroughput"] = {"maxReadRequestUnits": 5}
    return ["onDemandThroughput"]


def throughput_of_nothing(entry: Entry) -> list[str]:
    owners = [owner for owner in _owners(entry) if not owner[0].startswith("local")]
    for _, owner in owners:
        owner["warmThroughput"] = {}
    return [f"{path}warmThroughput" for path, _ in owners]


def scaling_upside_down(entry: Entry) -> list[str]:
    if not _provisioned(entry):
        entry["autoScaling"] = {}
        return ["autoScaling"]
    entry["autoScaling"] = {**entry.get("autoScaling", {}), "read": _SCALING}
    return ["autoScaling.read.minCapacity"]


def scaling_of_no_index(entry: Entry) -> list[str]:
    if not _provisioned(entry):
        return []
    scaling = entry.get("autoScaling", {})
    entry["autoScaling"] = {**scaling, "indexes": {**scaling.get("indexes", {}), "no.where": {}}}
    return ['autoScaling.indexes["no.where"]']


def insights_of_no_index(entry: Entry) -> list[str]:
    first = [index["name"] for index in entry.get("globalSecondaryIndexes", ())][:1]
    entry["contributorInsights"] = {"enabled": True, "indexes": [*first, *first, "nowhere"]}
    places = (1, 2) if first else (0,)
    return [f"contributorInsights.indexes[{n}]" for n in places]


def view_of_no_stream(entry: Entry) -> list[str]:
    entry |= {"streamEnabled": False, "streamViewType": "NEW_IMAGE"}
    return ["streamViewType", *(["streamEnabled"] if entry.get("eventSourceMappings") else [])]


def stream_of_no_view(entry: Entry) -> list[str]:
    entry["streamEnabled"] = True
    entry.pop("streamViewType", None)
    return ["streamViewType"]


_INDEXES = frozenset({"localSecondaryIndexes", "globalSecondaryIndexes"})
_KEYS = _INDEXES | {"attributes", "hashKey", "rangeKey"}
_CAPACITY = frozenset({"readCapacity", "writeCapacity", "onDemandThroughput", "autoScaling"})
_PLACES = frozenset({"activeTable", "standbyTables", "adoptTables", "rollbackFrom"})
MISFITS: Mapping[frozenset[str], tuple[Misfit, ...]] = {
    # An index more has keys and a capacity to be wrong, so it comes first.
    _INDEXES: (second_index_of_a_name, include_of_nothing),
    _KEYS: (attribute_of_no_key, attribute_twice, attribute_misspelt, range_key_again),
    _CAPACITY | {"billingMode", "globalSecondaryIndexes"}: (
        capacity_on_demand,
        no_capacity,
        maximum_of_provisioned,
        scaling_upside_down,
        scaling_of_no_index,
    ),
    frozenset({"alarms"}): (odd_keys.odd_alarms,),
    frozenset({"contributorInsights", "globalSecondaryIndexes"}): (insights_of_no_index,),
    frozenset({"eventSourceMappings", "streamEnabled", "streamViewType"}): (
        view_of_no_stream,
        stream_of_no_view,
        odd_keys.reader_twice,
    ),
    frozenset({"resourcePolicy"}): (odd_keys.policy_of_nothing, odd_keys.policy_of_another_table),
    frozenset({"onDemandThroughput", "warmThroughput", "globalSecondaryIndexes"}): (
        throughput_of_nothing,
    ),
    frozenset({"ttl"}): (odd_keys.ttl_of_nothing,),
    frozenset({"serverSideEncryption"}): (odd_keys.key_of_no_use,),
    _PLACES: (
        odd_keys.standby_twice,
        odd_keys.standby_is_active,
        odd_keys.a_label_in_two_places,
        odd_keys.back_from_itself,
    ),
    frozenset({"names"}): (odd_keys.one_name_for_two_labels,),
}
"""The keys that have to be right for these to be noticed → the misfits, of which one is chosen."""
