"""A table's own settings: DescribeTable and its three neighbours → the stack config's words."""

from collections.abc import Mapping
from typing import Any

from restore.settings.answers import Answer, Answers
from restore.settings.indexes import global_index, key_of, local_index
from restore.settings.throughput import capacity, maximum, warm

ON = frozenset({"ENABLED", "ENABLING", "UPDATING"})
"""Of a status that AWS takes a while to reach, what it is on its way to counts."""
DEFAULT_PERIOD = 35
"""RecoveryPeriodInDays, unless it was said (UpdateContinuousBackups)."""
STANDARD = "STANDARD"


def table_settings(answers: Answers) -> dict[str, Any]:
    """What `TableSettings` of the stack config holds, without what is as AWS makes it by itself.

    Raises:
        BlockedError: an index has a key of several attributes.
    """
    table = answers.table
    said = {
        **key_of(table["KeySchema"], answers.name),
        "attributes": [
            {"name": each["AttributeName"], "type": each["AttributeType"]}
            for each in table["AttributeDefinitions"]
        ],
        "billingMode": "PAY_PER_REQUEST" if answers.on_demand else "PROVISIONED",
        **capacity(table, on_demand=answers.on_demand),
        "onDemandThroughput": maximum(table),
        "warmThroughput": warm(table),
        "localSecondaryIndexes": [
            local_index(each) for each in table.get("LocalSecondaryIndexes", ())
        ],
        "globalSecondaryIndexes": [
            global_index(each, on_demand=answers.on_demand)
            for each in table.get("GlobalSecondaryIndexes", ())
            if each.get("IndexStatus") != "DELETING"
        ],
        "tableClass": _table_class(table),
        "serverSideEncryption": _encryption(answers),
        "pointInTimeRecovery": _recovery(answers.recovery),
        "ttl": _ttl(answers.ttl),
        **_stream(table),
        "deletionProtectionEnabled": table.get("DeletionProtectionEnabled"),
        "tags": _own_tags(answers.tags),
    }
    return {key: value for key, value in said.items() if value}


def _table_class(table: Answer) -> str | None:
    named: str = table.get("TableClassSummary", {}).get("TableClass", STANDARD)
    return named if named != STANDARD else None


def _encryption(answers: Answers) -> dict[str, Any] | None:
    """Nothing for the AWS-owned key, and no key where AWS manages it (SSEDescription)."""
    if answers.key is None:
        return None
    named = {} if answers.key.managed else {"kmsKeyArn": answers.key.arn}
    return {"enabled": True, **named}


def _recovery(recovery: Answer) -> dict[str, Any] | None:
    if recovery.get("PointInTimeRecoveryStatus") != "ENABLED":
        return None
    days = recovery.get("RecoveryPeriodInDays", DEFAULT_PERIOD)
    return {"enabled": True, **({"recoveryPeriodInDays": days} if days != DEFAULT_PERIOD else {})}


def _ttl(ttl: Answer) -> dict[str, Any] | None:
    if ttl.get("TimeToLiveStatus") not in ON:
        return None
    return {"enabled": True, "attributeName": ttl["AttributeName"]}


def _stream(table: Answer) -> dict[str, Any]:
    stream = table.get("StreamSpecification", {})
    if not stream.get("StreamEnabled"):
        return {}
    return {"streamEnabled": True, "streamViewType": stream["StreamViewType"]}


def _own_tags(tags: Mapping[str, str]) -> dict[str, str]:
    """Without those that AWS sets: nobody else may (`aws:` is reserved)."""
    return {key: value for key, value in tags.items() if not key.startswith("aws:")}
