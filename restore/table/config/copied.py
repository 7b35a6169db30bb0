"""What a point-in-time restore copies, and what it loses: said here once, with the source.

Adopt, prepare, plan and verify all read this table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from restore.table.config.settings import TableSettings


@dataclass(frozen=True)
class Fate:
    """What becomes of a setting in a restore.

    Attributes:
        copied: A base setting, which the restored table has; otherwise an additional one.
        source: Where that is said.
    """

    copied: bool
    source: str


_API = "API Reference, RestoreTableToPointInTime"
_GUIDE = "Developer Guide, 'Restoring a table to a point in time'"
_UNSAID = "absent from what RestoreTableToPointInTime says that it copies"

FATES: Mapping[str, Fate] = {
    "hash_key": Fate(copied=True, source=_GUIDE),
    "range_key": Fate(copied=True, source=_GUIDE),
    "attributes": Fate(copied=True, source=_GUIDE),
    # The two pages contradict each other on whose capacity, so the restore names it.
    "billing_mode": Fate(copied=True, source=_API),
    "read_capacity": Fate(copied=True, source=_API),
    "write_capacity": Fate(copied=True, source=_API),
    "local_secondary_indexes": Fate(copied=True, source=_API),
    "global_secondary_indexes": Fate(copied=True, source=_API),
    "global_secondary_indexes.on_demand_throughput": Fate(copied=False, source=_UNSAID),
    "global_secondary_indexes.warm_throughput": Fate(
        copied=False, source="RestoreTableToPointInTime refuses it in an index override"
    ),
    "server_side_encryption": Fate(copied=True, source=_API),
    "on_demand_throughput": Fate(copied=False, source=_UNSAID),
    "warm_throughput": Fate(copied=False, source=_UNSAID),
    "table_class": Fate(copied=False, source=_UNSAID),
    "point_in_time_recovery": Fate(copied=False, source=_API),
    "ttl": Fate(copied=False, source=_API),
    "stream_enabled": Fate(copied=False, source=_API),
    "stream_view_type": Fate(copied=False, source=_API),
    "deletion_protection_enabled": Fate(copied=False, source=_UNSAID),
    "tags": Fate(copied=False, source=_API),
    "auto_scaling": Fate(copied=False, source=_API),
    "alarms": Fate(copied=False, source=_API),
    "resource_policy": Fate(copied=False, source="terraform-provider-aws#46797"),
    "kinesis_streaming_destination": Fate(copied=False, source=_UNSAID),
    "contributor_insights": Fate(copied=False, source=_UNSAID),
    "event_source_mappings": Fate(
        copied=False, source="Developer Guide, 'DynamoDB Streams': a new stream has a new ARN"
    ),
}
"""Setting, by its path in the stack config (snake_case) → what becomes of it."""


def base_settings(settings: TableSettings) -> dict[str, Any]:
    """The settings that a restored table has by itself, as pulumi-aws takes them."""
    return _copied(settings.model_dump(exclude_none=True), "")


def _copied(tree: Mapping[str, Any], above: str) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for key, value in tree.items():
        path = f"{above}{key}"
        if path in FATES and not FATES[path].copied:
            continue
        listed = isinstance(value, list) and any(name.startswith(f"{path}.") for name in FATES)
        kept[key] = [_copied(each, f"{path}.") for each in value] if listed else value
    return kept
