"""Backups on demand, and the one that a deleted table leaves.

Written from AWS's documentation, one test a documented statement, each through boto3 over HTTP
against the emulator's process. The pages: the API reference's CreateBackup, DescribeBackup,
ListBackups, DeleteBackup and RestoreTableFromBackup; the developer guide's "Point-in-time backups
for DynamoDB" and "Restoring a DynamoDB table from a backup".
"""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.emulator.process import (
    KEYED_BY_ID,
    arn,
    items,
    long_ago,
    put,
    recoverable_table,
    wait_until_active,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@pytest.fixture
def deleted(dynamodb: "DynamoDBClient") -> Any:
    """Delete a table that had PITR; return the summary of its system backup."""
    recoverable_table(dynamodb, SSESpecification={"Enabled": True})
    put(dynamodb, "orders", "one", state="good")
    dynamodb.delete_table(TableName="orders")
    [summary] = dynamodb.list_backups(BackupType="SYSTEM")["BackupSummaries"]
    return summary


def test_a_deleted_table_with_recovery_leaves_a_system_backup(deleted: Any) -> None:
    """Guide: named table-name$DeletedTableBackup and kept for 35 days."""
    assert deleted["BackupName"] == "orders$DeletedTableBackup"
    assert deleted["BackupType"] == "SYSTEM"
    assert deleted["BackupStatus"] == "AVAILABLE"
    assert deleted["TableName"] == "orders"
    kept = deleted["BackupExpiryDateTime"] - deleted["BackupCreationDateTime"]
    assert kept == timedelta(days=35)


def test_a_deleted_table_without_recovery_leaves_nothing(dynamodb: "DynamoDBClient") -> None:
    """Guide: only of a table with PITR."""
    dynamodb.create_table(TableName="orders", **KEYED_BY_ID)
    dynamodb.delete_table(TableName="orders")

    assert dynamodb.list_backups(BackupType="ALL")["BackupSummaries"] == []


def test_a_system_backup_brings_the_table_back(dynamodb: "DynamoDBClient", deleted: Any) -> None:
    """Guide: as the table was just before it was deleted. The last resort of a lost table."""
    answer = dynamodb.restore_table_from_backup(
        TargetTableName="restored", BackupArn=deleted["BackupArn"]
    )
    assert answer["TableDescription"]["TableStatus"] == "CREATING"
    assert answer["TableDescription"]["RestoreSummary"]["RestoreInProgress"] is True

    table = wait_until_active(dynamodb, "restored")

    assert items(dynamodb, "restored") == {"one": {"state": "good"}}
    assert table["RestoreSummary"] == {
        "SourceBackupArn": deleted["BackupArn"],
        "SourceTableArn": arn("orders"),
        "RestoreDateTime": deleted["BackupCreationDateTime"],
        "RestoreInProgress": False,
    }
    assert table["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"
    assert table["SSEDescription"]["Status"] == "ENABLED"


def test_a_table_can_be_restored_under_its_old_name(
    dynamodb: "DynamoDBClient", deleted: Any
) -> None:
    """API reference: TargetTableName need only be free."""
    dynamodb.restore_table_from_backup(TargetTableName="orders", BackupArn=deleted["BackupArn"])
    wait_until_active(dynamodb, "orders")

    assert items(dynamodb, "orders") == {"one": {"state": "good"}}


def test_backups_are_listed_by_type(dynamodb: "DynamoDBClient", deleted: Any) -> None:
    """API reference, BackupType: USER is the default, SYSTEM and ALL must be asked for."""
    dynamodb.create_table(TableName="others", **KEYED_BY_ID)
    own = dynamodb.create_backup(TableName="others", BackupName="own")["BackupDetails"]

    def listed(**request: Any) -> set[str]:
        found = dynamodb.list_backups(**request)["BackupSummaries"]
        return {backup["BackupArn"] for backup in found}

    assert listed() == listed(BackupType="USER") == {own["BackupArn"]}
    assert listed(BackupType="SYSTEM") == {deleted["BackupArn"]}
    assert listed(BackupType="ALL") == {own["BackupArn"], deleted["BackupArn"]}
    assert listed(BackupType="ALL", TableName="orders") == {deleted["BackupArn"]}


def test_backups_are_listed_by_time_and_page(dynamodb: "DynamoDBClient") -> None:
    """API reference: the lower bound is inclusive, the upper exclusive; pages follow on."""
    dynamodb.create_table(TableName="orders", **KEYED_BY_ID)
    names = ["first", "second", "third"]
    for name in names:
        dynamodb.create_backup(TableName="orders", BackupName=name)

    page = dynamodb.list_backups(Limit=2)
    rest = dynamodb.list_backups(ExclusiveStartBackupArn=page["LastEvaluatedBackupArn"])

    assert [backup["BackupName"] for backup in page["BackupSummaries"]] == names[:2]
    assert [backup["BackupName"] for backup in rest["BackupSummaries"]] == names[2:]
    assert "LastEvaluatedBackupArn" not in rest
    assert dynamodb.list_backups(TimeRangeLowerBound=long_ago(days=-1))["BackupSummaries"] == []
    assert dynamodb.list_backups(TimeRangeUpperBound=long_ago(days=1))["BackupSummaries"] == []


def test_a_backup_is_described(dynamodb: "DynamoDBClient", deleted: Any) -> None:
    """API reference, BackupDescription: the backup, its source and the source's features."""
    described = dynamodb.describe_backup(BackupArn=deleted["BackupArn"])["BackupDescription"]

    assert described["BackupDetails"]["BackupName"] == "orders$DeletedTableBackup"
    assert described["SourceTableDetails"]["TableName"] == "orders"
    assert described["SourceTableDetails"]["BillingMode"] == "PAY_PER_REQUEST"
    assert described["SourceTableFeatureDetails"]["SSEDescription"]["Status"] == "ENABLED"


def test_a_backup_keeps_the_items_of_its_moment(dynamodb: "DynamoDBClient") -> None:
    """Guide: a backup holds the table as it was when asked for."""
    dynamodb.create_table(TableName="orders", **KEYED_BY_ID)
    put(dynamodb, "orders", "one", state="good")
    backup = dynamodb.create_backup(TableName="orders", BackupName="now")["BackupDetails"]
    put(dynamodb, "orders", "one", state="bad")

    dynamodb.restore_table_from_backup(TargetTableName="restored", BackupArn=backup["BackupArn"])
    wait_until_active(dynamodb, "restored")

    assert items(dynamodb, "restored") == {"one": {"state": "good"}}


def test_overrides_hold_for_backups_too(dynamodb: "DynamoDBClient", deleted: Any) -> None:
    """API reference, RestoreTableFromBackup: the same overrides as to a point in time."""
    dynamodb.restore_table_from_backup(
        TargetTableName="restored",
        BackupArn=deleted["BackupArn"],
        BillingModeOverride="PROVISIONED",
        ProvisionedThroughputOverride={"ReadCapacityUnits": 2, "WriteCapacityUnits": 1},
        SSESpecificationOverride={"Enabled": False},
    )

    table = wait_until_active(dynamodb, "restored")

    assert table["ProvisionedThroughput"]["ReadCapacityUnits"] == 2
    assert "SSEDescription" not in table


def test_no_such_backup(dynamodb: "DynamoDBClient", deleted: Any) -> None:
    """API reference: BackupNotFoundException."""
    with pytest.raises(dynamodb.exceptions.BackupNotFoundException):
        dynamodb.restore_table_from_backup(
            TargetTableName="restored", BackupArn=deleted["BackupArn"] + "0"
        )


def test_a_backup_into_a_table_that_exists(dynamodb: "DynamoDBClient", deleted: Any) -> None:
    """API reference: TableAlreadyExistsException."""
    dynamodb.create_table(TableName="others", **KEYED_BY_ID)

    with pytest.raises(dynamodb.exceptions.TableAlreadyExistsException):
        dynamodb.restore_table_from_backup(TargetTableName="others", BackupArn=deleted["BackupArn"])


def test_a_backup_of_no_table(dynamodb: "DynamoDBClient") -> None:
    """API reference, CreateBackup: TableNotFoundException."""
    with pytest.raises(dynamodb.exceptions.TableNotFoundException):
        dynamodb.create_backup(TableName="nowhere", BackupName="now")


def test_a_deleted_backup_is_gone(dynamodb: "DynamoDBClient") -> None:
    """API reference, DeleteBackup."""
    dynamodb.create_table(TableName="orders", **KEYED_BY_ID)
    backup = dynamodb.create_backup(TableName="orders", BackupName="now")["BackupDetails"]
    dynamodb.delete_backup(BackupArn=backup["BackupArn"])

    with pytest.raises(dynamodb.exceptions.BackupNotFoundException):
        dynamodb.describe_backup(BackupArn=backup["BackupArn"])
