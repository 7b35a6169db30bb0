"""Replicas in other regions, so that a tool can tell a global table from a plain one.

Written from AWS's documentation, one test a documented statement, each through boto3 over HTTP
against the emulator's process. The pages: the API reference's UpdateTable (ReplicaUpdates) and
TableDescription (Replicas, GlobalTableVersion); the developer guide's "Creating global tables".
Not here: the replicas' own tables, which the sandbox does without.
"""

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.emulator.process import REGION, recoverable_table, restore

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

STREAMING: Any = {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}


@pytest.fixture
def orders(dynamodb: "DynamoDBClient") -> str:
    return recoverable_table(dynamodb, StreamSpecification=STREAMING)


def change(dynamodb: "DynamoDBClient", kind: str, *regions: str) -> None:
    updates: Any = [{kind: {"RegionName": region}} for region in regions]
    dynamodb.update_table(TableName="orders", ReplicaUpdates=updates)


def replicas(dynamodb: "DynamoDBClient", name: str = "orders") -> dict[str, str]:
    table = dynamodb.describe_table(TableName=name)["Table"]
    return {each["RegionName"]: each["ReplicaStatus"] for each in table.get("Replicas", [])}


@pytest.mark.usefixtures("orders")
def test_a_replica_makes_a_global_table(dynamodb: "DynamoDBClient") -> None:
    """API reference, TableDescription: Replicas and the version of the global table."""
    change(dynamodb, "Create", "eu-west-1", "us-west-2")

    table = dynamodb.describe_table(TableName="orders")["Table"]
    assert replicas(dynamodb) == {"eu-west-1": "ACTIVE", "us-west-2": "ACTIVE"}
    assert table["GlobalTableVersion"] == "2019.11.21"


@pytest.mark.usefixtures("orders")
def test_a_plain_table_shows_neither(dynamodb: "DynamoDBClient") -> None:
    """API reference, TableDescription: both are a global table's."""
    table = dynamodb.describe_table(TableName="orders")["Table"]

    assert not {"Replicas", "GlobalTableVersion"} & table.keys()


@pytest.mark.usefixtures("orders")
def test_without_replicas_a_table_is_a_plain_one_again(dynamodb: "DynamoDBClient") -> None:
    """API reference, ReplicaUpdates: Delete takes the replica of a region away."""
    change(dynamodb, "Create", "eu-west-1")
    change(dynamodb, "Create", "us-west-2")
    change(dynamodb, "Delete", "eu-west-1")
    assert replicas(dynamodb) == {"us-west-2": "ACTIVE"}

    change(dynamodb, "Delete", "us-west-2")

    table = dynamodb.describe_table(TableName="orders")["Table"]
    assert not {"Replicas", "GlobalTableVersion"} & table.keys()


@pytest.mark.usefixtures("orders")
@pytest.mark.parametrize(
    ("kind", "region"), [("Create", "eu-west-1"), ("Create", REGION), ("Delete", "us-west-2")]
)
def test_a_replica_is_created_once_and_deleted_once(
    dynamodb: "DynamoDBClient", kind: str, region: str
) -> None:
    """API reference, UpdateTable: the table's own region is none of its replicas."""
    change(dynamodb, "Create", "eu-west-1")

    with pytest.raises(dynamodb.exceptions.ClientError, match="ValidationException"):
        change(dynamodb, kind, region)

    assert replicas(dynamodb) == {"eu-west-1": "ACTIVE"}


@pytest.mark.usefixtures("orders")
def test_a_restored_table_is_a_plain_one(dynamodb: "DynamoDBClient") -> None:
    """Guide, restores: into a new single-region table; its replicas must be added again."""
    change(dynamodb, "Create", "eu-west-1")

    table = restore(dynamodb)

    assert not {"Replicas", "GlobalTableVersion"} & table.keys()
