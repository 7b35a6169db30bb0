"""Which settings a restored table has when nothing is overridden.

From the API reference's RestoreTableToPointInTime and the developer guide's "Restoring a DynamoDB
table to a point in time"; where they contradict each other on capacity, this follows the API
reference: the source's settings at the time of the call. That a resource policy, deletion
protection, table class, on-demand maximum, warm throughput, Kinesis destinations and Contributor
Insights are not copied is known from their users, not from a page.
"""

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.emulator.indexed import (
    BY_NOTE,
    BY_STATE,
    CAPACITY,
    INDEX_CAPACITY,
    INDEXED,
    PROVISIONED,
    units,
)
from tests.support.emulator.process import (
    ACCOUNT,
    REGION,
    Emulator,
    arn,
    recoverable_table,
    restore,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def shape(index: Any) -> Any:
    return {name: index[name] for name in ("IndexName", "KeySchema", "Projection")}


def test_keys_and_indexes_are_copied(dynamodb: "DynamoDBClient") -> None:
    """API reference: keys, global and local secondary indexes."""
    recoverable_table(dynamodb, **INDEXED)

    table = restore(dynamodb)

    assert table["KeySchema"] == INDEXED["KeySchema"]
    assert table["AttributeDefinitions"] == INDEXED["AttributeDefinitions"]
    assert [shape(index) for index in table["GlobalSecondaryIndexes"]] == [BY_STATE]
    assert [shape(index) for index in table["LocalSecondaryIndexes"]] == [BY_NOTE]


def test_restored_indexes_can_be_queried(dynamodb: "DynamoDBClient") -> None:
    """Guide: indexes are rebuilt with the table."""
    recoverable_table(dynamodb, **INDEXED)
    item: Any = {name: {"S": "x"} for name in ("id", "at", "state", "note")}
    dynamodb.put_item(TableName="orders", Item=item)
    dynamodb.create_backup(TableName="orders", BackupName="now")
    backup = dynamodb.list_backups()["BackupSummaries"][0]["BackupArn"]
    dynamodb.restore_table_from_backup(TargetTableName="restored", BackupArn=backup)
    dynamodb.get_waiter("table_exists").wait(
        TableName="restored", WaiterConfig={"Delay": 1, "MaxAttempts": 10}
    )

    found = dynamodb.query(
        TableName="restored",
        IndexName="by-state",
        KeyConditionExpression="#s = :x",
        ExpressionAttributeNames={"#s": "state"},
        ExpressionAttributeValues={":x": {"S": "x"}},
    )

    assert found["Items"] == [item]


def test_on_demand_billing_is_copied(dynamodb: "DynamoDBClient") -> None:
    """API reference: billing mode. Warm throughput is that of a new on-demand table."""
    recoverable_table(dynamodb)

    table = restore(dynamodb)

    assert table["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"
    assert units(table) == {"ReadCapacityUnits": 0, "WriteCapacityUnits": 0}
    assert table["WarmThroughput"]["ReadUnitsPerSecond"] == 12_000
    assert table["WarmThroughput"]["WriteUnitsPerSecond"] == 4_000


def test_provisioned_capacity_is_copied(dynamodb: "DynamoDBClient") -> None:
    """API reference: provisioned capacity, of the table and of its indexes."""
    recoverable_table(dynamodb, **PROVISIONED)

    table = restore(dynamodb)

    assert table["BillingModeSummary"]["BillingMode"] == "PROVISIONED"
    assert units(table) == CAPACITY
    assert units(table["GlobalSecondaryIndexes"][0]) == INDEX_CAPACITY


def test_capacity_is_that_of_the_time_of_the_call(dynamodb: "DynamoDBClient") -> None:
    """API reference: the current settings of the source. The guide says otherwise."""
    recoverable_table(dynamodb, **PROVISIONED)
    raised: Any = {"ReadCapacityUnits": 9, "WriteCapacityUnits": 9}
    dynamodb.update_table(TableName="orders", ProvisionedThroughput=raised)

    assert units(restore(dynamodb)) == raised


def test_encryption_is_copied(dynamodb: "DynamoDBClient") -> None:
    """API reference: encryption settings."""
    recoverable_table(dynamodb, SSESpecification={"Enabled": True, "SSEType": "KMS"})
    source = dynamodb.describe_table(TableName="orders")["Table"]["SSEDescription"]

    assert restore(dynamodb)["SSEDescription"] == source
    assert source["Status"] == "ENABLED"


def test_the_aws_owned_key_is_not_shown(dynamodb: "DynamoDBClient") -> None:
    """API reference, SSEDescription: absent where the AWS-owned key encrypts."""
    recoverable_table(dynamodb)

    assert "SSEDescription" not in restore(dynamodb)


def test_tags_stream_ttl_and_recovery_are_not_copied(dynamodb: "DynamoDBClient") -> None:
    """API reference: what must be set up by hand on the restored table."""
    recoverable_table(
        dynamodb,
        Tags=[{"Key": "team", "Value": "shop"}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
    )
    dynamodb.update_time_to_live(
        TableName="orders", TimeToLiveSpecification={"Enabled": True, "AttributeName": "x"}
    )

    table = restore(dynamodb)

    assert "StreamSpecification" not in table
    assert "LatestStreamArn" not in table
    assert dynamodb.list_tags_of_resource(ResourceArn=arn("restored"))["Tags"] == []
    ttl = dynamodb.describe_time_to_live(TableName="restored")["TimeToLiveDescription"]
    assert ttl == {"TimeToLiveStatus": "DISABLED"}
    backups = dynamodb.describe_continuous_backups(TableName="restored")
    assert backups["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"] == {
        "PointInTimeRecoveryStatus": "DISABLED"
    }


def test_auto_scaling_is_not_copied(emulator: Emulator, dynamodb: "DynamoDBClient") -> None:
    """API reference: auto scaling policies."""
    recoverable_table(dynamodb, **PROVISIONED)
    scaling = emulator.client("application-autoscaling")
    scaling.register_scalable_target(
        ServiceNamespace="dynamodb",
        ResourceId="table/orders",
        ScalableDimension="dynamodb:table:ReadCapacityUnits",
        MinCapacity=1,
        MaxCapacity=10,
    )

    restore(dynamodb)

    targets = scaling.describe_scalable_targets(ServiceNamespace="dynamodb")["ScalableTargets"]
    assert [target["ResourceId"] for target in targets] == ["table/orders"]


def test_what_no_page_lists_is_not_copied_either(dynamodb: "DynamoDBClient") -> None:
    """Known from users' threads (terraform-provider-aws#46797 for the policy)."""
    recoverable_table(
        dynamodb,
        DeletionProtectionEnabled=True,
        TableClass="STANDARD_INFREQUENT_ACCESS",
        OnDemandThroughput={"MaxReadRequestUnits": 5, "MaxWriteRequestUnits": 5},
        WarmThroughput={"ReadUnitsPerSecond": 20_000, "WriteUnitsPerSecond": 10_000},
    )
    policy = {"Version": "2012-10-17", "Statement": []}
    dynamodb.put_resource_policy(ResourceArn=arn("orders"), Policy=json.dumps(policy))
    stream = f"arn:aws:kinesis:{REGION}:{ACCOUNT}:stream/changes"
    dynamodb.enable_kinesis_streaming_destination(TableName="orders", StreamArn=stream)
    dynamodb.update_contributor_insights(TableName="orders", ContributorInsightsAction="ENABLE")

    table = restore(dynamodb)

    assert table["DeletionProtectionEnabled"] is False
    assert "TableClassSummary" not in table
    assert "OnDemandThroughput" not in table
    assert table["WarmThroughput"]["ReadUnitsPerSecond"] == 12_000
    with pytest.raises(dynamodb.exceptions.PolicyNotFoundException):
        dynamodb.get_resource_policy(ResourceArn=arn("restored"))
    destinations = dynamodb.describe_kinesis_streaming_destination(TableName="restored")
    assert destinations["KinesisDataStreamDestinations"] == []
    insights = dynamodb.describe_contributor_insights(TableName="restored")
    assert insights["ContributorInsightsStatus"] == "DISABLED"
