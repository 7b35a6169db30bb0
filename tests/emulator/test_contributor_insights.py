"""Contributor Insights of tables and indexes.

Written from AWS's documentation, one test a documented statement, each through boto3 over HTTP
against the emulator's process. The pages: the API reference's
{Describe,List,Update}ContributorInsights.
"""

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.emulator.process import KEYED_BY_ID, arn

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
OF_INDEX: Any = {"IndexName": "by-state"}


@pytest.fixture
def orders(dynamodb: "DynamoDBClient") -> str:
    dynamodb.create_table(TableName="orders", **INDEXED)
    return "orders"


def turn(dynamodb: "DynamoDBClient", action: Any, name: str = "orders", **more: Any) -> Any:
    return dynamodb.update_contributor_insights(
        TableName=name, ContributorInsightsAction=action, **more
    )


def state(dynamodb: "DynamoDBClient", **of: Any) -> tuple[str, str | None]:
    described = dynamodb.describe_contributor_insights(TableName="orders", **of)
    return described["ContributorInsightsStatus"], described.get("ContributorInsightsMode")


def listed(dynamodb: "DynamoDBClient", **of: Any) -> list[tuple[str, str | None, str]]:
    found = dynamodb.list_contributor_insights(**of)["ContributorInsightsSummaries"]
    return [
        (each["TableName"], each.get("IndexName"), each["ContributorInsightsStatus"])
        for each in found
    ]


@pytest.mark.usefixtures("orders")
@pytest.mark.parametrize("of", [{}, OF_INDEX], ids=["table", "index"])
def test_they_can_be_turned_on_any_number_of_times(dynamodb: "DynamoDBClient", of: Any) -> None:
    """Update: ENABLE is no error where they are on. A step that is run again changes nothing."""
    for _ in range(2):
        assert turn(dynamodb, "ENABLE", **of)["ContributorInsightsStatus"] == "ENABLING"
        assert state(dynamodb, **of) == ("ENABLED", "ACCESSED_AND_THROTTLED_KEYS")


@pytest.mark.usefixtures("orders")
def test_a_table_and_its_index_have_their_own(dynamodb: "DynamoDBClient") -> None:
    """Update, IndexName: for the index; without it for the table alone."""
    turn(dynamodb, "ENABLE", **OF_INDEX)

    assert state(dynamodb) == ("DISABLED", None)
    assert listed(dynamodb) == [("orders", "by-state", "ENABLED")]


@pytest.mark.usefixtures("orders")
def test_the_mode_is_kept_until_another_is_asked_for(dynamodb: "DynamoDBClient") -> None:
    """Update, ContributorInsightsMode: not required; all keys at first, or throttled ones only."""
    turn(dynamodb, "ENABLE", ContributorInsightsMode="THROTTLED_KEYS")
    turn(dynamodb, "ENABLE")
    assert state(dynamodb) == ("ENABLED", "THROTTLED_KEYS")

    turn(dynamodb, "ENABLE", ContributorInsightsMode="ACCESSED_AND_THROTTLED_KEYS")
    assert state(dynamodb) == ("ENABLED", "ACCESSED_AND_THROTTLED_KEYS")


@pytest.mark.usefixtures("orders")
def test_never_turned_on_means_disabled(dynamodb: "DynamoDBClient") -> None:
    """Describe: DISABLED, and no error. To turn them off then changes nothing either."""
    assert state(dynamodb) == state(dynamodb, **OF_INDEX) == ("DISABLED", None)

    turn(dynamodb, "DISABLE")

    assert state(dynamodb) == ("DISABLED", None)
    assert listed(dynamodb) == []


@pytest.mark.usefixtures("orders")
def test_the_list_holds_what_was_ever_turned_on(dynamodb: "DynamoDBClient") -> None:
    """List: of all tables, or of one, by its name or ARN. DISABLED entries are no settings."""
    dynamodb.create_table(TableName="others", **INDEXED)
    turn(dynamodb, "ENABLE")
    turn(dynamodb, "ENABLE", "others")
    turn(dynamodb, "DISABLE", "others")

    assert listed(dynamodb) == [("orders", None, "ENABLED"), ("others", None, "DISABLED")]
    assert listed(dynamodb, TableName="orders") == [("orders", None, "ENABLED")]
    assert listed(dynamodb, TableName=arn("others")) == [("others", None, "DISABLED")]


@pytest.mark.usefixtures("orders")
def test_the_list_comes_in_pages(dynamodb: "DynamoDBClient") -> None:
    """List: NextToken follows on where MaxResults ended a page."""
    turn(dynamodb, "ENABLE")
    turn(dynamodb, "ENABLE", **OF_INDEX)

    page = dynamodb.list_contributor_insights(MaxResults=1)
    rest = dynamodb.list_contributor_insights(NextToken=page["NextToken"])

    found = [*page["ContributorInsightsSummaries"], *rest["ContributorInsightsSummaries"]]
    assert [each.get("IndexName") for each in found] == [None, "by-state"]
    assert "NextToken" not in rest


@pytest.mark.usefixtures("orders")
def test_an_index_takes_its_own_with_it(dynamodb: "DynamoDBClient") -> None:
    """Describe: ResourceNotFoundException for an index that is not there (any more)."""
    turn(dynamodb, "ENABLE", **OF_INDEX)
    changes: list[Any] = [{"Delete": OF_INDEX}, {"Create": BY_STATE}]
    dynamodb.update_table(TableName="orders", GlobalSecondaryIndexUpdates=changes[:1])
    with pytest.raises(dynamodb.exceptions.ResourceNotFoundException):
        state(dynamodb, **OF_INDEX)
    assert listed(dynamodb) == []

    dynamodb.update_table(
        TableName="orders", AttributeDefinitions=ATTRIBUTES, GlobalSecondaryIndexUpdates=changes[1:]
    )
    assert state(dynamodb, **OF_INDEX) == ("DISABLED", None)
