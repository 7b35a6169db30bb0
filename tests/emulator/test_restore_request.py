"""What a restore answers, what it refuses, and how long the table is not there yet.

Written from AWS's documentation, one test a documented statement, each through boto3 over HTTP
against the emulator's process. The pages: the API reference's RestoreTableToPointInTime,
RestoreSummary, TableDescription, DeleteTable, UpdateTable, TagResource, UpdateContinuousBackups and
CreateBackup; the developer guide's "Restoring a DynamoDB table to a point in time".
"""

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.emulator.process import (
    KEYED_BY_ID,
    Emulator,
    arn,
    items,
    long_ago,
    next_second,
    put,
    recoverable_table,
    restore,
    turn_recovery,
    wait_until_active,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mypy_boto3_dynamodb import DynamoDBClient


@pytest.fixture
def creating(emulator: Emulator, dynamodb: "DynamoDBClient") -> "Iterator[str]":
    """Start a restore that takes an hour; return the table's name."""
    before = emulator.ask("GET", "/sandbox/settings")
    emulator.ask("PUT", "/sandbox/settings", {"restore_seconds": 3600})
    recoverable_table(dynamodb)
    put(dynamodb, "orders", "one")
    dynamodb.restore_table_to_point_in_time(
        SourceTableName="orders", TargetTableName="restored", UseLatestRestorableTime=True
    )
    yield "restored"
    emulator.ask("PUT", "/sandbox/settings", before)


def test_a_restore_answers_with_a_table_that_is_being_created(dynamodb: "DynamoDBClient") -> None:
    """API reference, RestoreSummary: the source's ARN, the asked time, in progress."""
    recoverable_table(dynamodb)
    point = next_second()

    answer = dynamodb.restore_table_to_point_in_time(
        SourceTableName="orders", TargetTableName="restored", RestoreDateTime=point
    )

    table = answer["TableDescription"]
    assert table["TableName"] == "restored"
    assert table["TableStatus"] == "CREATING"
    assert table["RestoreSummary"] == {
        "SourceTableArn": arn("orders"),
        "RestoreDateTime": point,
        "RestoreInProgress": True,
    }


def test_a_restored_table_becomes_active_and_remembers(dynamodb: "DynamoDBClient") -> None:
    """API reference, RestoreSummary: RestoreInProgress ends, the rest stays."""
    recoverable_table(dynamodb)
    point = next_second()

    table = restore(dynamodb, point)

    assert table["RestoreSummary"] == {
        "SourceTableArn": arn("orders"),
        "RestoreDateTime": point,
        "RestoreInProgress": False,
    }


def test_the_source_can_be_named_by_its_arn(dynamodb: "DynamoDBClient") -> None:
    """API reference, SourceTableArn."""
    recoverable_table(dynamodb)
    dynamodb.restore_table_to_point_in_time(
        SourceTableArn=arn("orders"), TargetTableName="restored", UseLatestRestorableTime=True
    )

    table = wait_until_active(dynamodb, "restored")

    assert table["RestoreSummary"]["SourceTableArn"] == arn("orders")


def test_a_table_can_be_restored_into_another_region(emulator: Emulator) -> None:
    """Guide: called where the new table shall be, with the source's ARN and the encryption."""
    here: DynamoDBClient = emulator.client("dynamodb", region="eu-west-1")
    there: DynamoDBClient = emulator.client("dynamodb", region="eu-central-1")
    recoverable_table(here)
    put(here, "orders", "one")
    next_second()
    request: Any = {
        "SourceTableArn": arn("orders", "eu-west-1"),
        "TargetTableName": "restored",
        "UseLatestRestorableTime": True,
    }

    with pytest.raises(there.exceptions.ClientError, match="SSESpecificationOverride"):
        there.restore_table_to_point_in_time(**request)
    there.restore_table_to_point_in_time(**request, SSESpecificationOverride={"Enabled": False})

    wait_until_active(there, "restored")
    assert set(items(there, "restored")) == {"one"}
    assert here.list_tables()["TableNames"] == ["orders"]


def test_no_such_source(dynamodb: "DynamoDBClient") -> None:
    """API reference: TableNotFoundException."""
    with pytest.raises(dynamodb.exceptions.TableNotFoundException):
        restore(dynamodb, source="nowhere")


def test_a_source_without_recovery(dynamodb: "DynamoDBClient") -> None:
    """API reference: PointInTimeRecoveryUnavailableException."""
    dynamodb.create_table(TableName="orders", **KEYED_BY_ID)

    with pytest.raises(dynamodb.exceptions.PointInTimeRecoveryUnavailableException):
        restore(dynamodb)


def test_a_target_that_exists(dynamodb: "DynamoDBClient") -> None:
    """API reference: TableAlreadyExistsException."""
    recoverable_table(dynamodb)

    with pytest.raises(dynamodb.exceptions.TableAlreadyExistsException):
        restore(dynamodb, target="orders")


@pytest.mark.usefixtures("creating")
def test_a_target_that_is_being_created(dynamodb: "DynamoDBClient") -> None:
    """API reference: TableInUseException. A second start must not pass for the first."""
    with pytest.raises(dynamodb.exceptions.TableInUseException):
        restore(dynamodb)


@pytest.mark.parametrize(
    "point",
    [
        pytest.param({}, id="no time"),
        pytest.param({"UseLatestRestorableTime": False}, id="not the latest and no other"),
        pytest.param(
            {"UseLatestRestorableTime": True, "RestoreDateTime": long_ago(days=0)}, id="both"
        ),
    ],
)
def test_one_time_must_be_asked_for(dynamodb: "DynamoDBClient", point: dict[str, Any]) -> None:
    """API reference: RestoreDateTime or UseLatestRestorableTime."""
    recoverable_table(dynamodb)

    with pytest.raises(dynamodb.exceptions.ClientError, match="ValidationException"):
        dynamodb.restore_table_to_point_in_time(
            SourceTableName="orders", TargetTableName="restored", **point
        )


def test_a_source_must_be_named(dynamodb: "DynamoDBClient") -> None:
    """API reference: SourceTableName or SourceTableArn."""
    with pytest.raises(dynamodb.exceptions.ClientError, match="ValidationException"):
        dynamodb.restore_table_to_point_in_time(
            TargetTableName="restored", UseLatestRestorableTime=True
        )


@pytest.mark.parametrize("name", ["a b", "ab", "x" * 256])
def test_an_illegal_target_name(dynamodb: "DynamoDBClient", name: str) -> None:
    """API reference, TargetTableName: pattern and length."""
    recoverable_table(dynamodb)

    with pytest.raises(dynamodb.exceptions.ClientError, match="ValidationException"):
        restore(dynamodb, target=name)


ITEM: Any = {"id": {"S": "one"}}
DATA_CALLS: "dict[str, Callable[[DynamoDBClient], Any]]" = {
    "GetItem": lambda client: client.get_item(TableName="restored", Key=ITEM),
    "PutItem": lambda client: client.put_item(TableName="restored", Item=ITEM),
    "Query": lambda client: client.query(
        TableName="restored",
        KeyConditionExpression="id = :id",
        ExpressionAttributeValues={":id": {"S": "one"}},
    ),
    "Scan": lambda client: client.scan(TableName="restored"),
    "UpdateItem": lambda client: client.update_item(TableName="restored", Key=ITEM),
    "DeleteItem": lambda client: client.delete_item(TableName="restored", Key=ITEM),
    "BatchGetItem": lambda client: client.batch_get_item(
        RequestItems={"restored": {"Keys": [ITEM]}}
    ),
    "BatchWriteItem": lambda client: client.batch_write_item(
        RequestItems={"restored": [{"PutRequest": {"Item": ITEM}}]}
    ),
    "TransactGetItems": lambda client: client.transact_get_items(
        TransactItems=[{"Get": {"TableName": "restored", "Key": ITEM}}]
    ),
    "TransactWriteItems": lambda client: client.transact_write_items(
        TransactItems=[{"Put": {"TableName": "restored", "Item": ITEM}}]
    ),
    "ExecuteStatement": lambda client: client.execute_statement(
        Statement='SELECT * FROM "restored"'
    ),
}


@pytest.mark.usefixtures("creating")
@pytest.mark.parametrize("call", DATA_CALLS.values(), ids=DATA_CALLS)
def test_items_cannot_be_reached_before_the_table_is_active(
    dynamodb: "DynamoDBClient", call: "Callable[[DynamoDBClient], Any]"
) -> None:
    """API reference, ResourceNotFoundException: the table's status might not be ACTIVE."""
    with pytest.raises(dynamodb.exceptions.ResourceNotFoundException):
        call(dynamodb)


def test_a_table_that_is_being_created_is_described(
    dynamodb: "DynamoDBClient", creating: str
) -> None:
    """API reference, TableStatus and IndexStatus: CREATING. There is no status of restoring."""
    table = dynamodb.describe_table(TableName=creating)["Table"]

    assert table["TableStatus"] == "CREATING"
    assert creating in dynamodb.list_tables()["TableNames"]


@pytest.mark.usefixtures("creating")
@pytest.mark.parametrize(
    ("operation", "request_", "error"),
    [
        ("delete_table", {}, "ResourceInUseException"),
        ("update_table", {"DeletionProtectionEnabled": True}, "ResourceInUseException"),
        (
            "update_time_to_live",
            {"TimeToLiveSpecification": {"Enabled": True, "AttributeName": "x"}},
            "ResourceInUseException",
        ),
        ("create_backup", {"BackupName": "now"}, "TableInUseException"),
        (
            "update_continuous_backups",
            {"PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True}},
            "ContinuousBackupsUnavailableException",
        ),
    ],
)
def test_a_table_that_is_being_created_cannot_be_changed(
    dynamodb: "DynamoDBClient", operation: str, request_: dict[str, Any], error: str
) -> None:
    """API reference, each operation's errors for a table in the CREATING state."""
    with pytest.raises(dynamodb.exceptions.ClientError) as refused:
        getattr(dynamodb, operation)(TableName="restored", **request_)

    assert refused.value.response["Error"]["Code"] == error


@pytest.mark.usefixtures("creating")
def test_a_table_that_is_being_created_cannot_be_tagged(dynamodb: "DynamoDBClient") -> None:
    """API reference, TagResource: ResourceInUseException."""
    with pytest.raises(dynamodb.exceptions.ResourceInUseException):
        dynamodb.tag_resource(ResourceArn=arn("restored"), Tags=[{"Key": "a", "Value": "b"}])


@pytest.mark.usefixtures("creating")
def test_the_source_works_on_during_a_restore(dynamodb: "DynamoDBClient") -> None:
    """Guide: a restore does not touch the source, and PITR there may even be turned off."""
    put(dynamodb, "orders", "two")
    turn_recovery(dynamodb, "orders", on=False)

    assert set(items(dynamodb, "orders")) == {"one", "two"}
