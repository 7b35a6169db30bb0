"""The replicas that make a table a global one. They are kept and shown; no table stands there.

API reference, UpdateTable's ReplicaUpdates and TableDescription's Replicas, which lists the other
regions.
"""

from typing import Any

from moto.dynamodb.exceptions import ValidationException
from moto.dynamodb.models.table import Table

VERSION = "2019.11.21"


def changed(regions: list[str], request: dict[str, Any], table: Table) -> list[str]:
    """Return the regions of a table's replicas after an UpdateTable request.

    Raises:
        ValidationException: a replica that is there already, or that is not there.
    """
    after = list(regions)
    for update in request.get("ReplicaUpdates") or []:
        for kind, replica in update.items():
            region = replica["RegionName"]
            present = region in (table.region_name, *after)
            if present == (kind == "Create") or region == table.region_name:
                raise ValidationException(f"Cannot {kind.lower()} replica {region} of {table.name}")
            if kind == "Create":
                after.append(region)
            elif kind == "Delete":
                after.remove(region)
    return after


def described(regions: list[str]) -> dict[str, Any]:
    """Return the members of a TableDescription, none where the table is no global one."""
    if not regions:
        return {}
    replicas = [{"RegionName": region, "ReplicaStatus": "ACTIVE"} for region in regions]
    return {"GlobalTableVersion": VERSION, "Replicas": replicas}
