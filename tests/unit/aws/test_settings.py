"""The reader of a table's settings: what an emulator does not answer, and each call's end.

Each answer stands in the test; `tests/settings` reads whole tables over HTTP.
"""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from restore.aws.account import Account
from restore.aws.settings import SettingsReader
from restore.settings.answers import Key
from tests.support.answers.plain_table import ARN, PLAIN, alarm, mapping

KEY = "arn:aws:kms:eu-west-1:123456789012:key/k"
STREAM = f"{ARN}/stream/2026-01-31T14:02:00.000"
Answer = Any | Callable[[dict[str, Any]], Any]

QUIET: dict[str, Answer] = {
    "DescribeTable": {"Table": PLAIN},
    "DescribeTimeToLive": {"TimeToLiveDescription": {"TimeToLiveStatus": "DISABLED"}},
    "DescribeContinuousBackups": {"ContinuousBackupsDescription": {}},
    "ListTagsOfResource": {"Tags": []},
    "GetResourcePolicy": "PolicyNotFoundException",
    "DescribeKinesisStreamingDestination": {"KinesisDataStreamDestinations": []},
    "ListContributorInsights": {"ContributorInsightsSummaries": []},
    "DescribeScalableTargets": {"ScalableTargets": []},
    "DescribeAlarms": {"MetricAlarms": []},
}
"""A plain table with nothing on it; a text is the code of a refusal."""


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Callable[..., SettingsReader]:
    """A reader of a plain table, with some of the answers changed."""
    for key in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(key, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    for key in ("AWS_ENDPOINT_URL", "AWS_PROFILE", "AWS_REGION", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(key, raising=False)

    def use(**changed: Answer) -> SettingsReader:
        def call(client: Any, operation: str, request: dict[str, Any]) -> Any:
            said = (QUIET | changed)[operation]
            if callable(said):
                said = said(request)
            if isinstance(said, str):
                error = {"Error": {"Code": said, "Message": "no"}}
                raise client.exceptions.from_code(said)(error, operation)
            return said

        monkeypatch.setattr("botocore.client.BaseClient._make_api_call", call)
        return SettingsReader(Account())

    return use


def paged(token: str, *pages: dict[str, Any]) -> Callable[[dict[str, Any]], Any]:
    """Pages that are handed out one by one, each for the token of the one before."""
    rest = list(pages)

    def answer(request: dict[str, Any]) -> Any:
        page = rest.pop(0)
        assert (request.get(token) is None) == (len(rest) == len(pages) - 1)
        return page | ({"NextToken": f"after {len(rest)}"} if rest else {})

    return answer


def test_a_plain_table_has_only_its_description(read: Callable[..., SettingsReader]) -> None:
    reader = read()
    found = reader.read("orders")

    assert found
    assert found.table == PLAIN
    assert (found.policy, found.key, found.recovery) == (None, None, {})
    assert [*found.tags, *found.destinations, *found.insights, *found.targets] == []
    assert [*found.scaling_policies, *found.alarms, *found.mappings] == []
    assert reader.region == "eu-west-1"


def test_a_table_that_does_not_exist_is_none(read: Callable[..., SettingsReader]) -> None:
    assert read(DescribeTable="ResourceNotFoundException").read("orders") is None


@pytest.mark.parametrize("status", ["CREATING", "DELETING"])
def test_of_a_table_that_comes_or_goes_nothing_else_is_asked(
    read: Callable[..., SettingsReader], status: str
) -> None:
    """AWS refuses the other calls."""
    table = {"Table": PLAIN | {"TableStatus": status}}

    found = read(DescribeTable=table, DescribeTimeToLive="InternalServerError").read("orders")

    assert found
    assert found.table["TableStatus"] == status


@pytest.mark.parametrize("operation", sorted(QUIET.keys() - {"DescribeTable"}))
def test_a_reading_is_whole_or_there_is_none(
    read: Callable[..., SettingsReader], operation: str
) -> None:
    """A call that was denied, read as "nothing there", would say that nothing was lost."""
    with pytest.raises(ClientError, match="AccessDeniedException"):
        read(**{operation: "AccessDeniedException"}).read("orders")


def test_every_page_of_the_tags_is_read(read: Callable[..., SettingsReader]) -> None:
    pages = [{"Tags": [{"Key": "a", "Value": "1"}]}, {"Tags": [{"Key": "b", "Value": "2"}]}]

    found = read(ListTagsOfResource=paged("NextToken", *pages)).read("orders")

    assert found
    assert found.tags == {"a": "1", "b": "2"}


def test_every_page_of_the_insights_is_read(read: Callable[..., SettingsReader]) -> None:
    """Botocore has no paginator for them; a page may be empty and not the last."""
    pages: list[dict[str, Any]] = [
        {"ContributorInsightsSummaries": [{"IndexName": "a"}]},
        {"ContributorInsightsSummaries": []},
        {"ContributorInsightsSummaries": [{"IndexName": "b"}]},
    ]

    found = read(ListContributorInsights=paged("NextToken", *pages)).read("orders")

    assert found
    assert [each["IndexName"] for each in found.insights] == ["a", "b"]


def test_targets_of_many_indexes_are_asked_for_in_parts(
    read: Callable[..., SettingsReader],
) -> None:
    """DescribeScalableTargets takes 50 resources, and a table may have more indexes by quota."""
    indexes = [{"IndexName": f"i{n}"} for n in range(60)]
    asked: list[list[str]] = []

    def targets(request: dict[str, Any]) -> Any:
        asked.append(request["ResourceIds"])
        return {"ScalableTargets": []}

    table = {"Table": PLAIN | {"GlobalSecondaryIndexes": indexes}}
    read(DescribeTable=table, DescribeScalableTargets=targets).read("orders")

    assert [len(each) for each in asked] == [50, 11]
    assert asked[0][:2] == ["table/orders", "table/orders/index/i0"]


def test_policies_are_asked_for_where_there_is_a_target(
    read: Callable[..., SettingsReader],
) -> None:
    target = {"ResourceId": "table/orders/index/i", "ScalableDimension": "d"}

    def policies(request: dict[str, Any]) -> Any:
        return {"ScalingPolicies": [{"asked": request["ResourceId"]}]}

    found = read(
        DescribeScalableTargets={"ScalableTargets": [target, target]},
        DescribeScalingPolicies=policies,
    ).read("orders")

    assert found
    assert found.scaling_policies == [{"asked": "table/orders/index/i"}]


def test_alarms_of_other_tables_and_over_expressions_are_not_this_tables(
    read: Callable[..., SettingsReader],
) -> None:
    """CloudWatch lists all alarms of the account."""
    other = {"Dimensions": [{"Name": "TableName", "Value": "orders-2"}]}
    expression = alarm("sum")
    del expression["MetricName"]
    bare = alarm("none", Dimensions=[])

    found = read(
        DescribeAlarms={"MetricAlarms": [alarm("a"), alarm("b", **other), expression, bare]},
        ListTagsForResource={"Tags": [{"Key": "team", "Value": "shop"}]},
    ).read("orders")

    assert found
    assert [(each["AlarmName"], each["Tags"]) for each in found.alarms] == [("a", {"team": "shop"})]


@pytest.mark.parametrize("enabled", [True, False])
def test_only_the_readers_of_a_stream_that_is_on_are_listed(
    read: Callable[..., SettingsReader], *, enabled: bool
) -> None:
    """A stream that was turned off keeps its ARN for a day."""
    stream = {"LatestStreamArn": STREAM, "StreamSpecification": {"StreamEnabled": enabled}}

    def mappings(request: dict[str, Any]) -> Any:
        assert request["EventSourceArn"] == STREAM
        return {"EventSourceMappings": [mapping("index", EventSourceMappingArn="arn:m")]}

    found = read(
        DescribeTable={"Table": PLAIN | stream},
        ListEventSourceMappings=mappings,
        ListTags={"Tags": {"team": "shop"}},
    ).read("orders")

    assert found
    assert [each["Tags"] for each in found.mappings] == ([{"team": "shop"}] if enabled else [])


@pytest.mark.parametrize(
    ("alias", "encryption", "key"),
    [
        pytest.param({"KeyMetadata": {"Arn": KEY}}, {"Status": "DISABLED"}, None, id="off"),
        pytest.param(
            {"KeyMetadata": {"Arn": KEY}},
            {"Status": "ENABLED", "KMSMasterKeyArn": KEY},
            Key(KEY, managed=True),
            id="managed",
        ),
        pytest.param(
            {"KeyMetadata": {"Arn": KEY}},
            {"Status": "UPDATING", "KMSMasterKeyArn": KEY + "2"},
            Key(KEY + "2", managed=False),
            id="customer-key",
        ),
        pytest.param(
            "NotFoundException",
            {"Status": "ENABLED", "KMSMasterKeyArn": KEY},
            Key(KEY, managed=False),
            id="account-without-a-managed-key",
        ),
    ],
)
def test_the_managed_key_is_told_from_a_customers(
    read: Callable[..., SettingsReader], alias: Answer, encryption: Any, key: Key | None
) -> None:
    """Only the alias is asked for: a key of another account may not be described."""

    def describe(request: dict[str, Any]) -> Any:
        assert request == {"KeyId": "alias/aws/dynamodb"}
        return alias

    table = {"Table": PLAIN | {"SSEDescription": encryption}}
    found = read(DescribeTable=table, DescribeKey=describe).read("orders")

    assert found
    assert found.key == key


def test_a_key_has_one_arn_whatever_it_is_called(read: Callable[..., SettingsReader]) -> None:
    known = {"alias/orders": KEY, "alias/aws/dynamodb": KEY + "0"}

    def describe(request: dict[str, Any]) -> Any:
        arn = known.get(request["KeyId"])
        return {"KeyMetadata": {"Arn": arn}} if arn else "NotFoundException"

    reader = read(DescribeKey=describe)

    assert reader.key("alias/orders") == Key(KEY, managed=False)
    assert reader.key("alias/aws/dynamodb") == Key(KEY + "0", managed=True)
    assert reader.key(KEY) == Key(KEY, managed=False)
    assert reader.key("alias/nowhere") is None
