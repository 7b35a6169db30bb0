"""One emulator for all these tests, as a user's tools meet it: a process, over HTTP."""

from typing import TYPE_CHECKING, cast

import pytest

from tests.emulator.support import Emulator, start

if TYPE_CHECKING:
    from collections.abc import Iterator

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
