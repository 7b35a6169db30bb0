"""What a table and its indexes can take at once.

Written from AWS's documentation, one test a documented statement, each through boto3 over HTTP
against the emulator's process. The pages: the developer guide's "Understanding DynamoDB warm
throughput" and "… in different scenarios"; the API reference's WarmThroughput, CreateTable and
UpdateTable.
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
ATTRIBUTES: Any = [{"AttributeName": name, "AttributeType": "S"} for name in ("id", "state")]
INDEXED: Any = {
    **KEYED_BY_ID,
    "AttributeDefinitions": ATTRIBUTES,
    "GlobalSecondaryIndexes": [BY_STATE],
}
NEW = (12_000, 4_000)


def provisioned(reads: int, writes: int) -> Any:
    capacity = {"ReadCapacityUnits": reads, "WriteCapacityUnits": writes}
    return {
        **INDEXED,
        "BillingMode": "PROVISIONED",
        "ProvisionedThroughput": capacity,
        "GlobalSecondaryIndexes": [{**BY_STATE, "ProvisionedThroughput": capacity}],
    }


def units(reads: int, writes: int) -> Any:
    return {"ReadUnitsPerSecond": reads, "WriteUnitsPerSecond": writes}


def warmth(dynamodb: "DynamoDBClient", name: str = "orders") -> tuple[Any, Any]:
    """Return what the table and its index can take; both must be settled."""
    table = dynamodb.describe_table(TableName=name)["Table"]
    warm: list[Any] = [
        table["WarmThroughput"],
        table["GlobalSecondaryIndexes"][0]["WarmThroughput"],
    ]
    assert [each["Status"] for each in warm] == ["ACTIVE", "ACTIVE"]
    of_table, of_index = (
        (each["ReadUnitsPerSecond"], each["WriteUnitsPerSecond"]) for each in warm
    )
    return of_table, of_index


def raise_index(dynamodb: "DynamoDBClient", reads: int, writes: int) -> None:
    change: Any = {"IndexName": "by-state", "WarmThroughput": units(reads, writes)}
    dynamodb.update_table(TableName="orders", GlobalSecondaryIndexUpdates=[{"Update": change}])


def test_an_on_demand_table_starts_with_what_a_new_one_has(dynamodb: "DynamoDBClient") -> None:
    """Guide, scenarios: 12,000 reads and 4,000 writes a second, for the table and each index."""
    dynamodb.create_table(TableName="orders", **INDEXED)

    assert warmth(dynamodb) == (NEW, NEW)


def test_a_provisioned_table_starts_with_its_capacity(dynamodb: "DynamoDBClient") -> None:
    """Guide: warm throughput is at least what is provisioned."""
    dynamodb.create_table(TableName="orders", **provisioned(7, 3))

    assert warmth(dynamodb) == ((7, 3), (7, 3))


def test_it_follows_a_higher_capacity_and_stays(dynamodb: "DynamoDBClient") -> None:
    """Guide, scenarios: a new peak of capacity raises it; it is never lowered."""
    dynamodb.create_table(TableName="orders", **provisioned(7, 3))
    for reads, writes in ((50, 40), (5, 4)):
        dynamodb.update_table(
            TableName="orders",
            ProvisionedThroughput={"ReadCapacityUnits": reads, "WriteCapacityUnits": writes},
        )
        assert warmth(dynamodb) == ((50, 40), (7, 3))


def test_a_change_to_on_demand_warms_the_table(dynamodb: "DynamoDBClient") -> None:
    """Guide, scenarios: an on-demand table takes at least what a new one takes."""
    dynamodb.create_table(TableName="orders", **provisioned(20_000, 3))

    dynamodb.update_table(TableName="orders", BillingMode="PAY_PER_REQUEST")

    assert warmth(dynamodb) == ((20_000, 4_000), (20_000, 4_000))


def test_a_table_can_be_made_warm(dynamodb: "DynamoDBClient") -> None:
    """API reference, CreateTable: WarmThroughput of the table and of each index."""
    warm_index = {**BY_STATE, "WarmThroughput": units(13_000, 4_000)}
    dynamodb.create_table(
        TableName="orders",
        WarmThroughput=units(20_000, 10_000),
        **{**INDEXED, "GlobalSecondaryIndexes": [warm_index]},
    )

    assert warmth(dynamodb) == ((20_000, 10_000), (13_000, 4_000))


def test_it_can_be_raised(dynamodb: "DynamoDBClient") -> None:
    """Guide: for reads, for writes, or both. Clients are only to be switched to a warm table."""
    dynamodb.create_table(TableName="orders", **INDEXED)

    dynamodb.update_table(TableName="orders", WarmThroughput={"ReadUnitsPerSecond": 20_000})
    assert warmth(dynamodb) == ((20_000, 4_000), NEW)
    dynamodb.update_table(TableName="orders", WarmThroughput={"WriteUnitsPerSecond": 9_000})
    assert warmth(dynamodb) == ((20_000, 9_000), NEW)
    raise_index(dynamodb, 13_000, 5_000)
    assert warmth(dynamodb) == ((20_000, 9_000), (13_000, 5_000))


def test_what_it_is_already_can_be_asked_for_again(dynamodb: "DynamoDBClient") -> None:
    """Guide: only a decrease is refused, so a step can be run again."""
    dynamodb.create_table(TableName="orders", **INDEXED)

    dynamodb.update_table(TableName="orders", WarmThroughput=units(*NEW))
    raise_index(dynamodb, *NEW)

    assert warmth(dynamodb) == (NEW, NEW)


@pytest.mark.parametrize("lower", [(19_999, 10_000), (20_000, 9_999), (12_000, 4_000)])
def test_it_cannot_be_lowered(dynamodb: "DynamoDBClient", lower: tuple[int, int]) -> None:
    """Guide: once increased, warm throughput can't be decreased. ValidationException."""
    dynamodb.create_table(TableName="orders", **INDEXED)
    dynamodb.update_table(TableName="orders", WarmThroughput=units(20_000, 10_000))
    raise_index(dynamodb, 20_000, 10_000)
    refused = pytest.raises(dynamodb.exceptions.ClientError, match="ValidationException")

    with refused:
        dynamodb.update_table(TableName="orders", WarmThroughput=units(*lower))
    with refused:
        raise_index(dynamodb, *lower)

    assert warmth(dynamodb) == ((20_000, 10_000), (20_000, 10_000))


