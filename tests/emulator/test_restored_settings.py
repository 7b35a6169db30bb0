"""Which settings a restored table has.

Written from AWS's documentation, one test a documented statement, each through boto3 over HTTP
against the emulator's process. The pages: the API reference's RestoreTableToPointInTime and its
request parameters; the developer guide's "Restoring a DynamoDB table to a point in time". Where
AWS's pages contradict each other on capacity, this follows the API reference: the source's settings
at the time of the call. That a resource policy, deletion protection, table class, on-demand
maximum, warm throughput, Kinesis destinations and Contributor Insights are not copied is known from
their users, not from a page.
"""

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.emulator.support import ACCOUNT, REGION, Emulator, arn, recoverable_table, restore

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

CAPACITY = {"ReadCapacityUnits": 7, "WriteCapacityUnits": 3}
INDEX_CAPACITY = {"ReadCapacityUnits": 5, "WriteCapacityUnits": 2}
BY_STATE: Any = {
    "IndexName": "by-state",
    "KeySchema": [{"AttributeName": "state", "KeyType": "HASH"}],
    "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["note"]},
}
BY_NOTE: Any = {
    "IndexName": "by-note",
    "KeySchema": [
        {"AttributeName": "id", "KeyType": "HASH"},
        {"AttributeName": "note", "KeyType": "RANGE"},
    ],
    "Projection": {"ProjectionType": "KEYS_ONLY"},
}
INDEXED: Any = {
    "KeySchema": [
        {"AttributeName": "id", "KeyType": "HASH"},
        {"AttributeName": "at", "KeyType": "RANGE"},
    ],
    "AttributeDefinitions": [
        {"AttributeName": name, "AttributeType": "S"} for name in ("id", "at", "state", "note")
    ],
    "GlobalSecondaryIndexes": [BY_STATE],
    "LocalSecondaryIndexes": [BY_NOTE],
}
PROVISIONED: Any = INDEXED | {
    "BillingMode": "PROVISIONED",
    "ProvisionedThroughput": CAPACITY,
    "GlobalSecondaryIndexes": [{**BY_STATE, "ProvisionedThroughput": INDEX_CAPACITY}],
}


def units(described: Any) -> dict[str, int]:
    return {name: described["ProvisionedThroughput"][name] for name in CAPACITY}


def shape(index: Any) -> Any:
    return {name: index[name] for name in ("IndexName", "KeySchema", "Projection")}


def attributes(table: Any) -> set[str]:
    return {attribute["AttributeName"] for attribute in table["AttributeDefinitions"]}


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


