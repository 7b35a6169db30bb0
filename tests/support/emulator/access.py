"""What the tests of IAM's enforcement share: a user's client, and what a refused call says."""

from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from tests.support.emulator.process import ACCOUNT, REGION, Emulator, user_with

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_iam import IAMClient

ITEM: Any = {"id": {"S": "one"}}
USER = f"arn:aws:iam::{ACCOUNT}:user/reader"


def here(service: str, resource: str) -> str:
    return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{resource}"


def client_of(
    emulator: Emulator, iam: "IAMClient", *statements: dict[str, Any]
) -> "DynamoDBClient":
    client: DynamoDBClient = emulator.client("dynamodb", user_with(iam, "reader", *statements))
    return client


def code(call: "Callable[[], Any]") -> str:
    """Return the error's code of a call, "" where it succeeds."""
    try:
        call()
    except ClientError as error:
        return error.response["Error"]["Code"]
    return ""


def refusal(call: "Callable[[], Any]") -> tuple[str, int, str]:
    """Return code, status and message of a refused call."""
    with pytest.raises(ClientError) as refused:
        call()
    answer = refused.value.response
    return (
        answer["Error"]["Code"],
        answer["ResponseMetadata"]["HTTPStatusCode"],
        answer["Error"]["Message"],
    )
