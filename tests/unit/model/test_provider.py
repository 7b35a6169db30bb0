"""How the AWS provider reaches AWS, as the runbook follows it: a table of configs and shells."""

from typing import Any

import pytest

from restore.model.errors import UsageError
from restore.model.provider import Chosen, ProviderSettings, Role
from restore.model.provider_config import settings_of

ROLE = "arn:aws:iam::123456789012:role/deploy"
SHELL = "the credentials of this shell"


@pytest.mark.parametrize(
    ("config", "env", "region", "identity"),
    [
        pytest.param({}, {}, None, SHELL, id="nothing"),
        pytest.param(
            {"region": "a"},
            {"AWS_REGION": "b", "AWS_DEFAULT_REGION": "c"},
            Chosen("a", "aws:region"),
            SHELL,
            id="the-config-goes-before-a-shell-that-contradicts-itself",
        ),
        pytest.param({}, {"AWS_REGION": "b"}, Chosen("b", "AWS_REGION"), SHELL, id="provider's"),
        pytest.param(
            {}, {"AWS_DEFAULT_REGION": "c"}, Chosen("c", "AWS_DEFAULT_REGION"), SHELL, id="boto3's"
        ),
        pytest.param(
            {},
            {"AWS_REGION": "b", "AWS_DEFAULT_REGION": "b"},
            Chosen("b", "AWS_REGION"),
            SHELL,
            id="both-the-same",
        ),
        pytest.param(
            {},
            {"AWS_REGION": "", "AWS_DEFAULT_REGION": "c"},
            Chosen("c", "AWS_DEFAULT_REGION"),
            SHELL,
            id="an-empty-variable-says-nothing",
        ),
        pytest.param({"profile": "p"}, {"AWS_PROFILE": "q"}, None, "aws:profile", id="profile"),
        pytest.param({}, {"AWS_PROFILE": "q"}, None, "AWS_PROFILE", id="the-shell's-profile"),
        pytest.param(
            {"accessKey": "k", "secretKey": "s", "profile": "p"},
            {},
            None,
            "aws:accessKey",
            id="keys",
        ),
        pytest.param(
            {"assumeRoles": f'[{{"roleArn": "{ROLE}"}}]', "accessKey": "k"},
            {},
            None,
            "aws:assumeRoles",
            id="a-role",
        ),
        pytest.param(
            {"assumeRoleWithWebIdentity": f'{{"roleArn": "{ROLE}", "webIdentityTokenFile": "f"}}'},
            {},
            None,
            "aws:assumeRoleWithWebIdentity",
            id="a-web-identity",
        ),
    ],
)
def test_what_counts_is_known_with_what_sets_it(
    config: dict[str, str], env: dict[str, str], region: Chosen | None, identity: str
) -> None:
    found = settings_of(config, env)

    assert (found.region, found.identity) == (region, identity)
    assert found.unfollowed == ()


@pytest.mark.parametrize(
    ("env", "says"),
    [
        (
            {"AWS_REGION": "us-west-2", "AWS_DEFAULT_REGION": "us-east-1"},
            "AWS_REGION is us-west-2 and AWS_DEFAULT_REGION is us-east-1",
        ),
        (
            {"AWS_PROFILE": "one", "AWS_DEFAULT_PROFILE": "two"},
            "AWS_PROFILE is one and AWS_DEFAULT_PROFILE is two",
        ),
    ],
)
def test_a_shell_that_contradicts_itself_is_rejected(env: dict[str, str], says: str) -> None:
    """boto3 would follow the one and the provider the other, into two places."""
    with pytest.raises(UsageError, match="Nothing was touched") as refused:
        settings_of({}, env)

    assert says in refused.value.wrong
    assert "whichever is wrong; or pulumi config set aws:" in refused.value.fix


def one(config: dict[str, str]) -> ProviderSettings:
    return settings_of(config, {})


def test_roles_are_assumed_in_order_with_all_that_the_provider_sends() -> None:
    """An external id or a tag that is left out is a role that cannot be assumed."""
    written = (
        f'[{{"roleArn": "{ROLE}"}}, {{"roleArn": "{ROLE}-2", "sessionName": "ci", "duration":'
        ' "1h30m", "externalId": "x", "sourceIdentity": "me", "policy": "{}", "policyArns": ["p"],'
        ' "tags": {"Team": "shop"}, "transitiveTagKeys": ["Team"]}]'
    )

    first, second = one({"assumeRoles": written}).roles

    assert first == Role(ROLE, {"RoleSessionName": "restore"})
    assert second.arguments == {
        "RoleSessionName": "ci",
        "ExternalId": "x",
        "SourceIdentity": "me",
        "Policy": "{}",
        "PolicyArns": [{"arn": "p"}],
        "Tags": [{"Key": "Team", "Value": "shop"}],
        "TransitiveTagKeys": ["Team"],
        "DurationSeconds": 5400,
    }


def test_endpoints_are_known_by_boto3s_names_of_the_services() -> None:
    written = '[{"dynamodb": "http://d", "appautoscaling": "http://a", "ssm": ""}]'

    found = one({"endpoints": written}).endpoints

    assert found == {"dynamodb": "http://d", "application-autoscaling": "http://a"}


@pytest.mark.parametrize(
    ("config", "field", "value"),
    [
        ({"useFipsEndpoint": "true"}, "client", {"use_fips_endpoint": True}),
        ({"useDualstackEndpoint": "true"}, "client", {"use_dualstack_endpoint": True}),
        ({"httpsProxy": "http://p"}, "client", {"proxies": {"https": "http://p"}}),
        ({"insecure": "true"}, "verify", False),
        ({"customCaBundle": "/ca.pem"}, "verify", "/ca.pem"),
        ({"stsRegion": "us-east-1"}, "sts_region", "us-east-1"),
        ({"sharedConfigFiles": '["/c"]'}, "files", {"config_file": "/c"}),
        ({"sharedCredentialsFiles": '["/c"]'}, "files", {"credentials_file": "/c"}),
        ({"sharedConfigFiles": '["/c", "/d"]'}, "unfollowed", ("aws:sharedConfigFiles",)),
        ({"noProxy": "x"}, "unfollowed", ("aws:noProxy",)),
        ({"defaultTags": "{}", "skipMetadataApiCheck": "false"}, "unfollowed", ()),
    ],
)
def test_each_key_is_followed_or_named(config: dict[str, str], field: str, value: Any) -> None:
    assert getattr(one(config), field) == value


@pytest.mark.parametrize(
    "config",
    [
        {"assumeRoles": "not json"},
        {"assumeRoles": '["a role"]'},
        {"assumeRoles": "[{}]"},
        {"assumeRoles": f'[{{"roleArn": "{ROLE}", "duration": "soon"}}]'},
        {"sharedConfigFiles": '{"a": 1}'},
    ],
)
def test_a_key_that_cannot_be_read_is_named(config: dict[str, str]) -> None:
    """A traceback at 3 a.m. names a line of ours, not a line of theirs."""
    (key,) = config

    with pytest.raises(UsageError, match="in the stack config") as refused:
        one(config)

    assert refused.value.wrong.startswith(f"aws:{key}")
    assert f"pulumi config set --path 'aws:{key}[0]" in refused.value.fix


def test_secrets_are_shown_nowhere() -> None:
    shown = repr(one({"accessKey": "AKIA", "secretKey": "hidden", "token": "hidden"}))

    assert "hidden" not in shown
