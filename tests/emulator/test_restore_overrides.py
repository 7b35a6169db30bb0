"""Which of a restored table's settings the restore itself can be given.

From the request parameters of the API reference's RestoreTableToPointInTime, one test a documented
statement.
"""

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.emulator.indexed import BY_NOTE, BY_STATE, CAPACITY, INDEXED, PROVISIONED, units
from tests.support.emulator.process import Emulator, recoverable_table, restore

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def attributes(table: Any) -> set[str]:
    return {attribute["AttributeName"] for attribute in table["AttributeDefinitions"]}


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
