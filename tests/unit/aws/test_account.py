"""The account that every boto3 client is made for, and what is said where there is none."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from restore.aws.account import Account
from restore.model.errors import RestoreError, UsageError
from restore.model.provider import Chosen

ROLE = "arn:aws:iam::123456789012:role/"


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """A shell with no region, no credentials, and a profile `work` alone."""
    for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "SESSION_TOKEN", "REGION", "PROFILE"):
        monkeypatch.delenv(f"AWS_{name}", raising=False)
    for name in ("AWS_DEFAULT_REGION", "AWS_DEFAULT_PROFILE", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "config").write_text("[profile work]\nregion = eu-north-1\n")
    (tmp_path / "keys").write_text(
        "[work]\naws_access_key_id = work-key\naws_secret_access_key = x\n"
    )
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "keys"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    return monkeypatch


@pytest.fixture
def aws(shell: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    with mock_aws():
        # moto sets keys of its own.
        shell.setenv("AWS_ACCESS_KEY_ID", "shell-key")
        shell.setenv("AWS_SECRET_ACCESS_KEY", "x")
        shell.delenv("AWS_SESSION_TOKEN", raising=False)
        yield shell


def account(**provider: Any) -> Account:
    texts = {
        key: value if isinstance(value, str) else json.dumps(value)
        for key, value in provider.items()
    }
    return Account(lambda: texts)


def key_of(client: Any) -> str:
    key: str = client._request_signer._credentials.access_key  # noqa: SLF001 - what it signs with
    return key


def test_region_profile_and_keys_of_the_config_go_before_the_shell(
    aws: pytest.MonkeyPatch,
) -> None:
    aws.setenv("AWS_REGION", "us-east-1")
    ours = account(region="eu-west-1", accessKey="config-key", secretKey="s").client("dynamodb")
    assert (ours.meta.region_name, key_of(ours)) == ("eu-west-1", "config-key")
    assert key_of(account(profile="work").client("dynamodb")) == "work-key"
    assert key_of(account().client("dynamodb")) == "shell-key"


def test_the_region_may_come_from_the_profile(shell: pytest.MonkeyPatch) -> None:
    shell.setenv("AWS_PROFILE", "work")

    found = account()

    assert found.region == Chosen("eu-north-1", "the profile work")
    assert key_of(found.client("ssm")) == "work-key"


@pytest.mark.usefixtures("aws")
def test_endpoints_and_how_they_are_reached_are_the_providers() -> None:
    found = account(
        region="eu-west-1",
        endpoints=[{"dynamodb": "http://127.0.0.1:1"}],
        useFipsEndpoint="true",
        stsRegion="us-east-1",
    )

    assert found.client("dynamodb").meta.endpoint_url == "http://127.0.0.1:1"
    assert "fips" in found.client("ssm").meta.endpoint_url
    assert found.client("sts").meta.region_name == "us-east-1"


@pytest.mark.usefixtures("aws")
def test_roles_are_assumed_one_from_the_other() -> None:
    roles = [{"roleArn": f"{ROLE}one"}, {"roleArn": f"{ROLE}two", "sessionName": "ci"}]

    who = account(region="eu-west-1", assumeRoles=roles).client("sts").get_caller_identity()

    assert who["Arn"].endswith(":assumed-role/two/ci")


@pytest.mark.usefixtures("aws")
def test_a_web_identity_is_assumed_with_its_token(tmp_path: Path) -> None:
    role = {"roleArn": f"{ROLE}web", "webIdentityTokenFile": str(tmp_path / "token")}
    found = account(region="eu-west-1", assumeRoleWithWebIdentity=role)
    with pytest.raises(UsageError, match="There is no file"):
        found.client("sts")

    (tmp_path / "token").write_text("token")

    who = found.client("sts").get_caller_identity()["Arn"]
    assert who.endswith(":assumed-role/web/restore")


@pytest.mark.usefixtures("aws")
def test_a_probe_reads_as_its_profile_in_the_same_place() -> None:
    """The roles of the provider are the operator's, not the application's."""
    ours = account(region="eu-west-1", assumeRoles=[{"roleArn": f"{ROLE}one"}])

    client = ours.of_profile("work", "runbook.probeProfile").client("dynamodb")

    assert (client.meta.region_name, key_of(client)) == ("eu-west-1", "work-key")


NOT_THERE: list[Any] = [
    pytest.param({}, {}, (UsageError, "No AWS region is set.", "aws:region REGION"), id="region"),
    pytest.param(
        {"region": "eu-west-1"},
        {},
        (RestoreError, "There are no AWS credentials.", "aws sso login"),
        id="credentials",
    ),
    pytest.param(
        {"region": "eu-west-1", "profile": "prd"},
        {},
        (
            UsageError,
            "There is no AWS profile 'prd' (aws:profile) here.",
            "pulumi config set aws:profile PROFILE",
        ),
        id="config's-profile",
    ),
    pytest.param(
        {"region": "eu-west-1"},
        {"AWS_PROFILE": "prd"},
        (
            UsageError,
            "There is no AWS profile 'prd' (AWS_PROFILE) here.",
            "then export AWS_PROFILE=",
        ),
        id="shell's-profile",
    ),
]


@pytest.mark.parametrize(("provider", "env", "expected"), NOT_THERE)
def test_what_is_missing_is_one_sentence_and_a_fix_that_is_another_command(
    shell: pytest.MonkeyPatch,
    provider: Mapping[str, str],
    env: Mapping[str, str],
    expected: tuple[type[RestoreError], str, str],
) -> None:
    """Advice to run the command that just failed is a circle."""
    kind, says, fix = expected
    for name, value in env.items():
        shell.setenv(name, value)

    with pytest.raises(kind) as refused:
        account(**provider).client("dynamodb")

    assert refused.value.wrong == says
    assert fix in refused.value.fix


def test_a_role_that_cannot_be_assumed_is_said_as_that(aws: pytest.MonkeyPatch) -> None:
    def denied(*_: Any) -> None:
        raise ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, "AssumeRole")

    aws.setattr("botocore.client.BaseClient._make_api_call", denied)

    with pytest.raises(RestoreError, match=f"The role {ROLE}one") as refused:
        account(region="eu-west-1", assumeRoles=[{"roleArn": f"{ROLE}one"}]).client("sts")

    assert f"sts:AssumeRole on {ROLE}one" in refused.value.fix
