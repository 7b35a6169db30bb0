"""What AWS answers, or does not: who logs in, waits or is allowed goes on with the same command."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.fixes.kept import kept
from tests.fixes.shells import STATUS, Shell
from tests.fixes.sites import printed
from tests.fixes.typed import typed
from tests.support.engine.operators import acting, without
from tests.support.engine.operators import printed as document_of
from tests.support.engine.world import World

At = Callable[[str], World]
ROLE = "arn:aws:iam::123456789012:role/deploy"
ANYTHING = {"Version": "2012-10-17", "Statement": []} | {
    "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]
}
SHELLS = [
    pytest.param(
        "restore/aws/errors.py:trouble#2",
        "export AWS_ENDPOINT_URL=http://127.0.0.1:9",
        "export AWS_ENDPOINT_URL=$answers",  # the network is there again
        id="no answer",
    ),
    pytest.param(
        "restore/aws/errors.py:trouble",
        "export AWS_CONFIG_FILE=$PWD/login.ini; unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY",
        "export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test",  # new keys
        id="a login that has ended",
    ),
    pytest.param(
        "restore/aws/errors.py:trouble#3",
        "export AWS_REGION='us east 1' AWS_DEFAULT_REGION='us east 1'",
        "export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1",  # what it names
        id="a name that is none",
    ),
]


@pytest.mark.parametrize(("site", "before", "what_it_says"), SHELLS)
def test_a_shell_that_cannot_ask_is_put_right(
    at: At, site: str, before: str, what_it_says: str
) -> None:
    """To look at the stack once more, which asks the same AWS, is no way on."""
    world = at("serving")
    (world.project / "login.ini").write_text("[default]\ncredential_process = false\n")
    shell = Shell(world, f"answers=$AWS_ENDPOINT_URL; {before}")

    assert "python -m restore status" not in printed(shell.said(1), site)
    shell.type(what_it_says)

    assert "restore-demo: serving" in shell.said(0)


ANSWERS = [
    ("restore/aws/errors.py:_refused", "ExpiredTokenException", 400),
    ("restore/aws/errors.py:_refused#2", "InternalServerError", 500),
    ("restore/aws/errors.py:_refused#3", "ResourceInUseException", 400),
]


@pytest.mark.parametrize(("site", "code", "status"), ANSWERS)
def test_what_has_passed_is_not_in_the_way_of_the_same_command(
    at: At, site: str, code: str, status: int
) -> None:
    """Each verb looks at everything again, so that it can be typed again."""
    world = at("serving")
    with world.failing("GetParameter", code=code, status=status, times=None):
        fix = printed(world.restore("status", code=1).said, site)
    assert "the same command" in fix
    assert "restore-demo: serving" in world.restore("status").said


def test_who_is_denied_is_shown_what_to_be_allowed_and_goes_on(at: At) -> None:
    """`status`, which was printed before, is denied the same call."""
    world = at("serving")
    with acting(world):
        fix = printed(world.restore("status", code=1).said, "restore/aws/errors.py:_refused#3")
        document = json.loads(typed(world, fix.partition(",")[0]).out)
        allow(world, document)
        assert "restore-demo: serving" in world.restore("status").said


def allow(world: World, document: dict[str, Any]) -> None:
    """An administrator does it, to anyone who is at work now."""
    (name,) = (
        user["UserName"]
        for user in world.iam.list_users()["Users"]
        for key in world.iam.list_access_keys(UserName=user["UserName"])["AccessKeyMetadata"]
        if key["AccessKeyId"] == world.env["AWS_ACCESS_KEY_ID"]
    )
    made = world.iam.create_policy(PolicyName=f"{name}-more", PolicyDocument=json.dumps(document))
    world.iam.attach_user_policy(UserName=name, PolicyArn=made["Policy"]["Arn"])


def test_what_the_provider_is_denied_is_allowed_and_the_step_goes_on(at: At) -> None:
    """A step is half done then: what it has done is kept, and the rest follows."""
    world = at("adopted")
    whole = document_of(world)
    with kept(world), acting(world, without(whole, "FurnishTables")):
        said = world.restore("prepare", code=1).said
        fix = printed(said, "restore/engine/events.py:_understood")
        assert fix.startswith("python -m restore policy, which prints")
        allow(world, json.loads(typed(world, fix.partition(",")[0]).out))
        world.restore("prepare")
    assert world.phase() == "prepared"


def test_a_right_that_the_plan_misses_is_given_and_the_plan_goes_on(at: At) -> None:
    """Found after the restore, an hour would have passed."""
    world = at("around")
    whole = document_of(world)
    with acting(world, without(whole, "GrantToClients")):
        said = world.restore("plan", "--to", "latest", code=3).said
        fix = printed(said, "restore/plan/checks.py:_permissions")
        assert "iam:" in fix
        allow(world, whole)
        world.restore("plan", "--to", "latest")


ROLES = [
    pytest.param(
        "restore/model/provider_config.py:_unreadable",
        "pulumi config set aws:endpoints nonsense",
        {"<URL>": "$AWS_ENDPOINT_URL"},
        id="a text where a list belongs",
    ),
    pytest.param(
        "restore/model/provider_config.py:_role",
        "pulumi config set --path 'aws:assumeRoles[0].sessionName' ci",
        {"<ARN>": ROLE},
        id="a role without its ARN",
    ),
    pytest.param(
        "restore/model/provider_config.py:_seconds",
        f"pulumi config set --path 'aws:assumeRoles[0].roleArn' {ROLE};"
        " pulumi config set --path 'aws:assumeRoles[0].duration' soon",
        {},
        id="a duration that is none",
    ),
    pytest.param(
        "restore/aws/account.py:_no_profile",
        "pulumi config set aws:profile nope",
        {"PROFILE": "team"},
        id="a profile that nobody has here",
    ),
    pytest.param(
        "restore/aws/account.py:_by_web_identity",
        f"pulumi config set --path aws:assumeRoleWithWebIdentity.roleArn {ROLE};"
        " pulumi config set --path aws:assumeRoleWithWebIdentity.webIdentityTokenFile nowhere",
        {"<file>": "token"},
        id="a token that is elsewhere",
    ),
]


@pytest.mark.parametrize(("site", "wrong", "filled_in"), ROLES)
def test_a_key_of_the_provider_is_set_as_the_provider_takes_it(
    at: At, site: str, wrong: str, filled_in: dict[str, str]
) -> None:
    """The provider's own message comes after the wait, and names no command."""
    world = at("serving")
    world.iam.create_role(RoleName="deploy", AssumeRolePolicyDocument="{}")
    world.iam.put_role_policy(
        RoleName="deploy", PolicyName="all", PolicyDocument=json.dumps(ANYTHING)
    )
    (world.project / "token").write_text("token")
    (world.project / "aws.ini").write_text(
        "[profile team]\naws_access_key_id = test\naws_secret_access_key = test\n"
    )
    typed(world, wrong)
    shell = Shell(world, "export AWS_CONFIG_FILE=$PWD/aws.ini", STATUS)

    fix = printed(shell.said(2), site)
    begins = fix.index("pulumi config set") if "get" not in fix else 0
    commands = fix[begins:].replace(", which shows it", "")
    typed(world, commands, filled_in)

    assert "restore-demo: serving" in shell.said(0)


def test_a_role_that_may_be_assumed_by_now_is_assumed(at: At) -> None:
    """The message says who needs what; anyone who administers the account gives it."""
    world = at("serving")
    world.configure("aws:assumeRoles[0].roleArn", ROLE)
    world.iam.create_role(RoleName="deploy", AssumeRolePolicyDocument="{}")
    world.iam.put_role_policy(
        RoleName="deploy", PolicyName="all", PolicyDocument=json.dumps(ANYTHING)
    )
    with acting(world):
        fix = printed(world.restore("status", code=1).said, "restore/aws/account.py:_kept")
        assert f"needs sts:AssumeRole on {ROLE}" in fix
        allow(world, ANYTHING)
        assert "restore-demo: serving" in world.restore("status").said
