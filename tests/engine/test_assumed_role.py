"""A provider that assumes a role, from a shell that may do nothing else.

On the real engine and provider: a pipeline's own credentials can often do nothing but assume the
role of the account that holds the tables.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.support.engine.operators import printed
from tests.support.engine.roles import ROLE, TRUST
from tests.support.engine.scenes import next_second
from tests.support.engine.world import ORIGINAL, RESTORED, World


@contextmanager
def assuming(world: World) -> Iterator[None]:
    """The shell's user may assume the role, and the role may do what `policy` prints."""
    world.iam.create_role(RoleName="deploy", AssumeRolePolicyDocument=TRUST)
    document = json.dumps(printed(world))
    world.iam.put_role_policy(RoleName="deploy", PolicyName="restore", PolicyDocument=document)
    world.iam.create_user(UserName="pipeline")
    allowed = {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": ROLE}
    world.iam.put_user_policy(
        UserName="pipeline",
        PolicyName="assume",
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [allowed]}),
    )
    key = world.iam.create_access_key(UserName="pipeline")["AccessKey"]
    before = world.env
    world.env = {
        **before,
        "AWS_ACCESS_KEY_ID": key["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"],
    }
    world.configure("aws:assumeRoles[0].roleArn", ROLE)
    try:
        yield
    finally:
        world.env = before


def test_a_whole_run_under_an_assumed_role(at: Callable[[str], World]) -> None:
    """The runbook would look as the shell's user, and be denied, or into another account."""
    world = at("serving")
    world.put(ORIGINAL, id="kept", value="good")
    moment = next_second()
    world.put(ORIGINAL, id="kept", value="garbage")
    with assuming(world):
        # A refresh reads with the provider of the last update, which had no role yet.
        world.up()
        plan = world.restore("plan", "--to", moment)
        assert "(from aws:assumeRoles)" in plan.said
        since = world.last_call()
        world.restore("run", "--to", moment, "--drain", "0", "--yes")
        assert ROLE in world.restore("policy").err
        own = world.env["AWS_ACCESS_KEY_ID"]
        asked = {call["action"] for call in world.calls(since) if call["access_key"] == own}
    assert asked == {"AssumeRole"}
    assert world.pointer()[0] == RESTORED
    assert world.items(RESTORED)["kept"]["value"] == "good"
