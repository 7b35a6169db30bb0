"""One emulator for all these tests, as a user's tools meet it: a process, over HTTP."""

from typing import TYPE_CHECKING, cast

import pytest

from tests.support.emulator.auto_scaling import PROVISIONED
from tests.support.emulator.process import KEYED_BY_ID, Emulator, put, start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy_boto3_application_autoscaling import ApplicationAutoScalingClient
    from mypy_boto3_cloudwatch import CloudWatchClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_iam import IAMClient


@pytest.fixture(scope="session")
def running() -> "Iterator[Emulator]":
    process, port = start()
    yield Emulator(f"http://127.0.0.1:{port}")
    process.terminate()
    process.wait(timeout=30)


@pytest.fixture
def emulator(running: Emulator, monkeypatch: pytest.MonkeyPatch) -> Emulator:
    """Return an emulator with nothing in it."""
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    running.ask("POST", "/moto-api/reset")
    return running


@pytest.fixture
def dynamodb(emulator: Emulator) -> "DynamoDBClient":
    return cast("DynamoDBClient", emulator.client("dynamodb"))


@pytest.fixture
def iam(emulator: Emulator) -> "IAMClient":
    return cast("IAMClient", emulator.client("iam"))


@pytest.fixture
def tables(dynamodb: "DynamoDBClient") -> list[str]:
    names = ["orders", "others"]
    for name in names:
        dynamodb.create_table(TableName=name, **KEYED_BY_ID)
        put(dynamodb, name, "one")
    return names


@pytest.fixture
def scaling(emulator: Emulator, dynamodb: "DynamoDBClient") -> "ApplicationAutoScalingClient":
    for name in ("orders", "orders-2"):
        dynamodb.create_table(TableName=name, **PROVISIONED)
    return cast("ApplicationAutoScalingClient", emulator.client("application-autoscaling"))


@pytest.fixture
def cloudwatch(emulator: Emulator) -> "CloudWatchClient":
    return cast("CloudWatchClient", emulator.client("cloudwatch"))
