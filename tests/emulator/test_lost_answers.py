"""An attempt at a call that AWS has done already, since its answer was lost on the way.

Not AWS's: it would do such a call twice. See sandbox/emulator/answers.py.
"""

import http.client
import json
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.emulator.process import KEYED_BY_ID, REGION, Emulator

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

TABLE: dict[str, Any] = {"TableName": "orders", **KEYED_BY_ID}


def attempt(emulator: Emulator, action: str, invocation: str, **body: Any) -> Any:
    """One attempt at a call, as an SDK sends it."""
    scope = f"sandbox/20261124/{REGION}/dynamodb/aws4_request"
    headers = {
        "X-Amz-Target": f"DynamoDB_20120810.{action}",
        "Content-Type": "application/x-amz-json-1.0",
        "Authorization": f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0",
        "Amz-Sdk-Invocation-Id": invocation,
    }
    data = json.dumps(body).encode()
    request = urllib.request.Request(emulator.url, data, headers)  # noqa: S310  # our own URL
    answer: http.client.HTTPResponse
    with urllib.request.urlopen(request) as answer:  # noqa: S310
        return json.load(answer)


def test_asked_again_it_answers_as_before_and_does_it_once(
    emulator: Emulator, dynamodb: "DynamoDBClient"
) -> None:
    """Else every fortieth update of forty tables fails, and no test of one can be trusted."""
    first = attempt(emulator, "CreateTable", "a", **TABLE)

    assert attempt(emulator, "CreateTable", "a", **TABLE) == first
    assert dynamodb.list_tables()["TableNames"] == ["orders"]


def test_another_call_is_done_however_alike(emulator: Emulator) -> None:
    """Two programs that create the same table: the second has to hear of it."""
    attempt(emulator, "CreateTable", "b", **TABLE)

    with pytest.raises(urllib.error.HTTPError, match="400"):
        attempt(emulator, "CreateTable", "c", **TABLE)


def test_what_failed_is_tried_again(emulator: Emulator, dynamodb: "DynamoDBClient") -> None:
    """That is what an SDK tries again for."""
    with pytest.raises(urllib.error.HTTPError, match="400"):
        attempt(emulator, "DescribeTable", "d", TableName="orders")
    dynamodb.create_table(**TABLE)

    assert attempt(emulator, "DescribeTable", "d", TableName="orders")["Table"]
