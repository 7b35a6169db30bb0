"""Keys and secondary indexes, from DescribeTable."""

from collections.abc import Iterable
from typing import Any

from restore.model.errors import BlockedError
from restore.settings.answers import Answer
from restore.settings.throughput import capacity, maximum, warm

_KEYS = {"HASH": "hashKey", "RANGE": "rangeKey"}


def key_of(schema: Iterable[Answer], owner: str) -> dict[str, str]:
    """`{hashKey, rangeKey}` of a KeySchema, the latter where there is one.

    Raises:
        BlockedError: the key is of several attributes (CreateTable allows four for an index).
    """
    key: dict[str, str] = {}
    for each in schema:
        kind = _KEYS[each["KeyType"]]
        if kind in key:
            raise BlockedError(
                f"The {kind} of {owner} is of several attributes, which this program cannot"
                " declare.",
                "Nothing was touched.",
                f"keep the table of {owner} out of the stack",
            )
        key[kind] = each["AttributeName"]
    return key


def local_index(index: Answer) -> dict[str, Any]:
    """One entry of `localSecondaryIndexes`; its hash key is the table's."""
    key = key_of(index["KeySchema"], index["IndexName"])
    return {"name": index["IndexName"], "rangeKey": key["rangeKey"], **_projection(index)}


def global_index(index: Answer, *, on_demand: bool) -> dict[str, Any]:
    """One entry of `globalSecondaryIndexes`."""
    said = {
        "name": index["IndexName"],
        **key_of(index["KeySchema"], index["IndexName"]),
        **_projection(index),
        **capacity(index, on_demand=on_demand),
        "onDemandThroughput": maximum(index),
        "warmThroughput": warm(index),
    }
    return {key: value for key, value in said.items() if value}


def _projection(index: Answer) -> dict[str, Any]:
    projection = index["Projection"]
    said: dict[str, Any] = {"projectionType": projection["ProjectionType"]}
    if projection.get("NonKeyAttributes"):
        said["nonKeyAttributes"] = list(projection["NonKeyAttributes"])
    return said
