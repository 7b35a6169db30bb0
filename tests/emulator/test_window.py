"""From when to when a table can be restored.

Written from AWS's documentation, one test a documented statement, each through boto3 over HTTP
against the emulator's process. The pages: the API reference's DescribeContinuousBackups,
UpdateContinuousBackups, PointInTimeRecoveryDescription and RestoreTableToPointInTime; the
developer guide's "Point-in-time backups for DynamoDB".
"""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.support.emulator.process import (
    KEYED_BY_ID,
    Emulator,
    long_ago,
    next_second,
    put,
    recoverable_table,
    restore,
    turn_recovery,
    window,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def test_recovery_is_off_on_a_new_table(dynamodb: "DynamoDBClient") -> None:
    """API reference: ContinuousBackupsStatus is ENABLED on every table, PITR is not."""
    dynamodb.create_table(TableName="orders", **KEYED_BY_ID)

    described = dynamodb.describe_continuous_backups(TableName="orders")

    assert described["ContinuousBackupsDescription"] == {
        "ContinuousBackupsStatus": "ENABLED",
        "PointInTimeRecoveryDescription": {"PointInTimeRecoveryStatus": "DISABLED"},
    }


def test_the_period_is_35_days_unless_told(dynamodb: "DynamoDBClient") -> None:
    """API reference, PointInTimeRecoverySpecification: RecoveryPeriodInDays defaults to 35."""
    recoverable_table(dynamodb)

    described = dynamodb.describe_continuous_backups(TableName="orders")

    recovery = described["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
    assert recovery["PointInTimeRecoveryStatus"] == "ENABLED"
    assert recovery["RecoveryPeriodInDays"] == 35


@pytest.mark.parametrize("days", [0, 36])
def test_a_period_is_1_to_35_days(dynamodb: "DynamoDBClient", days: int) -> None:
    """API reference: valid range. A refused one must not turn recovery on."""
    dynamodb.create_table(TableName="orders", **KEYED_BY_ID)

    with pytest.raises(dynamodb.exceptions.ClientError, match="ValidationException"):
        dynamodb.update_continuous_backups(
            TableName="orders",
            PointInTimeRecoverySpecification={
                "PointInTimeRecoveryEnabled": True,
                "RecoveryPeriodInDays": days,
            },
        )

    described = dynamodb.describe_continuous_backups(TableName="orders")
    recovery = described["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
    assert recovery["PointInTimeRecoveryStatus"] == "DISABLED"


def test_a_shorter_period_is_shown(dynamodb: "DynamoDBClient") -> None:
    """API reference: RecoveryPeriodInDays is answered as set."""
    recoverable_table(dynamodb)
    answer = dynamodb.update_continuous_backups(
        TableName="orders",
        PointInTimeRecoverySpecification={
            "PointInTimeRecoveryEnabled": True,
            "RecoveryPeriodInDays": 7,
        },
    )

    recovery = answer["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
    assert recovery["RecoveryPeriodInDays"] == 7


def test_the_window_starts_when_recovery_is_turned_on(dynamodb: "DynamoDBClient") -> None:
    """Guide: no earlier point than the moment PITR was turned on."""
    start = next_second()
    recoverable_table(dynamodb)

    earliest, _ = window(dynamodb)

    assert start <= earliest <= datetime.now(tz=UTC)


def test_the_latest_time_moves_on_and_the_earliest_stays(dynamodb: "DynamoDBClient") -> None:
    """Guide: the latest restorable time follows the clock."""
    recoverable_table(dynamodb)
    earliest, _ = window(dynamodb)
    moment = next_second()

    assert window(dynamodb)[0] == earliest
    assert window(dynamodb)[1] >= moment


def test_the_latest_time_lags_behind_now(emulator: Emulator, dynamodb: "DynamoDBClient") -> None:
    """Guide: LatestRestorableDateTime is typically five minutes before now."""
    recoverable_table(dynamodb)
    before = emulator.ask("GET", "/sandbox/settings")
    emulator.ask("PUT", "/sandbox/settings", {"lag_seconds": 300})
    try:
        earliest, latest = window(dynamodb)
        assert latest == earliest  # the window is younger than the lag
        with pytest.raises(dynamodb.exceptions.InvalidRestoreTimeException):
            restore(dynamodb, next_second())
    finally:
        emulator.ask("PUT", "/sandbox/settings", before)


def test_turning_recovery_off_and_on_starts_the_window_again(dynamodb: "DynamoDBClient") -> None:
    """Guide: re-enabling PITR resets the start time. The old history is gone for good."""
    recoverable_table(dynamodb)
    put(dynamodb, "orders", "one")
    point = next_second()
    turn_recovery(dynamodb, "orders", on=False)
    next_second()
    turn_recovery(dynamodb, "orders", on=True)

    assert window(dynamodb)[0] > point
    with pytest.raises(dynamodb.exceptions.InvalidRestoreTimeException):
        restore(dynamodb, point)


def test_turning_recovery_on_again_while_on_keeps_the_window(dynamodb: "DynamoDBClient") -> None:
    """API reference: only a change from off to on starts a window."""
    recoverable_table(dynamodb)
    earliest, _ = window(dynamodb)
    next_second()
    turn_recovery(dynamodb, "orders", on=True)

    assert window(dynamodb)[0] == earliest


@pytest.mark.parametrize(
    "when",
    [
        pytest.param(long_ago(days=1), id="before the window"),
        pytest.param(long_ago(days=-1), id="in the future"),
    ],
)
def test_a_time_outside_the_window_is_refused(dynamodb: "DynamoDBClient", when: datetime) -> None:
    """API reference, InvalidRestoreTimeException: between earliest and latest only."""
    recoverable_table(dynamodb)

    with pytest.raises(dynamodb.exceptions.InvalidRestoreTimeException):
        restore(dynamodb, when)
    assert dynamodb.list_tables()["TableNames"] == ["orders"]


def test_both_ends_of_the_window_can_be_restored_to(dynamodb: "DynamoDBClient") -> None:
    """API reference: both described times are restorable ones."""
    recoverable_table(dynamodb)
    next_second()
    earliest, latest = window(dynamodb)

    for name, point in (("at-earliest", earliest), ("at-latest", latest)):
        summary = restore(dynamodb, point, target=name)["RestoreSummary"]
        assert summary["RestoreDateTime"] == point


def test_the_latest_time_can_be_asked_for_by_name(dynamodb: "DynamoDBClient") -> None:
    """API reference, UseLatestRestorableTime: restore to LatestRestorableDateTime."""
    recoverable_table(dynamodb)
    next_second()
    _, latest = window(dynamodb)

    summary = restore(dynamodb)["RestoreSummary"]

    assert latest <= summary["RestoreDateTime"] <= latest + timedelta(seconds=5)


def test_continuous_backups_of_no_table(dynamodb: "DynamoDBClient") -> None:
    """API reference, both operations: TableNotFoundException, not ResourceNotFoundException."""
    with pytest.raises(dynamodb.exceptions.TableNotFoundException):
        window(dynamodb, "nowhere")
    with pytest.raises(dynamodb.exceptions.TableNotFoundException):
        turn_recovery(dynamodb, "nowhere", on=True)
