"""What AWS answers, as facts: each read with its case of nothing there, each effect as one call.

In the process, without a socket: moto answers where it knows how; where it does not (system
backups, a stale read), the answer stands in the test.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from moto import mock_aws

from restore.aws.account import Account
from restore.aws.tables import Aws
from restore.model.facts import Backup, Origin, Window
from restore.model.provider import Chosen, Place

AT = datetime(2026, 1, 31, 14, 2, tzinfo=UTC)
KEYED: dict[str, Any] = {
    "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
    "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
}
Answer = Callable[[str, dict[str, Any]], Any]


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[Aws]:
    for key in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.setenv(key, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    for key in ("AWS_ENDPOINT_URL", "AWS_PROFILE", "AWS_REGION"):
        monkeypatch.delenv(key, raising=False)
    with mock_aws():
        yield Aws(Account())


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch, aws: Aws) -> Callable[[Answer], Aws]:
    """Lets a function answer in AWS's place; it may raise what `refusal` builds."""

    def use(answer: Answer) -> Aws:
        def call(client: Any, operation: str, request: dict[str, Any]) -> Any:
            said = answer(operation, request)
            if isinstance(said, str):
                error = {"Error": {"Code": said, "Message": "no"}}
                raise client.exceptions.from_code(said)(error, operation)
            return said

        monkeypatch.setattr("botocore.client.BaseClient._make_api_call", call)
        return aws

    return use


def create(name: str = "orders", **more: Any) -> None:
    boto3.client("dynamodb").create_table(
        TableName=name, **{"BillingMode": "PAY_PER_REQUEST", **KEYED, **more}
    )


def turn_recovery_on(name: str = "orders") -> None:
    boto3.client("dynamodb").update_continuous_backups(
        TableName=name,
        PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True},
    )


def test_it_knows_where_it_is(aws: Aws) -> None:
    assert aws.place() == Place(
        "123456789012",
        Chosen("eu-west-1", "AWS_DEFAULT_REGION"),
        "the credentials of this shell",
    )


def test_what_does_not_exist_is_none(aws: Aws) -> None:
    assert aws.table("orders") is None
    assert aws.description("orders") is None
    assert aws.window("orders") is None
    assert aws.parameter("orders-table-name") is None


def test_a_plain_table_has_neither_window_nor_origin(aws: Aws) -> None:
    create()

    table = aws.table("orders")

    assert table
    assert table.arn.endswith(":table/orders")
    assert (table.status, table.window, table.origin) == ("ACTIVE", None, None)
    assert (table.ready, table.configured) == (True, False)


def test_a_tables_settings_are_seen(aws: Aws) -> None:
    create(
        DeletionProtectionEnabled=True,
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"},
    )
    turn_recovery_on()

    table = aws.table("orders")

    assert table
    assert (table.protected, table.streaming, table.configured) == (True, True, True)
    assert table.window
    assert table.window.earliest <= table.window.latest
    assert table.window.latest.tzinfo is UTC


def test_the_window_is_told_in_utc(answers: Callable[[Answer], Aws]) -> None:
    """Botocore hands out the machine's own time zone."""
    there = datetime(2026, 1, 31, 15, 2).astimezone()
    recovery = {
        "PointInTimeRecoveryStatus": "ENABLED",
        "EarliestRestorableDateTime": there - timedelta(days=35),
        "LatestRestorableDateTime": there,
    }
    aws = answers(
        lambda *_: {"ContinuousBackupsDescription": {"PointInTimeRecoveryDescription": recovery}}
    )

    window = aws.window("orders")

    assert window == Window(there - timedelta(days=35), there)
    assert window.earliest.tzinfo is window.latest.tzinfo is UTC


@pytest.mark.parametrize(
    "description",
    [{}, {"PointInTimeRecoveryDescription": {"PointInTimeRecoveryStatus": "DISABLED"}}],
)
def test_without_recovery_there_is_no_window(
    answers: Callable[[Answer], Aws], description: dict[str, Any]
) -> None:
    aws = answers(lambda *_: {"ContinuousBackupsDescription": description})

    assert aws.window("orders") is None


def test_a_table_that_goes_between_two_reads_has_no_window(
    answers: Callable[[Answer], Aws],
) -> None:
    """DescribeContinuousBackups has an exception of its own for it."""
    aws = answers(lambda *_: "TableNotFoundException")

    assert aws.window("orders") is None


@pytest.mark.parametrize(
    ("summary", "origin"),
    [
        pytest.param(
            {"SourceTableArn": "arn:source"}, Origin("arn:source", AT, in_progress=True), id="point"
        ),
        pytest.param(
            {"SourceTableArn": "arn:source", "SourceBackupArn": "arn:backup"},
            Origin("arn:source", AT, in_progress=True, backup_arn="arn:backup"),
            id="backup",
        ),
        pytest.param({}, Origin("", AT, in_progress=True), id="source-not-said"),
    ],
)
def test_a_restored_table_says_where_it_came_from(
    answers: Callable[[Answer], Aws], summary: dict[str, Any], origin: Origin
) -> None:
    """While it is being made nobody asks for its window: AWS answers with an error."""
    asked: list[str] = []

    def answer(operation: str, _: dict[str, Any]) -> Any:
        asked.append(operation)
        restore = {"RestoreDateTime": AT, "RestoreInProgress": True, **summary}
        return {
            "Table": {
                "TableArn": "arn:restored",
                "TableStatus": "CREATING",
                "RestoreSummary": restore,
            }
        }

    table = answers(answer).table("restored")

    assert table
    assert (table.origin, table.ready, table.window) == (origin, False, None)
    assert asked == ["DescribeTable"]


