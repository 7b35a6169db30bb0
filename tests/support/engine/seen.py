"""A table in the words of the matrix, as AWS shows it, to hold a row against what it became."""

from collections.abc import Mapping
from typing import Any

from tests.support.engine.matrix import NONE
from tests.support.engine.world import World
from tests.support.pairwise import Row

_SAME = {
    "encryption": {"owned": NONE, "alias": "customer", "id": "customer", "arn": "customer"},
    "ttl": {"off": NONE},
    "class": {NONE: "STANDARD"},
    "protection": {NONE: "off"},
    "period": {NONE: "35"},
}
"""Dimension → what AWS cannot tell apart from something else."""
_UNLIMITED = -1


def wanted(row: Row) -> Row:
    """The row as AWS can be expected to show it."""
    return {name: _SAME.get(name, {}).get(value, value) for name, value in row.items()}


def seen(world: World, table: str, customer_key: str) -> Row:
    """What the table is.

    Args:
        world: Where it is.
        table: Its DynamoDB name.
        customer_key: The ARN of the key that is a customer's.
    """
    name = {"TableName": table}
    described: dict[str, Any] = world.dynamodb.describe_table(**name)["Table"]
    ttl = world.dynamodb.describe_time_to_live(**name)["TimeToLiveDescription"]
    backups = world.dynamodb.describe_continuous_backups(**name)["ContinuousBackupsDescription"]
    tags = world.dynamodb.list_tags_of_resource(ResourceArn=described["TableArn"])["Tags"]
    indexes = described.get("GlobalSecondaryIndexes", [])
    return {
        "billing": described["BillingModeSummary"]["BillingMode"],
        "encryption": _encryption(described, customer_key),
        "stream": described.get("StreamSpecification", {}).get("StreamViewType", NONE),
        "indexes": _indexes(indexes, local=bool(described.get("LocalSecondaryIndexes"))),
        "limits": _limits(described),
        "index limits": _limits(*indexes) if indexes else NONE,
        "ttl": "on" if ttl["TimeToLiveStatus"] == "ENABLED" else NONE,
        "class": described.get("TableClassSummary", {}).get("TableClass", "STANDARD"),
        "protection": "on" if described["DeletionProtectionEnabled"] else "off",
        "period": str(backups["PointInTimeRecoveryDescription"]["RecoveryPeriodInDays"]),
        "tags": "two" if len(tags) == len(("team", "Cost-Centre")) else NONE,
    }


def _encryption(described: Mapping[str, Any], customer_key: str) -> str:
    encryption = described.get("SSEDescription")
    if encryption is None:
        return NONE
    return "customer" if encryption["KMSMasterKeyArn"] == customer_key else "managed"


def _indexes(indexes: list[Any], *, local: bool) -> str:
    if not indexes:
        return "local" if local else NONE
    including = indexes[0]["Projection"]["ProjectionType"] == "INCLUDE"
    return "both" if local else "global including" if including else "global"


def _limits(subject: Mapping[str, Any]) -> str:
    maximum = subject.get("OnDemandThroughput", {})
    read, write = (
        maximum.get(f"Max{kind}RequestUnits", _UNLIMITED) != _UNLIMITED
        for kind in ("Read", "Write")
    )
    if read:
        return "maximum" if write else "read maximum"
    return "warm" if subject["WarmThroughput"]["ReadUnitsPerSecond"] > 12_000 else NONE
