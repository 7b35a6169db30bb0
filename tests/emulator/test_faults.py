"""What the emulator does when it is told not to be well: errors, late answers, cut connections.

Nothing here is AWS's but the shape of its errors; sandbox/emulator/control.py has the paths.
"""

import time
import urllib.error
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectionClosedError, ReadTimeoutError

from tests.support.emulator.process import (
    KEYED_BY_ID,
    REGION,
    Emulator,
    recoverable_table,
    turn_recovery,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Break = Callable[..., dict[str, Any]]


@pytest.fixture
def breaks(emulator: Emulator) -> Iterator[Break]:
    """Lets a fault happen; all is well again after the test."""

    def add(action: str, **fields: Any) -> dict[str, Any]:
        told: dict[str, Any] = emulator.ask("PUT", "/sandbox/faults", {"action": action, **fields})
        return told

    yield add
    emulator.ask("DELETE", "/sandbox/faults")
    emulator.ask("PUT", "/sandbox/settings", {"restore_ends": "ACTIVE"})


def refusal(call: Callable[..., Any], **arguments: Any) -> tuple[str, int]:
    """The code and the status that a call is refused with."""
    with pytest.raises(ClientError) as refused:
        call(**arguments)
    answer = refused.value.response
    return answer["Error"]["Code"], answer["ResponseMetadata"]["HTTPStatusCode"]


@pytest.mark.parametrize(
    ("asked", "action", "code"),
    [
        ("dynamodb.list_tables", "ListTables", "ExpiredTokenException"),
        ("ssm.describe_parameters", "DescribeParameters", "ExpiredTokenException"),
        ("iam.list_users", "ListUsers", "ExpiredToken"),
        ("sts.get_caller_identity", "GetCallerIdentity", "ExpiredToken"),
        (
            "lambda.list_event_source_mappings",
            "GET /2015-03-31/event-source-mappings",
            "ExpiredTokenException",
        ),
    ],
)
def test_each_protocol_words_an_error_its_own_way(
    emulator: Emulator, breaks: Break, asked: str, action: str, code: str
) -> None:
    """An SDK that cannot read the answer would say something else than AWS makes it say."""
    service, _, call = asked.partition(".")
    client = emulator.client(service)
    breaks(action, code="ExpiredTokenException", status=403)

    assert refusal(getattr(client, call)) == (code, 403)
    getattr(client, call)()


@pytest.mark.parametrize(("moment", "there"), [("before", []), ("after", ["orders"])])
def test_an_error_comes_instead_of_the_deed_or_after_it(
    dynamodb: "DynamoDBClient", breaks: Break, moment: str, there: list[str]
) -> None:
    """InternalServerError says nothing about what was done: both are to be reckoned with."""
    breaks("CreateTable", moment=moment)

    refused = refusal(dynamodb.create_table, TableName="orders", **KEYED_BY_ID)

    assert refused == ("InternalServerError", 500)
    assert dynamodb.list_tables()["TableNames"] == there


def test_a_fault_happens_as_often_as_it_is_told_to(
    emulator: Emulator, dynamodb: "DynamoDBClient", breaks: Break
) -> None:
    """A retry that helps and one that does not are two cases."""
    told = breaks("ListTables", times=2, code="ThrottlingException", status=400)
    assert [each["times"] for each in told["faults"]] == [2]
    for _ in range(2):
        assert refusal(dynamodb.list_tables) == ("ThrottlingException", 400)
    assert dynamodb.list_tables()["TableNames"] == []
    assert emulator.ask("GET", "/sandbox/faults") == {"faults": [], "struck": 2}

    breaks("ListTables", times=None)
    for _ in range(4):
        refusal(dynamodb.list_tables)
    emulator.ask("DELETE", "/sandbox/faults")
    dynamodb.list_tables()


def test_credentials_expire_at_a_call_and_stay_so(
    emulator: Emulator, dynamodb: "DynamoDBClient", breaks: Break
) -> None:
    """An hour's session ends in the middle of a run, for anyone who has that key."""
    other = emulator.client("dynamodb", ("other", "other", None))
    breaks("*", times=None, since="CreateTable", access_key="sandbox", code="ExpiredTokenException")
    dynamodb.list_tables()
    other.create_table(TableName="before", **KEYED_BY_ID)

    assert refusal(dynamodb.create_table, TableName="orders", **KEYED_BY_ID)[0].startswith("Exp")
    assert refusal(dynamodb.list_tables)[0] == "ExpiredTokenException"
    assert other.list_tables()["TableNames"] == ["before"]


def test_one_program_alone_can_be_struck(dynamodb: "DynamoDBClient", breaks: Break) -> None:
    """The engine's provider and the runbook use the same key and the same calls."""
    breaks("ListTables", user_agent="terraform", times=None)

    assert dynamodb.list_tables()["TableNames"] == []


def test_a_connection_is_cut_after_the_deed(dynamodb: "DynamoDBClient", breaks: Break) -> None:
    """The caller knows as little as after an InternalServerError."""
    breaks("CreateTable", kind="cut", moment="after")

    with pytest.raises(ConnectionClosedError):
        dynamodb.create_table(TableName="orders", **KEYED_BY_ID)

    assert dynamodb.list_tables()["TableNames"] == ["orders"]


@pytest.mark.parametrize(("moment", "there"), [("before", []), ("after", ["orders"])])
def test_an_answer_comes_late(
    emulator: Emulator, dynamodb: "DynamoDBClient", breaks: Break, moment: str, there: list[str]
) -> None:
    """A caller gives up sooner or later, and AWS may have done it or may do it yet."""
    impatient = boto3.client(
        "dynamodb",
        region_name=REGION,
        endpoint_url=emulator.url,
        aws_access_key_id="sandbox",
        aws_secret_access_key="sandbox",  # noqa: S106 - the emulator's own
        config=Config(read_timeout=0.3, retries={"total_max_attempts": 1}),
    )
    breaks("CreateTable", kind="delay", seconds=30, moment=moment)

    with pytest.raises(ReadTimeoutError):
        impatient.create_table(TableName="orders", **KEYED_BY_ID)
    assert dynamodb.list_tables()["TableNames"] == there

    emulator.ask("DELETE", "/sandbox/faults")
    give_up = time.monotonic() + 10
    while dynamodb.list_tables()["TableNames"] != ["orders"]:
        assert time.monotonic() < give_up, "the late call was not done when it was let go"


@pytest.mark.parametrize(
    "wrong",
    [
        {"action": "PutItem", "moment": "never"},
        {"action": "PutItem", "kind": "error!"},
        {"action": "PutItem", "time": 1},
        {"code": "InternalServerError"},
    ],
)
def test_a_wrong_fault_is_refused(emulator: Emulator, wrong: dict[str, Any]) -> None:
    """A test would wait for a fault that never happens."""
    with pytest.raises(urllib.error.HTTPError, match="400") as refused:
        emulator.ask("PUT", "/sandbox/faults", wrong)
    refused.value.close()


def restored_to_end_as(emulator: Emulator, dynamodb: "DynamoDBClient", end: str) -> None:
    """Starts a restore of a table with point-in-time recovery, and waits until it is over."""
    recoverable_table(dynamodb)
    emulator.ask("PUT", "/sandbox/settings", {"restore_ends": end})
    dynamodb.restore_table_to_point_in_time(
        SourceTableName="orders", TargetTableName="restored", UseLatestRestorableTime=True
    )
    emulator.ask("PUT", "/sandbox/settings", {"restore_ends": "ACTIVE"})
    began = dynamodb.describe_table(TableName="restored")["Table"]
    assert began["TableStatus"] == "CREATING"
    time.sleep(0.5)


def test_a_restore_ends_as_something_else_than_active(
    emulator: Emulator, dynamodb: "DynamoDBClient", breaks: Break
) -> None:
    """A key that was taken away leaves a table that nobody can read."""
    del breaks
    restored_to_end_as(emulator, dynamodb, "INACCESSIBLE_ENCRYPTION_CREDENTIALS")

    ended = dynamodb.describe_table(TableName="restored")["Table"]
    assert ended["TableStatus"] == "INACCESSIBLE_ENCRYPTION_CREDENTIALS"
    assert ended["RestoreSummary"]["RestoreInProgress"] is False
    dynamodb.delete_table(TableName="restored")


def test_a_restore_ends_without_a_table(
    emulator: Emulator, dynamodb: "DynamoDBClient", breaks: Break
) -> None:
    """Anyone who waits for it would wait for ever."""
    del breaks
    restored_to_end_as(emulator, dynamodb, "gone")

    assert dynamodb.list_tables()["TableNames"] == ["orders"]
    assert refusal(dynamodb.describe_table, TableName="restored")[0] == "ResourceNotFoundException"
    turn_recovery(dynamodb, "orders", on=False)


def test_an_end_that_no_table_has_is_refused(emulator: Emulator) -> None:
    """A typing error must not leave restores ending well unnoticed."""
    with pytest.raises(urllib.error.HTTPError, match="400") as refused:
        emulator.ask("PUT", "/sandbox/settings", {"restore_ends": "FAILED"})
    refused.value.close()
