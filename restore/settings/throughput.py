"""What a table or an index can take, from DescribeTable: provisioned, at most, and at once."""

from typing import Any

from restore.settings.answers import Answer

READ, WRITE = "readUnitsPerSecond", "writeUnitsPerSecond"
COLD = {READ: 12_000, WRITE: 4_000}
"""What a table that nobody warmed takes at once (Developer Guide, 'DynamoDB warm throughput')."""


def capacity(subject: Answer, *, on_demand: bool) -> dict[str, int]:
    """`{readCapacity, writeCapacity}`, nothing where the table is billed on demand."""
    if on_demand:
        return {}
    provisioned = subject["ProvisionedThroughput"]
    return {
        "readCapacity": provisioned["ReadCapacityUnits"],
        "writeCapacity": provisioned["WriteCapacityUnits"],
    }


def maximum(subject: Answer) -> dict[str, int]:
    """`onDemandThroughput`; AWS says -1 for what has no maximum (OnDemandThroughput)."""
    limits = subject.get("OnDemandThroughput", {})
    units = {
        "maxReadRequestUnits": limits.get("MaxReadRequestUnits", -1),
        "maxWriteRequestUnits": limits.get("MaxWriteRequestUnits", -1),
    }
    return {key: value for key, value in units.items() if value > 0}


def warm(subject: Answer) -> dict[str, int]:
    """`warmThroughput`, also where AWS raised it by itself; nothing below what can be asked for."""
    at_once = subject.get("WarmThroughput", {})
    units = {
        READ: at_once.get("ReadUnitsPerSecond", 0),
        WRITE: at_once.get("WriteUnitsPerSecond", 0),
    }
    return units if all(units[key] >= COLD[key] for key in units) else {}


def declared(entry: dict[str, Any]) -> dict[str, Any]:
    """`entry` without the warm throughput that nobody has to declare.

    AWS raises it by itself: that of a cold table says nothing, and that of a provisioned one
    follows its capacity.
    """
    on_demand = entry.get("billingMode") == "PAY_PER_REQUEST"
    kept = _without_cold(entry, on_demand=on_demand)
    if "globalSecondaryIndexes" in kept:
        kept["globalSecondaryIndexes"] = [
            _without_cold(index, on_demand=on_demand) for index in kept["globalSecondaryIndexes"]
        ]
    return kept


def _without_cold(subject: dict[str, Any], *, on_demand: bool) -> dict[str, Any]:
    raised = on_demand and subject.get("warmThroughput") not in (None, COLD)
    return {key: value for key, value in subject.items() if key != "warmThroughput" or raised}
