"""Tables that differ in every setting: every two values of two settings are in one of them."""

from collections.abc import Mapping
from typing import Any

from tests.support.engine.world import World
from tests.support.pairwise import Row, rows

ON_DEMAND, PROVISIONED = "PAY_PER_REQUEST", "PROVISIONED"
NONE = "none"
KEY = "alias/matrix"
_LIMITS = (NONE, "maximum", "read maximum", "warm")
DIMENSIONS: Mapping[str, tuple[str, ...]] = {
    "billing": (ON_DEMAND, PROVISIONED),
    "encryption": (NONE, "owned", "managed", "alias", "id", "arn"),
    "stream": (NONE, "KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"),
    "indexes": (NONE, "global", "local", "both", "global including"),
    "limits": _LIMITS,
    "index limits": _LIMITS,
    "ttl": (NONE, "on", "off"),
    "class": (NONE, "STANDARD", "STANDARD_INFREQUENT_ACCESS"),
    "protection": (NONE, "on", "off"),
    "period": (NONE, "7", "35"),
    "tags": (NONE, "two"),
}
_WITHOUT_GLOBAL = {NONE, "local"}
_LIMITED: Mapping[str, dict[str, Any]] = {
    NONE: {},
    "maximum": {"onDemandThroughput": {"maxReadRequestUnits": 90, "maxWriteRequestUnits": 80}},
    "read maximum": {"onDemandThroughput": {"maxReadRequestUnits": 70}},
    "warm": {"warmThroughput": {"readUnitsPerSecond": 13_000, "writeUnitsPerSecond": 5_000}},
}


def go_together(two: Row) -> bool:
    """Limits and warmth are an on-demand table's, and those of an index need one."""
    limits = {two.get("limits", NONE), two.get("index limits", NONE)} - {NONE}
    if limits and two.get("billing") == PROVISIONED:
        return False
    return two.get("index limits", NONE) == NONE or two.get("indexes") not in _WITHOUT_GLOBAL


def matrix() -> dict[str, Row]:
    """Key in `tables` → what that table is."""
    return {f"t{number:02}": row for number, row in enumerate(rows(DIMENSIONS, go_together))}


def make_key(world: World) -> Mapping[str, str]:
    """Makes a customer's key; returns each of the names that the config can give it."""
    kms: Any = world.client("kms")
    key = kms.create_key()["KeyMetadata"]
    kms.create_alias(AliasName=KEY, TargetKeyId=key["KeyId"])
    return {"alias": KEY, "id": key["KeyId"], "arn": key["Arn"]}


def entry(row: Row, keys: Mapping[str, str]) -> dict[str, Any]:
    """The entry of `tables` that is as the row says.

    Args:
        row: What it is to be.
        keys: As `make_key` returns them.
    """
    capacity = {"readCapacity": 3, "writeCapacity": 4} if row["billing"] == PROVISIONED else {}
    said: dict[str, Any] = {
        "hashKey": "id",
        "rangeKey": "at",
        "billingMode": row["billing"],
        **capacity,
        **_LIMITED[row["limits"]],
        **_indexes(row["indexes"], capacity | _LIMITED[row["index limits"]]),
        "serverSideEncryption": _encryption(row["encryption"], keys),
        "pointInTimeRecovery": _recovery(row["period"]),
        "ttl": _ttl(row["ttl"]),
        "tableClass": None if row["class"] == NONE else row["class"],
        "deletionProtectionEnabled": {NONE: None, "on": True, "off": False}[row["protection"]],
        "tags": {"team": "shop", "Cost-Centre": "7"} if row["tags"] == "two" else None,
    }
    if row["stream"] != NONE:
        said |= {"streamEnabled": True, "streamViewType": row["stream"]}
    said["attributes"] = _attributes(said)
    return {key: value for key, value in said.items() if value is not None}


def _indexes(kind: str, more: Mapping[str, Any]) -> dict[str, Any]:
    local = {"name": "by-town-here", "rangeKey": "town", "projectionType": "KEYS_ONLY"}
    by_owner = {"name": "by-owner", "hashKey": "owner", "rangeKey": "at", **more}
    whole = {**by_owner, "projectionType": "ALL"}
    part = {**by_owner, "projectionType": "INCLUDE", "nonKeyAttributes": ["total", "paid"]}
    return {
        NONE: {},
        "global": {"globalSecondaryIndexes": [whole]},
        "local": {"localSecondaryIndexes": [local]},
        "both": {"globalSecondaryIndexes": [whole], "localSecondaryIndexes": [local]},
        "global including": {"globalSecondaryIndexes": [part]},
    }[kind]


def _encryption(kind: str, keys: Mapping[str, str]) -> dict[str, Any] | None:
    if kind in keys:
        return {"enabled": True, "kmsKeyArn": keys[kind]}
    return {NONE: None, "owned": {"enabled": False}, "managed": {"enabled": True}}[kind]


def _recovery(period: str) -> dict[str, Any]:
    return {"enabled": True} | ({} if period == NONE else {"recoveryPeriodInDays": int(period)})


def _ttl(kind: str) -> dict[str, Any] | None:
    on = {"enabled": True, "attributeName": "expires"}
    return {NONE: None, "on": on, "off": {"enabled": False}}[kind]


def _attributes(said: Mapping[str, Any]) -> list[dict[str, str]]:
    owners = [
        said,
        *said.get("localSecondaryIndexes", ()),
        *said.get("globalSecondaryIndexes", ()),
    ]
    used = [owner[key] for owner in owners for key in ("hashKey", "rangeKey") if key in owner]
    return [{"name": name, "type": "N" if name == "at" else "S"} for name in dict.fromkeys(used)]
