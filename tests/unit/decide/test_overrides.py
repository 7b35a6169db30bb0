"""What a restore is told explicitly, taken from DescribeTable's answer."""

from typing import TYPE_CHECKING, Any, cast

import pytest

from restore.decide.overrides import overrides

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import TableDescriptionTypeDef

KEYS = [{"AttributeName": "owner", "KeyType": "HASH"}]
INCLUDED = {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["name"]}


def capacity(read: int, write: int) -> dict[str, int]:
    return {"ReadCapacityUnits": read, "WriteCapacityUnits": write}


def described(throughput: dict[str, int]) -> dict[str, int]:
    """DescribeTable adds to it what RestoreTableToPointInTime refuses."""
    return {**throughput, "NumberOfDecreasesToday": 0}


def index(name: str, read: int) -> dict[str, Any]:
    return {
        "IndexName": name,
        "KeySchema": KEYS,
        "Projection": INCLUDED,
        "ProvisionedThroughput": described(capacity(read, 1)),
        "IndexStatus": "ACTIVE",
        "ItemCount": 3,
    }


def overrides_of(**description: Any) -> dict[str, Any]:
    return overrides(cast("TableDescriptionTypeDef", description))


def test_an_on_demand_table_stays_on_demand() -> None:
    """Its description holds zero capacity, which a restore must not be told."""
    assert overrides_of(
        BillingModeSummary={"BillingMode": "PAY_PER_REQUEST"},
        ProvisionedThroughput=described(capacity(0, 0)),
        GlobalSecondaryIndexes=[index("by-owner", 0)],
    ) == {"BillingModeOverride": "PAY_PER_REQUEST"}


@pytest.mark.parametrize(
    "summary",
    [
        pytest.param({"BillingModeSummary": {"BillingMode": "PROVISIONED"}}, id="said"),
        pytest.param({}, id="never-on-demand-so-not-said"),
    ],
)
def test_a_provisioned_table_keeps_the_capacity_of_now(summary: dict[str, Any]) -> None:
    assert overrides_of(**summary, ProvisionedThroughput=described(capacity(7, 3))) == {
        "BillingModeOverride": "PROVISIONED",
        "ProvisionedThroughputOverride": capacity(7, 3),
    }


def test_every_index_is_said_with_its_capacity() -> None:
    """An override of the indexes is the whole list: a forgotten one would not be restored."""
    explicit = overrides_of(
        ProvisionedThroughput=described(capacity(7, 3)),
        GlobalSecondaryIndexes=[index("by-owner", 5), index("by-day", 6)],
    )

    assert explicit["GlobalSecondaryIndexOverride"] == [
        {
            "IndexName": name,
            "KeySchema": KEYS,
            "Projection": INCLUDED,
            "ProvisionedThroughput": capacity(read, 1),
        }
        for name, read in (("by-owner", 5), ("by-day", 6))
    ]
