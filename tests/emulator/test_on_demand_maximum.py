"""The most that an on-demand table and its indexes take.

Written from AWS's documentation, one test a documented statement, each through boto3 over HTTP
against the emulator's process. The pages: the API reference's OnDemandThroughput,
UpdateGlobalSecondaryIndexAction and RestoreTableToPointInTime; the developer guide's "DynamoDB
maximum throughput for on-demand tables". That a removed maximum is not shown any more, and that a
member left out stays as it is, is what AWS was seen to do.
"""

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.emulator.process import KEYED_BY_ID, recoverable_table, restore

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

BY_STATE: Any = {
    "IndexName": "by-state",
    "KeySchema": [{"AttributeName": "state", "KeyType": "HASH"}],
    "Projection": {"ProjectionType": "ALL"},
}
INDEXED: Any = {
    **KEYED_BY_ID,
    "AttributeDefinitions": [
        {"AttributeName": name, "AttributeType": "S"} for name in ("id", "state")
    ],
}


def units(reads: int, writes: int) -> Any:
    return {"MaxReadRequestUnits": reads, "MaxWriteRequestUnits": writes}


@pytest.fixture
def orders(dynamodb: "DynamoDBClient") -> str:
    return recoverable_table(
        dynamodb,
        OnDemandThroughput=units(50, 40),
        GlobalSecondaryIndexes=[{**BY_STATE, "OnDemandThroughput": units(30, 20)}],
        **INDEXED,
    )


def maximums(dynamodb: "DynamoDBClient", name: str = "orders") -> tuple[Any, Any]:
    table = dynamodb.describe_table(TableName=name)["Table"]
    index = table["GlobalSecondaryIndexes"][0]
    return table.get("OnDemandThroughput"), index.get("OnDemandThroughput")


def change_index(dynamodb: "DynamoDBClient", maximum: Any) -> None:
    change: Any = {"IndexName": "by-state", "OnDemandThroughput": maximum}
    dynamodb.update_table(TableName="orders", GlobalSecondaryIndexUpdates=[{"Update": change}])


@pytest.mark.usefixtures("orders")
def test_a_table_and_its_indexes_can_be_made_with_one(dynamodb: "DynamoDBClient") -> None:
    """API reference, CreateTable."""
    assert maximums(dynamodb) == (units(50, 40), units(30, 20))


def test_none_is_shown_where_none_is_set(dynamodb: "DynamoDBClient") -> None:
    """Guide: a maximum is optional."""
    recoverable_table(dynamodb, GlobalSecondaryIndexes=[BY_STATE], **INDEXED)

    assert maximums(dynamodb) == (None, None)


def test_it_can_be_changed(dynamodb: "DynamoDBClient", orders: str) -> None:
    """API reference, UpdateTable; an index has its own, in GlobalSecondaryIndexUpdates."""
    dynamodb.update_table(TableName=orders, OnDemandThroughput=units(60, 10))
    change_index(dynamodb, {"MaxReadRequestUnits": 31})

    assert maximums(dynamodb) == (units(60, 10), units(31, 20))


def test_minus_one_removes_it(dynamodb: "DynamoDBClient", orders: str) -> None:
    """API reference, OnDemandThroughput: -1, for reads and for writes."""
    dynamodb.update_table(TableName=orders, OnDemandThroughput={"MaxReadRequestUnits": -1})
    change_index(dynamodb, units(-1, -1))
    assert maximums(dynamodb) == ({"MaxWriteRequestUnits": 40}, None)

    dynamodb.update_table(TableName=orders, OnDemandThroughput=units(-1, -1))
    dynamodb.update_table(TableName=orders, OnDemandThroughput=units(-1, -1))
    assert maximums(dynamodb) == (None, None)


@pytest.mark.parametrize("wrong", [0, -2])
def test_it_is_one_at_least(dynamodb: "DynamoDBClient", orders: str, wrong: int) -> None:
    """API reference, OnDemandThroughput: greater than or equal to 1."""
    refused = pytest.raises(dynamodb.exceptions.ClientError, match="ValidationException")
    with refused:
        dynamodb.update_table(TableName=orders, OnDemandThroughput=units(wrong, 10))
    with refused:
        change_index(dynamodb, units(10, wrong))

    assert maximums(dynamodb) == (units(50, 40), units(30, 20))


def test_a_provisioned_table_has_none(dynamodb: "DynamoDBClient") -> None:
    """Guide: a setting of the on-demand mode. ValidationException in the other one."""
    capacity: Any = {"ReadCapacityUnits": 5, "WriteCapacityUnits": 5}
    request: Any = {
        **KEYED_BY_ID,
        "BillingMode": "PROVISIONED",
        "ProvisionedThroughput": capacity,
    }
    refused = pytest.raises(dynamodb.exceptions.ClientError, match="ValidationException")
    with refused:
        dynamodb.create_table(TableName="orders", OnDemandThroughput=units(9, 9), **request)
    dynamodb.create_table(TableName="orders", **request)
    with refused:
        dynamodb.update_table(TableName="orders", OnDemandThroughput=units(9, 9))


@pytest.mark.usefixtures("orders")
def test_it_is_lost_in_a_restore(dynamodb: "DynamoDBClient") -> None:
    """Known from users, on no page: without an override the restored table has no maximum."""
    restore(dynamodb)

    assert maximums(dynamodb, "restored") == (None, None)


@pytest.mark.usefixtures("orders")
def test_a_restore_can_be_given_one(dynamodb: "DynamoDBClient") -> None:
    """API reference, OnDemandThroughputOverride, and an index's in GlobalSecondaryIndexOverride."""
    restore(
        dynamodb,
        OnDemandThroughputOverride=units(5, 4),
        GlobalSecondaryIndexOverride=[{**BY_STATE, "OnDemandThroughput": units(3, 2)}],
    )

    assert maximums(dynamodb, "restored") == (units(5, 4), units(3, 2))
