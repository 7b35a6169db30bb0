"""The reads of a probe themselves, and the client whose credentials they have."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from restore.aws.account import Account
from restore.aws.probe import Client, Reader
from restore.model.errors import UsageError
from restore.perform.probe import client_of
from tests.support.memory.account_and_stack import Clock, world


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for variable in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.setenv(variable, "testing")
    for variable in ("AWS_ENDPOINT_URL", "AWS_PROFILE", "AWS_REGION"):
        monkeypatch.delenv(variable, raising=False)
    with mock_aws():
        for table in ("one", "two"):
            boto3.client("dynamodb", "eu-west-1").create_table(
                TableName=table,
                BillingMode="PAY_PER_REQUEST",
                KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
                AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            )
        yield boto3.client("ssm", "eu-west-1")


def point(ssm: Any, value: str) -> None:
    ssm.put_parameter(Name="pointer", Value=value, Type="String", Overwrite=True)


def reader(cache_seconds: float) -> Reader:
    client = Client(Account(lambda: {"region": "eu-west-1"}), None)
    return Reader(client, "orders", "pointer", {"id": {"S": "x"}}, cache_seconds)


def test_a_reader_without_a_cache_follows_at_once_and_one_with_a_cache_when_it_is_old(
    aws: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = Clock()
    monkeypatch.setattr("restore.aws.probe.time", now)
    point(aws, "one")
    fresh, cached = reader(0), reader(60)
    assert [fresh.read().name, cached.read().name] == ["one", "one"]

    point(aws, "two")
    now.sleep(59)
    assert [fresh.read().name, cached.read().name] == ["two", "one"]
    now.sleep(1)
    assert [fresh.read().name, cached.read().name] == ["two", "two"]


def test_a_read_that_aws_refuses_is_a_read_with_its_error(aws: Any) -> None:
    assert reader(0).read().name is None
    assert "ParameterNotFound" in str(reader(0).read().error)
    point(aws, "three")
    read = reader(0).read()
    assert read.name == "three"
    assert "ResourceNotFoundException" in str(read.error)


def test_the_client_is_the_one_that_the_config_names(
    aws: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    del aws
    keys = "aws_access_key_id = a\naws_secret_access_key = b\n"
    (tmp_path / "credentials").write_text(f"[application]\n{keys}")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    there = world()
    assert client_of(there.session()).profile is None
    there.stack.texts["runbook"] = '{"probeProfile": "application"}'
    assert client_of(there.session()).profile == "application"


def test_a_profile_that_does_not_exist_is_said_before_anything_begins(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Not after the restore, which takes an hour."""
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/no/such/file")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/no/such/file")
    there = world()
    there.stack.texts["runbook"] = '{"probeProfile": "nobody"}'
    with pytest.raises(UsageError, match="no AWS profile 'nobody'"):
        client_of(there.session())