@pytest.mark.parametrize("of_index", [True, False])
def test_a_new_table_cannot_be_colder_than_that(
    dynamodb: "DynamoDBClient", *, of_index: bool
) -> None:
    """API reference, CreateTable: at least what a table of its billing mode starts with."""
    cold: Any = {"WarmThroughput": units(11_999, 4_000)}
    request = (
        {**INDEXED, "GlobalSecondaryIndexes": [BY_STATE | cold]} if of_index else INDEXED | cold
    )

    with pytest.raises(dynamodb.exceptions.ClientError, match="ValidationException"):
        dynamodb.create_table(TableName="orders", **request)

    assert dynamodb.list_tables()["TableNames"] == []


def test_an_index_made_again_starts_again(dynamodb: "DynamoDBClient") -> None:
    """API reference, GlobalSecondaryIndexUpdates: a deleted index leaves nothing to a new one."""
    dynamodb.create_table(TableName="orders", **INDEXED)
    raise_index(dynamodb, 20_000, 10_000)
    changes: list[Any] = [{"Delete": {"IndexName": "by-state"}}, {"Create": BY_STATE}]
    for change in changes:
        dynamodb.update_table(
            TableName="orders",
            AttributeDefinitions=ATTRIBUTES,
            GlobalSecondaryIndexUpdates=[change],
        )

    assert warmth(dynamodb) == (NEW, NEW)


@pytest.mark.parametrize(
    ("settings", "cold"), [(INDEXED, NEW), (provisioned(7, 3), (7, 3))], ids=["on demand", "not"]
)
def test_a_restored_table_is_cold(
    dynamodb: "DynamoDBClient", settings: Any, cold: tuple[int, int]
) -> None:
    """Known from users, on no page: it has what a new table has, so it must be warmed first."""
    recoverable_table(dynamodb, **settings)
    dynamodb.update_table(TableName="orders", WarmThroughput=units(20_000, 10_000))
    raise_index(dynamodb, 20_000, 10_000)

    restore(dynamodb)

    assert warmth(dynamodb, "restored") == (cold, cold)
