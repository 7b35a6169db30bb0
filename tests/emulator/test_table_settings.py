"""Settings that the AWS provider makes and reads, and that stock moto lacks or ignores.

Written from AWS's documentation, one test a documented statement, each through boto3 over HTTP
against the emulator's process. The pages: the API reference's UpdateTable, DeleteTable,
UpdateTimeToLive, TagResource, …KinesisStreamingDestination and PutResourcePolicy. Settings with
more to them have files of their own.
"""

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.emulator.process import ACCOUNT, KEYED_BY_ID, REGION, Emulator, arn, put

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

STREAM = f"arn:aws:kinesis:{REGION}:{ACCOUNT}:stream/changes"


@pytest.fixture
def orders(dynamodb: "DynamoDBClient") -> str:
    dynamodb.create_table(TableName="orders", **KEYED_BY_ID)
    return "orders"


def described(dynamodb: "DynamoDBClient") -> Any:
    return dynamodb.describe_table(TableName="orders")["Table"]


def test_encryption_can_be_changed(dynamodb: "DynamoDBClient", orders: str) -> None:
    """API reference, SSESpecification: no key named means the AWS-managed one."""
    dynamodb.update_table(TableName=orders, SSESpecification={"Enabled": True, "SSEType": "KMS"})
    encryption = described(dynamodb)["SSEDescription"]
    assert encryption["Status"] == "ENABLED"
    assert encryption["SSEType"] == "KMS"
    assert encryption["KMSMasterKeyArn"].startswith(f"arn:aws:kms:{REGION}:{ACCOUNT}:key/")

    dynamodb.update_table(TableName=orders, SSESpecification={"Enabled": False})
    assert "SSEDescription" not in described(dynamodb)


def test_the_managed_key_is_one_and_has_its_alias(
    emulator: Emulator, dynamodb: "DynamoDBClient", orders: str
) -> None:
    """KMS guide: AWS-managed keys are the account's, under alias/aws/service."""
    dynamodb.update_table(TableName=orders, SSESpecification={"Enabled": True})
    key = emulator.client("kms").describe_key(KeyId="alias/aws/dynamodb")["KeyMetadata"]

    assert described(dynamodb)["SSEDescription"]["KMSMasterKeyArn"] == key["Arn"]


def test_the_table_class_can_be_changed(dynamodb: "DynamoDBClient", orders: str) -> None:
    """API reference, TableClass."""
    dynamodb.update_table(TableName=orders, TableClass="STANDARD_INFREQUENT_ACCESS")

    summary = described(dynamodb)["TableClassSummary"]
    assert summary["TableClass"] == "STANDARD_INFREQUENT_ACCESS"