def test_billing_can_be_overridden_to_on_demand(dynamodb: "DynamoDBClient") -> None:
    """API reference, BillingModeOverride."""
    recoverable_table(dynamodb, **PROVISIONED)

    table = restore(dynamodb, BillingModeOverride="PAY_PER_REQUEST")

    assert table["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"
    assert units(table) == {"ReadCapacityUnits": 0, "WriteCapacityUnits": 0}
    assert units(table["GlobalSecondaryIndexes"][0]) == units(table)


def test_billing_can_be_overridden_to_provisioned(dynamodb: "DynamoDBClient") -> None:
    """API reference, BillingModeOverride with ProvisionedThroughputOverride."""
    recoverable_table(dynamodb)

    table = restore(
        dynamodb, BillingModeOverride="PROVISIONED", ProvisionedThroughputOverride=CAPACITY
    )

    assert table["BillingModeSummary"]["BillingMode"] == "PROVISIONED"
    assert units(table) == CAPACITY


def test_capacity_can_be_overridden(dynamodb: "DynamoDBClient") -> None:
    """API reference, ProvisionedThroughputOverride and an index's own."""
    recoverable_table(dynamodb, **PROVISIONED)
    more = {"ReadCapacityUnits": 50, "WriteCapacityUnits": 40}

    table = restore(
        dynamodb,
        ProvisionedThroughputOverride=more,
        GlobalSecondaryIndexOverride=[{**BY_STATE, "ProvisionedThroughput": CAPACITY}],
    )

    assert units(table) == more
    assert units(table["GlobalSecondaryIndexes"][0]) == CAPACITY


def test_an_on_demand_maximum_can_be_given(dynamodb: "DynamoDBClient") -> None:
    """API reference, OnDemandThroughputOverride."""
    recoverable_table(dynamodb)
    maximum = {"MaxReadRequestUnits": 50, "MaxWriteRequestUnits": 40}

    assert restore(dynamodb, OnDemandThroughputOverride=maximum)["OnDemandThroughput"] == maximum


def test_indexes_can_be_left_out(dynamodb: "DynamoDBClient") -> None:
    """API reference: some or all of the indexes. An attribute no key uses goes with them."""
    recoverable_table(dynamodb, **INDEXED)

    table = restore(dynamodb, GlobalSecondaryIndexOverride=[], LocalSecondaryIndexOverride=[])

    assert table.get("GlobalSecondaryIndexes", []) == []
    assert table.get("LocalSecondaryIndexes", []) == []
    assert attributes(table) == {"id", "at"}


def test_encryption_can_be_overridden(emulator: Emulator, dynamodb: "DynamoDBClient") -> None:
    """API reference, SSESpecificationOverride: a key of one's own, shown by its ARN."""
    recoverable_table(dynamodb)
    kms = emulator.client("kms")
    key = kms.create_key()["KeyMetadata"]
    kms.create_alias(AliasName="alias/orders", TargetKeyId=key["KeyId"])

    for number, name in enumerate((key["KeyId"], key["Arn"], "alias/orders")):
        table = restore(
            dynamodb,
            target=f"restored-{number}",
            SSESpecificationOverride={"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": name},
        )
        assert table["SSEDescription"]["KMSMasterKeyArn"] == key["Arn"]


@pytest.mark.parametrize(
    "overrides",
    [
        pytest.param(
            {"GlobalSecondaryIndexOverride": [{**BY_STATE, "IndexName": "another"}]},
            id="an index the source lacks",
        ),
        pytest.param(
            {
                "GlobalSecondaryIndexOverride": [
                    {**BY_STATE, "Projection": {"ProjectionType": "ALL"}}
                ]
            },
            id="an index with another projection",
        ),
        pytest.param(
            {"LocalSecondaryIndexOverride": [{**BY_NOTE, "IndexName": "another"}]},
            id="a local index the source lacks",
        ),
        pytest.param(
            {
                "GlobalSecondaryIndexOverride": [
                    {**BY_STATE, "WarmThroughput": {"ReadUnitsPerSecond": 20_000}}
                ]
            },
            id="warm throughput of an index",
        ),
        pytest.param({"ProvisionedThroughputOverride": CAPACITY}, id="capacity while on demand"),
        pytest.param({"BillingModeOverride": "PROVISIONED"}, id="provisioned with no capacity"),
        pytest.param(
            {
                "BillingModeOverride": "PROVISIONED",
                "ProvisionedThroughputOverride": CAPACITY,
            },
            id="provisioned with no capacity for an index",
        ),
        pytest.param(
            {"SSESpecificationOverride": {"Enabled": True, "KMSMasterKeyId": "alias/nowhere"}},
            id="a key that is not there",
        ),
    ],
)
def test_an_override_that_does_not_fit_is_refused(
    dynamodb: "DynamoDBClient", overrides: dict[str, Any]
) -> None:
    """API reference: indexes must match the source's; ValidationException for the rest."""
    recoverable_table(dynamodb, **INDEXED)

    with pytest.raises(dynamodb.exceptions.ClientError, match="ValidationException"):
        restore(dynamodb, **overrides)
    assert dynamodb.list_tables()["TableNames"] == ["orders"]
