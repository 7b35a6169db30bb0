"""Backups: on demand, and the one that AWS makes when a table with PITR is deleted.

Developer guide, "Point-in-time backups for DynamoDB": such a table leaves a system backup named
table-name$DeletedTableBackup, kept for 35 days, with the items it had when it was deleted.
"""

from datetime import datetime, timedelta
from typing import Any

from moto.dynamodb.models.table import Backup

from sandbox.emulator.dynamodb.clock import as_datetime, as_seconds, clock
from sandbox.emulator.dynamodb.table import SandboxTable

SYSTEM_BACKUP_KEPT = timedelta(days=35)


class SandboxBackup(Backup):
    table: SandboxTable

    def __init__(self, name: str, table: SandboxTable, type_: str = "USER") -> None:
        super().__init__(table.account_id, table.region_name, name, table, type_=type_)
        self.table.recovery = None
        self.creation_date_time = as_datetime(clock.now())

    @property
    def expired(self) -> bool:
        return bool(self._expiry) and self._expiry["BackupExpiryDateTime"] <= as_datetime(
            clock.now()
        )

    @property
    def _expiry(self) -> dict[str, datetime]:
        if self.type != "SYSTEM":
            return {}
        return {"BackupExpiryDateTime": self.creation_date_time + SYSTEM_BACKUP_KEPT}

    @property
    def details(self) -> dict[str, Any]:
        return super().details | self._expiry

    @property
    def summary(self) -> dict[str, Any]:
        return super().summary | self._expiry | {"TableId": self.table.table_id}

    @property
    def description(self) -> dict[str, Any]:
        description = super().description
        table = description["SourceTableDetails"]
        table["BillingMode"] = self.table.billing_mode
        description["SourceTableFeatureDetails"] = {
            "GlobalSecondaryIndexes": table["GlobalSecondaryIndexes"],
            "LocalSecondaryIndexes": table["LocalSecondaryIndexes"],
            "StreamDescription": table.get("StreamSpecification"),
            "TimeToLiveDescription": self.table.ttl,
            "SSEDescription": table.get("SSEDescription"),
        }
        return description


def system_backup(table: SandboxTable) -> SandboxBackup:
    return SandboxBackup(f"{table.name}$DeletedTableBackup", table, "SYSTEM")


def select(backups: list[SandboxBackup], request: dict[str, Any]) -> dict[str, Any]:
    """Return the page of backups that a ListBackups request asks for.

    USER is the default type; the lower time is inclusive and the upper exclusive; a page has at
    most 100 (API reference, ListBackups).
    """
    type_ = request.get("BackupType", "USER")
    table = request.get("TableName")
    lower, upper = (
        as_seconds(request[name]) if name in request else default
        for name, default in (("TimeRangeLowerBound", 0.0), ("TimeRangeUpperBound", float("inf")))
    )
    found = [
        backup
        for backup in sorted(backups, key=lambda backup: backup.creation_date_time)
        if type_ in (backup.type, "ALL")
        and table in (None, backup.table.name, backup.table.table_arn)
        and lower <= backup.creation_date_time.timestamp() < upper
    ]
    if start := request.get("ExclusiveStartBackupArn"):
        arns = [backup.arn for backup in found]
        found = found[arns.index(start) + 1 :] if start in arns else []
    page = found[: request.get("Limit", 100)]
    answer: dict[str, Any] = {"BackupSummaries": [backup.summary for backup in page]}
    if len(page) < len(found):
        answer["LastEvaluatedBackupArn"] = page[-1].arn
    return answer