def backup(number: int, day: int, status: str = "AVAILABLE") -> dict[str, Any]:
    return {
        "BackupArn": f"arn:backup-{number}",
        "TableArn": "arn:orders",
        "BackupStatus": status,
        "BackupCreationDateTime": AT + timedelta(days=day),
    }


def test_the_system_backups_of_all_pages_are_found_oldest_first(
    answers: Callable[[Answer], Aws],
) -> None:
    """A table that was deleted more than once has several; a page may hold none at all."""
    pages = [
        {"BackupSummaries": [backup(1, 1)], "LastEvaluatedBackupArn": "arn:backup-1"},
        {"BackupSummaries": [], "LastEvaluatedBackupArn": "arn:nothing"},
        {"BackupSummaries": [backup(2, 3), backup(3, 2), backup(4, 9, "DELETED")]},
    ]
    asked: list[dict[str, Any]] = []

    def answer(operation: str, request: dict[str, Any]) -> Any:
        assert operation == "ListBackups"
        asked.append(request)
        return pages[len(asked) - 1]

    found = answers(answer).system_backups("orders")

    assert found == [
        Backup("arn:backup-1", "arn:orders", AT + timedelta(days=1)),
        Backup("arn:backup-3", "arn:orders", AT + timedelta(days=2)),
        Backup("arn:backup-2", "arn:orders", AT + timedelta(days=3)),
    ]
    assert asked[0] == {"TableName": "orders", "BackupType": "SYSTEM"}
    assert [each.get("ExclusiveStartBackupArn") for each in asked] == [
        None,
        "arn:backup-1",
        "arn:nothing",
    ]


@pytest.mark.parametrize("summaries", [[], [backup(1, 1, "CREATING")]])
def test_without_a_usable_backup_there_is_none(
    answers: Callable[[Answer], Aws], summaries: list[dict[str, Any]]
) -> None:
    assert answers(lambda *_: {"BackupSummaries": summaries}).system_backups("orders") == []


def test_the_parameters_value_is_read(aws: Aws) -> None:
    boto3.client("ssm").put_parameter(Name="orders-table-name", Value="orders", Type="String")

    assert aws.parameter("orders-table-name") == "orders"


def test_a_restore_is_one_call_with_the_capacity_of_now(answers: Callable[[Answer], Aws]) -> None:
    calls: list[tuple[str, dict[str, Any]]] = []

    def answer(operation: str, request: dict[str, Any]) -> Any:
        calls.append((operation, request))
        return {
            "Table": {"ProvisionedThroughput": {"ReadCapacityUnits": 7, "WriteCapacityUnits": 3}}
        }

    answers(answer).restore("orders", "restored", AT)

    assert calls[1:] == [
        (
            "RestoreTableToPointInTime",
            {
                "SourceTableName": "orders",
                "TargetTableName": "restored",
                "RestoreDateTime": AT,
                "BillingModeOverride": "PROVISIONED",
                "ProvisionedThroughputOverride": {"ReadCapacityUnits": 7, "WriteCapacityUnits": 3},
            },
        )
    ]


def test_a_restore_of_a_table_that_has_just_gone_is_left_to_aws(
    answers: Callable[[Answer], Aws],
) -> None:
    """AWS says so, in its own words: no guess of ours stands in the way."""

    def answer(operation: str, _: dict[str, Any]) -> Any:
        gone = {"DescribeTable": "ResourceNotFoundException"}
        return gone.get(operation, "TableNotFoundException")

    aws = answers(answer)

    with pytest.raises(Exception, match="TableNotFoundException"):
        aws.restore("orders", "restored", AT)


def test_a_restore_over_aws_api_names_source_target_and_second(aws: Aws) -> None:
    """Through botocore's own checks of the request, which answers in a test cannot replace."""
    create()
    turn_recovery_on()

    aws.restore("orders", "restored", datetime.now(UTC))

    assert aws.table("restored")


def test_a_backup_is_restored_by_its_arn(answers: Callable[[Answer], Aws]) -> None:
    calls: list[tuple[str, dict[str, Any]]] = []
    aws = answers(lambda operation, request: calls.append((operation, request)))

    aws.restore_backup("arn:backup", "restored")

    assert calls == [
        ("RestoreTableFromBackup", {"BackupArn": "arn:backup", "TargetTableName": "restored"})
    ]


@pytest.mark.parametrize("protected", [True, False])
def test_a_table_is_deleted_with_or_without_protection(aws: Aws, *, protected: bool) -> None:
    create(DeletionProtectionEnabled=protected)

    aws.delete("orders")

    assert aws.table("orders") is None


def test_a_table_without_protection_is_not_updated_before(
    answers: Callable[[Answer], Aws],
) -> None:
    """An update would hold the deletion up until the table is ACTIVE again."""
    asked: list[str] = []

    def answer(operation: str, _: dict[str, Any]) -> Any:
        asked.append(operation)
        return {"Table": {"DeletionProtectionEnabled": False}}

    answers(answer).delete("orders")

    assert asked == ["DescribeTable", "DeleteTable"]