def test_a_table_on_demand_shows_no_capacity(dynamodb: "DynamoDBClient") -> None:
    """API reference, BillingMode: a change to on-demand ends provisioned capacity."""
    dynamodb.create_table(
        TableName="orders",
        **KEYED_BY_ID
        | {
            "BillingMode": "PROVISIONED",
            "ProvisionedThroughput": {"ReadCapacityUnits": 5, "WriteCapacityUnits": 5},
        },
    )
    dynamodb.update_table(TableName="orders", BillingMode="PAY_PER_REQUEST")

    table = described(dynamodb)
    assert table["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"
    assert table["ProvisionedThroughput"]["ReadCapacityUnits"] == 0


def test_a_stream_can_be_turned_off_and_on_with_another_view(
    dynamodb: "DynamoDBClient", orders: str
) -> None:
    """API reference, StreamSpecification: a change of view needs a new stream."""
    for view in ("NEW_IMAGE", "KEYS_ONLY"):
        specification: Any = {"StreamEnabled": True, "StreamViewType": view}
        dynamodb.update_table(TableName=orders, StreamSpecification=specification)
        assert described(dynamodb)["StreamSpecification"] == specification
        with pytest.raises(dynamodb.exceptions.ClientError, match="ValidationException"):
            dynamodb.update_table(TableName=orders, StreamSpecification=specification)
        dynamodb.update_table(TableName=orders, StreamSpecification={"StreamEnabled": False})
        assert "StreamSpecification" not in described(dynamodb)


def test_a_protected_table_cannot_be_deleted(dynamodb: "DynamoDBClient", orders: str) -> None:
    """API reference, DeletionProtectionEnabled: ValidationException until it is turned off."""
    dynamodb.update_table(TableName=orders, DeletionProtectionEnabled=True)
    with pytest.raises(dynamodb.exceptions.ClientError, match="ValidationException"):
        dynamodb.delete_table(TableName=orders)

    dynamodb.update_table(TableName=orders, DeletionProtectionEnabled=False)
    assert dynamodb.delete_table(TableName=orders)["TableDescription"]["TableStatus"] == "DELETING"
    with pytest.raises(dynamodb.exceptions.ResourceNotFoundException):
        described(dynamodb)


def test_ttl_turned_off_forgets_its_attribute(dynamodb: "DynamoDBClient", orders: str) -> None:
    """API reference, TimeToLiveDescription: the attribute belongs to a TTL that is on."""
    for enabled in (True, False):
        dynamodb.update_time_to_live(
            TableName=orders,
            TimeToLiveSpecification={"Enabled": enabled, "AttributeName": "expires"},
        )

    ttl = dynamodb.describe_time_to_live(TableName=orders)["TimeToLiveDescription"]
    assert ttl == {"TimeToLiveStatus": "DISABLED"}


@pytest.mark.parametrize("expiry", ["4102444800", "1", "not a number"])
def test_ttl_leaves_what_has_not_expired(
    dynamodb: "DynamoDBClient", orders: str, expiry: str
) -> None:
    """Guide, TTL: the future, more than five years past, and anything but a number stay."""
    value: Any = {"N": expiry} if expiry.isdigit() else {"S": expiry}
    dynamodb.put_item(TableName=orders, Item={"id": {"S": "one"}, "expires": value})
    dynamodb.update_time_to_live(
        TableName=orders,
        TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires"},
    )

    assert dynamodb.scan(TableName=orders)["Count"] == 1


def test_a_tag_is_overwritten(dynamodb: "DynamoDBClient", orders: str) -> None:
    """API reference, Tag: a table has one tag of a key."""
    for value in ("shop", "payments"):
        dynamodb.tag_resource(ResourceArn=arn(orders), Tags=[{"Key": "team", "Value": value}])

    tags = dynamodb.list_tags_of_resource(ResourceArn=arn(orders))["Tags"]
    assert tags == [{"Key": "team", "Value": "payments"}]


def test_a_kinesis_destination_comes_and_goes(dynamodb: "DynamoDBClient", orders: str) -> None:
    """API reference: ENABLING, ACTIVE, DISABLING, and it stays listed as DISABLED."""

    def destinations() -> list[Any]:
        found: Any = dynamodb.describe_kinesis_streaming_destination(TableName=orders)
        return [
            (each["DestinationStatus"], each["ApproximateCreationDateTimePrecision"])
            for each in found["KinesisDataStreamDestinations"]
        ]

    answer = dynamodb.enable_kinesis_streaming_destination(TableName=orders, StreamArn=STREAM)
    assert answer["DestinationStatus"] == "ENABLING"
    assert destinations() == [("ACTIVE", "MILLISECOND")]
    with pytest.raises(dynamodb.exceptions.ResourceInUseException):
        dynamodb.enable_kinesis_streaming_destination(TableName=orders, StreamArn=STREAM)

    dynamodb.update_kinesis_streaming_destination(
        TableName=orders,
        StreamArn=STREAM,
        UpdateKinesisStreamingConfiguration={"ApproximateCreationDateTimePrecision": "MICROSECOND"},
    )
    assert destinations() == [("ACTIVE", "MICROSECOND")]

    stopped = dynamodb.disable_kinesis_streaming_destination(TableName=orders, StreamArn=STREAM)
    assert stopped["DestinationStatus"] == "DISABLING"
    assert destinations() == [("DISABLED", "MICROSECOND")]
    with pytest.raises(dynamodb.exceptions.ResourceNotFoundException):
        dynamodb.disable_kinesis_streaming_destination(TableName=orders, StreamArn=STREAM)


def test_a_new_table_can_have_every_setting_at_once(dynamodb: "DynamoDBClient") -> None:
    """API reference, CreateTable: the same settings as UpdateTable, and a resource policy."""
    policy = json.dumps({"Version": "2012-10-17", "Statement": []})
    maximum: Any = {"MaxReadRequestUnits": 50, "MaxWriteRequestUnits": 40}
    dynamodb.create_table(
        TableName="orders",
        TableClass="STANDARD_INFREQUENT_ACCESS",
        OnDemandThroughput=maximum,
        ResourcePolicy=policy,
        **KEYED_BY_ID,
    )

    table = described(dynamodb)
    assert table["TableClassSummary"]["TableClass"] == "STANDARD_INFREQUENT_ACCESS"
    assert table["OnDemandThroughput"] == maximum
    assert dynamodb.get_resource_policy(ResourceArn=arn("orders"))["Policy"] == policy


def test_an_index_that_is_not_there_cannot_be_deleted(
    dynamodb: "DynamoDBClient", orders: str
) -> None:
    """API reference, GlobalSecondaryIndexUpdates: an error of the caller's, not the service's."""
    put(dynamodb, orders, "one")
    with pytest.raises(dynamodb.exceptions.ClientError, match="ValidationException"):
        dynamodb.update_table(
            TableName=orders,
            GlobalSecondaryIndexUpdates=[{"Delete": {"IndexName": "nowhere"}}],
        )
