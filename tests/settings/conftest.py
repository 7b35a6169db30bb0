"""An emulator of its own, a process over HTTP, with nothing in it before each test."""

from collections.abc import Iterator

import pytest

from tests.support.emulator.process import Emulator, start


@pytest.fixture(scope="module")
def running() -> Iterator[Emulator]:
    process, port = start()
    yield Emulator(f"http://127.0.0.1:{port}")
    process.terminate()
    process.wait(timeout=30)


@pytest.fixture
def emulator(running: Emulator, monkeypatch: pytest.MonkeyPatch) -> Emulator:
    """Also the account and region that boto3 finds by itself, as the runbook does."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", running.url)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for key in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(key, "sandbox")
    for key in ("AWS_PROFILE", "AWS_REGION", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(key, raising=False)
    running.ask("POST", "/moto-api/reset")
    return running
