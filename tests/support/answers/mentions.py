"""What AWS answers about an account that names a table, and what is found of it."""

from collections.abc import Callable
from typing import Any

import pytest

from restore.aws.account import Account
from restore.aws.mentions import mentions
from restore.plan.losses.mention import Kind, Mention, Route, Side
from tests.support.memory.facts import arn, name

ORIGINAL, RESTORED = name("original"), name("restored")
STREAM = f"{arn('original')}/stream/2026-01-31T14:02:00.000"
ROUTE = Route(
    Side(ORIGINAL, arn("original"), {"backup": "daily"}),
    Side(RESTORED, arn("restored")),
    indexes=("by-customer",),
    stream=STREAM,
)
NOTHING: dict[str, Any] = {
    "DescribeAlarms": {},
    "DescribeScheduledActions": {"ScheduledActions": []},
    "GetResourcePolicy": "PolicyNotFoundException",
    "GetAccountAuthorizationDetails": {"IsTruncated": False},
    "ListBackupPlans": {"BackupPlansList": []},
}
Answers = Callable[..., list[tuple[str, dict[str, Any]]]]


def answering(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """Lets AWS give these answers, several one after the other; a text is an error's code.

    Returns what is asked from then on.
    """
    for key in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(key, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    for key in ("AWS_ENDPOINT_URL", "AWS_PROFILE", "AWS_REGION"):
        monkeypatch.delenv(key, raising=False)

    def use(**answers: Any) -> list[tuple[str, dict[str, Any]]]:
        asked: list[tuple[str, dict[str, Any]]] = []
        left = {
            operation: list(said) if isinstance(said, list) else [said]
            for operation, said in {**NOTHING, **answers}.items()
        }

        def call(client: Any, operation: str, request: dict[str, Any]) -> Any:
            asked.append((operation, request))
            said = left[operation].pop(0) if len(left[operation]) > 1 else left[operation][0]
            if isinstance(said, str):
                error = {"Error": {"Code": said, "Message": "no"}}
                raise client.exceptions.from_code(said)(error, operation)
            return said

        monkeypatch.setattr("botocore.client.BaseClient._make_api_call", call)
        return asked

    return use


def found() -> list[Mention]:
    mentioned, unseen = mentions(Account(), ROUTE)
    assert unseen == []
    return mentioned


def named() -> list[tuple[Kind, str]]:
    return [(each.kind, each.name) for each in found()]


def dimensions(table: str) -> list[dict[str, str]]:
    return [{"Name": "TableName", "Value": table}]


def math(called: str, *tables: str) -> dict[str, Any]:
    metric = {"Namespace": "AWS/DynamoDB", "MetricName": "UserErrors"}
    return {
        "AlarmName": called,
        "AlarmArn": f"arn:alarm:{called}",
        "Metrics": [
            *({"MetricStat": {"Metric": {**metric, "Dimensions": dimensions(t)}}} for t in tables),
            {"Id": "sum", "Expression": "SUM(METRICS())"},
        ],
    }
