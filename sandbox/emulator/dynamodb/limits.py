"""What a table and its indexes take at once, and at most.

Warm throughput is what they take at once. It begins at what an on-demand table starts with, or at
the provisioned capacity; it follows a higher capacity and never falls (developer guide, "DynamoDB
warm throughput"). The on-demand maximum is what they take at most, if one is set (API reference,
OnDemandThroughput); each of its two members is set and removed for itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from moto.dynamodb.exceptions import ValidationException
from moto.dynamodb.models.table import Table

Units = dict[str, int]

NEW_ON_DEMAND: Units = {"ReadUnitsPerSecond": 12_000, "WriteUnitsPerSecond": 4_000}
CAPACITY_OF = {
    "ReadUnitsPerSecond": "ReadCapacityUnits",
    "WriteUnitsPerSecond": "WriteCapacityUnits",
}
REMOVED = -1


@dataclass
class Limits:
    """By the index's name; None is the table itself."""

    warm: dict[str | None, Units] = field(default_factory=dict)
    maximum: dict[str | None, Units] = field(default_factory=dict)

    def check(self, request: dict[str, Any], billing_mode: str) -> None:
        """Refuse a CreateTable or UpdateTable request before anything is changed.

        Raises:
            ValidationException: warm throughput below what it is, or a maximum that cannot be.
        """
        mode = request.get("BillingMode", billing_mode)
        for name, asked in _subjects(request):
            present = self.warm.get(name) or _floor(asked.get("ProvisionedThroughput"), mode)
            for unit, value in asked.get("WarmThroughput", {}).items():
                if value < present[unit]:
                    raise ValidationException(
                        f"{unit} of {name or 'the table'} is {present[unit]} and cannot fall"
                        f" to {value}"
                    )
            for unit, value in asked.get("OnDemandThroughput", {}).items():
                if mode == "PROVISIONED":
                    raise ValidationException(f"{unit} is for BillingMode PAY_PER_REQUEST")
                if value < 1 and value != REMOVED:
                    raise ValidationException(f"{unit} must be 1 or more, or -1 for no maximum")

    def apply(self, request: dict[str, Any], table: Table) -> None:
        """Take over what a request asks for, once the table itself has been changed."""
        present: dict[str | None, Units] = {None: table.throughput}
        present |= {index.name: index.throughput for index in table.global_indexes}
        asked = dict(_subjects(request))
        mode = str(table.billing_mode)
        self.warm = {
            name: _highest(
                self.warm.get(name, {}),
                _floor(capacity, mode),
                asked.get(name, {}).get("WarmThroughput", {}),
            )
            for name, capacity in present.items()
        }
        maximums = {
            name: self.maximum.get(name, {}) | asked.get(name, {}).get("OnDemandThroughput", {})
            for name in present
            if mode == "PAY_PER_REQUEST"
        }
        self.maximum = {
            name: {unit: value for unit, value in maximum.items() if value != REMOVED}
            for name, maximum in maximums.items()
        }

    def describe(self, table: dict[str, Any]) -> None:
        """Write them into a TableDescription."""
        subjects = [(None, table)]
        subjects += [(index["IndexName"], index) for index in table["GlobalSecondaryIndexes"]]
        for name, subject in subjects:
            # moto describes an index that it has just created before apply has seen it.
            subject["WarmThroughput"] = {**self.warm.get(name, NEW_ON_DEMAND), "Status": "ACTIVE"}
            if maximum := self.maximum.get(name):
                subject["OnDemandThroughput"] = dict(maximum)


def _subjects(request: dict[str, Any]) -> Iterator[tuple[str | None, dict[str, Any]]]:
    yield None, request
    for index in request.get("GlobalSecondaryIndexes") or []:
        yield index["IndexName"], index
    for change in request.get("GlobalSecondaryIndexUpdates") or []:
        for body in change.values():
            yield body["IndexName"], body


def _floor(capacity: Units | None, billing_mode: str) -> Units:
    if billing_mode == "PAY_PER_REQUEST" or not capacity:
        return NEW_ON_DEMAND
    return {unit: capacity[name] for unit, name in CAPACITY_OF.items()}


def _highest(*figures: Units) -> Units:
    return {unit: max(each.get(unit, 0) for each in figures) for unit in NEW_ON_DEMAND}
