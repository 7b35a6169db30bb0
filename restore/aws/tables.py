"""Tables, their restores and backups, and the pointer that names one."""

import json
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from restore.aws.account import Account
from restore.aws.lenient import DENIED
from restore.decide.overrides import overrides
from restore.model.facts import Backup, LiveTable, Origin, Window
from restore.model.provider import Place

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TableDescriptionTypeDef, WaiterConfigTypeDef
    from mypy_boto3_iam import IAMClient
    from mypy_boto3_ssm import SSMClient
    from mypy_boto3_sts import STSClient

_EVERY_SECOND: "WaiterConfigTypeDef" = {"Delay": 1, "MaxAttempts": 300}


_WITH_WINDOW = {"ACTIVE", "UPDATING"}


class Aws:
    """DynamoDB, SSM and STS of the stack's account and region."""

    def __init__(self, account: Account) -> None:
        self._account = account

    @cached_property
    def _dynamodb(self) -> "DynamoDBClient":
        client: DynamoDBClient = self._account.client("dynamodb")
        return client

    @cached_property
    def _iam(self) -> "IAMClient":
        client: IAMClient = self._account.client("iam")
        return client

    @cached_property
    def _ssm(self) -> "SSMClient":
        client: SSMClient = self._account.client("ssm")
        return client

    @property
    def region(self) -> str:
        return self._account.region.value

    @property
    def partition(self) -> str:
        return self._dynamodb.meta.partition

    def place(self) -> Place:
        """Where it looks (GetCallerIdentity)."""
        sts: STSClient = self._account.client("sts")
        account, it = sts.get_caller_identity()["Account"], self._account
        return Place(account, it.region, it.settings.identity)

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

    def system_backups(self, name: str) -> list[Backup]:
        """The backups that deletions of tables `name` left behind for 35 days, oldest first.

        ListBackups goes by the name: each table that had it left one of its own.
        """
        pages = self._dynamodb.get_paginator("list_backups").paginate(
            TableName=name, BackupType="SYSTEM"
        )
        found = [each for page in pages for each in page["BackupSummaries"]]
        usable = [
            Backup(
                each["BackupArn"],
                each["TableArn"],
                each["BackupCreationDateTime"].astimezone(UTC),
            )
            for each in found
            if each["BackupStatus"] == "AVAILABLE"
        ]
        return sorted(usable, key=lambda each: each.at)

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

    def policy(self, arn: str) -> str | None:
        """The document of the table's resource policy, None without one (GetResourcePolicy)."""
        try:
            return self._dynamodb.get_resource_policy(ResourceArn=arn)["Policy"]
        except self._dynamodb.exceptions.PolicyNotFoundException:
            return None

    def grant(self, arn: str) -> str | None:
        """The document of the managed policy, None without one (GetPolicy, GetPolicyVersion).

        Raises:
            PermissionError: nobody may look at it.
        """
        try:
            version = self._iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
            answer = self._iam.get_policy_version(PolicyArn=arn, VersionId=version)
        except self._iam.exceptions.NoSuchEntityException:
            return None
        except ClientError as error:
            if error.response["Error"]["Code"] in DENIED:
                raise PermissionError from error
            raise
        return json.dumps(answer["PolicyVersion"]["Document"])

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
