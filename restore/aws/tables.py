"""Tables, their restores and backups, and the pointer that names one."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

from restore.decide.overrides import overrides
from restore.facts import Backup, LiveTable, Origin, Window

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TableDescriptionTypeDef, WaiterConfigTypeDef

# Standard mode: botocore retries throttling, timeouts and 5xx with backoff, five times in all.
# An endpoint that is silent is given up within a minute; one minute for each try is the default.
CONFIG = Config(
    retries={"mode": "standard", "total_max_attempts": 5}, connect_timeout=5, read_timeout=10
)


_EVERY_SECOND: "WaiterConfigTypeDef" = {"Delay": 1, "MaxAttempts": 300}


_WITH_WINDOW = {"ACTIVE", "UPDATING"}


class Aws:
    """DynamoDB, SSM and STS of the account and region that boto3 finds."""

    def __init__(self) -> None:
        session = boto3.Session()
        self._dynamodb: DynamoDBClient = session.client("dynamodb", config=CONFIG)
        self._ssm = session.client("ssm", config=CONFIG)
        self._sts = session.client("sts", config=CONFIG)
        self.region = self._dynamodb.meta.region_name
        self.partition = self._dynamodb.meta.partition

    def account(self) -> str:
        return self._sts.get_caller_identity()["Account"]

    def table(self, name: str) -> LiveTable | None:
        """The table (DescribeTable, DescribeContinuousBackups), None where there is none."""
        description = self.description(name)
        if description is None:
            return None
        return LiveTable(
            name=name,
            arn=description["TableArn"],
            status=description["TableStatus"],
            origin=_origin(description),
            window=self.window(name) if description["TableStatus"] in _WITH_WINDOW else None,
            protected=description.get("DeletionProtectionEnabled", False),
            streaming=description.get("StreamSpecification", {}).get("StreamEnabled", False),
            replicas=tuple(each["RegionName"] for each in description.get("Replicas", ())),
        )

    def description(self, name: str) -> "TableDescriptionTypeDef | None":
        try:
            return self._dynamodb.describe_table(TableName=name)["Table"]
        except self._dynamodb.exceptions.ResourceNotFoundException:
            return None

    def window(self, name: str) -> Window | None:
        """The restore window, None where point-in-time recovery is off or the table is gone."""
        try:
            answer = self._dynamodb.describe_continuous_backups(TableName=name)
        except self._dynamodb.exceptions.TableNotFoundException:
            return None
        recovery = answer["ContinuousBackupsDescription"].get("PointInTimeRecoveryDescription", {})
        if recovery.get("PointInTimeRecoveryStatus") != "ENABLED":
            return None
        return Window(
            recovery["EarliestRestorableDateTime"].astimezone(UTC),
            recovery["LatestRestorableDateTime"].astimezone(UTC),
        )

    def system_backup(self, name: str) -> Backup | None:
        """The newest backup that the deletion of table `name` left behind (kept for 35 days)."""
        pages = self._dynamodb.get_paginator("list_backups").paginate(
            TableName=name, BackupType="SYSTEM"
        )
        found = [each for page in pages for each in page["BackupSummaries"]]
        usable = [each for each in found if each["BackupStatus"] == "AVAILABLE"]
        if not usable:
            return None
        newest = max(usable, key=lambda each: each["BackupCreationDateTime"])
        return Backup(
            newest["BackupArn"],
            newest["TableArn"],
            newest["BackupCreationDateTime"].astimezone(UTC),
        )

    def parameter(self, name: str) -> str | None:
        """The parameter's value, None where there is no such parameter."""
        try:
            return self._ssm.get_parameter(Name=name)["Parameter"]["Value"]
        except self._ssm.exceptions.ParameterNotFound:
            return None

    def parameter_changed(self, name: str) -> datetime | None:
        """When the parameter got its value, None where there is no such parameter."""
        try:
            parameter = self._ssm.get_parameter(Name=name)["Parameter"]
        except self._ssm.exceptions.ParameterNotFound:
            return None
        return parameter["LastModifiedDate"].astimezone(UTC)

    def has_policy(self, arn: str) -> bool:
        """Whether a resource policy is attached to the table (GetResourcePolicy)."""
        try:
            self._dynamodb.get_resource_policy(ResourceArn=arn)
        except self._dynamodb.exceptions.PolicyNotFoundException:
            return False
        return True

    def restore(self, source: str, target: str, at: datetime) -> None:
        """RestoreTableToPointInTime, with the source's capacity said explicitly.

        AWS contradicts itself on whether the capacity of now or of then is restored (API
        Reference against Developer Guide).
        """
        description = self.description(source)
        explicit: dict[str, Any] = overrides(description) if description else {}
        self._dynamodb.restore_table_to_point_in_time(
            SourceTableName=source, TargetTableName=target, RestoreDateTime=at, **explicit
        )

    def restore_backup(self, backup_arn: str, target: str) -> None:
        """RestoreTableFromBackup."""
        self._dynamodb.restore_table_from_backup(BackupArn=backup_arn, TargetTableName=target)

    def delete(self, name: str) -> None:
        """DeleteTable, its deletion protection turned off first."""
        description = self.description(name)
        if description and description.get("DeletionProtectionEnabled"):
            self._dynamodb.update_table(TableName=name, DeletionProtectionEnabled=False)
            # A table that is UPDATING cannot be deleted.
            self._dynamodb.get_waiter("table_exists").wait(
                TableName=name, WaiterConfig=_EVERY_SECOND
            )
        self._dynamodb.delete_table(TableName=name)


def _origin(description: "TableDescriptionTypeDef") -> Origin | None:
    summary = description.get("RestoreSummary")
    if summary is None:
        return None
    return Origin(
        source_arn=summary.get("SourceTableArn", ""),
        at=summary["RestoreDateTime"].astimezone(UTC),
        in_progress=summary["RestoreInProgress"],
        backup_arn=summary.get("SourceBackupArn"),
    )
