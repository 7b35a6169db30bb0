"""What a restored table takes from its source, and what the caller may override.

API reference, RestoreTableToPointInTime: indexes, capacity, billing mode and encryption are those
that the source has when the restore is asked for. Auto scaling, IAM policies, alarms, tags, stream,
TTL and PITR are not copied; nor, though that page does not list them, are resource policy,
deletion protection, table class, on-demand maximum, warm throughput, replicas, Kinesis destinations
and Contributor Insights.
"""

import copy
import re
from typing import Any

from moto.dynamodb.exceptions import ValidationException
from moto.dynamodb.models.table import GlobalSecondaryIndex, LocalSecondaryIndex

from sandbox.emulator.dynamodb.journal import Items
from sandbox.emulator.dynamodb.table import Origin, SandboxTable

TABLE_NAME = re.compile(r"[a-zA-Z0-9_.-]{3,255}")


def restored(
    source: SandboxTable, items: Items, request: dict[str, Any], origin: Origin, region: str
) -> SandboxTable:
    """Return the new table of a RestoreTable… request.

    Raises:
        ValidationException: an illegal name, or overrides that do not fit the source.
    """
    name = request["TargetTableName"]
    if not TABLE_NAME.fullmatch(name):
        raise ValidationException(
            "1 validation error detected: Value '" + name + "' at 'targetTableName' failed to"
            " satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+"
        )
    billing_mode = str(request.get("BillingModeOverride", source.billing_mode))
    global_indexes = _global_indexes(source, request, billing_mode)
    local_indexes = _local_indexes(source, request)
    table = SandboxTable(  # type: ignore[abstract]  # what CloudFormation needs; moto's has none
        name,
        account_id=source.account_id,
        region=region,
        schema=copy.deepcopy(source.schema),
        attr=_used_attributes(source, [*global_indexes, *local_indexes]),
        throughput=_throughput(source, request, billing_mode),
        billing_mode=billing_mode,
        indexes=local_indexes,
        global_indexes=global_indexes,
        sse_specification=request.get("SSESpecificationOverride", source.sse_specification),
        origin=origin,
    )
    maximums = {
        "OnDemandThroughput": request.get("OnDemandThroughputOverride", {}),
        "GlobalSecondaryIndexes": request.get("GlobalSecondaryIndexOverride"),
    }
    table.extras.limits.check(maximums, billing_mode)
    table.extras.limits.apply(maximums, table)
    table.fill(items)
    return table


def _throughput(
    source: SandboxTable, request: dict[str, Any], billing_mode: str
) -> dict[str, int] | None:
    override = request.get("ProvisionedThroughputOverride")
    if billing_mode == "PAY_PER_REQUEST":
        if override:
            raise ValidationException(
                "One or more parameter values were invalid: Neither ReadCapacityUnits nor"
                " WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST"
            )
        return None
    capacity = override or source.throughput
    if not capacity["ReadCapacityUnits"]:
        raise ValidationException(
            "One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits"
            " must both be specified when BillingMode is PROVISIONED"
        )
    return _units(capacity)


def _units(capacity: dict[str, int]) -> dict[str, int]:
    return {unit: capacity[unit] for unit in ("ReadCapacityUnits", "WriteCapacityUnits")}


def _global_indexes(
    source: SandboxTable, request: dict[str, Any], billing_mode: str
) -> list[dict[str, Any]]:
    chosen = _chosen(source.global_indexes, request, "GlobalSecondaryIndexOverride")
    indexes = []
    for index, override in chosen:
        if "WarmThroughput" in override:
            raise ValidationException(
                "One or more parameter values were invalid: WarmThroughput cannot be specified for"
                f" index {index.name} of a restore"
            )
        described = _shape(index)
        if billing_mode == "PROVISIONED":
            capacity = override.get("ProvisionedThroughput", index.throughput)
            if not capacity["ReadCapacityUnits"]:
                raise ValidationException(
                    "One or more parameter values were invalid: ProvisionedThroughput must be"
                    f" specified for index: {index.name}"
                )
            described["ProvisionedThroughput"] = _units(capacity)
        indexes.append(described)
    return indexes


def _local_indexes(source: SandboxTable, request: dict[str, Any]) -> list[dict[str, Any]]:
    chosen = _chosen(source.indexes, request, "LocalSecondaryIndexOverride")
    return [_shape(index) for index, _ in chosen]


def _shape(index: GlobalSecondaryIndex | LocalSecondaryIndex) -> dict[str, Any]:
    return {
        "IndexName": index.name,
        "KeySchema": copy.deepcopy(index.schema),
        "Projection": copy.deepcopy(index.projection),
    }


def _chosen(
    existing: list[Any], request: dict[str, Any], name: str
) -> list[tuple[Any, dict[str, Any]]]:
    """Pair the source's indexes with their overrides.

    An override may leave indexes out, all of them even, and can neither add nor change one (API
    reference).
    """
    if name not in request:
        return [(index, {}) for index in existing]
    by_name = {index.name: index for index in existing}
    pairs = []
    for override in request[name]:
        index = by_name.get(override["IndexName"])
        if index is None or any(override[key] != value for key, value in _shape(index).items()):
            raise ValidationException(
                f"One or more parameter values were invalid: {name} {override['IndexName']} does"
                " not match an index of the source table"
            )
        pairs.append((index, override))
    return pairs


def _used_attributes(source: SandboxTable, indexes: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Leave out the attributes of indexes left out: a table has none that no key uses."""
    used = {key["AttributeName"] for key in source.schema}
    used |= {key["AttributeName"] for index in indexes for key in index["KeySchema"]}
    return [attribute for attribute in source.attr if attribute["AttributeName"] in used]
