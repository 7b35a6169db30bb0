"""An application: an IAM user that has the two grants, may read the pointer, and no more."""

import json
from typing import Any

from tests.support.engine.world import ORIGINAL, PARAMETER, World

USER = "application"
_POLICIES = "arn:aws:iam::123456789012:policy/restore-demo-{}-policy"
_POINTER = f"arn:aws:ssm:*:123456789012:parameter/{PARAMETER}"


def serve(world: World) -> tuple[str, str]:
    """A new stack whose table is read and written by the user; returns the user's access key."""
    world.begin()
    with world.config() as config:
        config["restore-demo:tables"]["restore-demo"]["writeActions"] = ["dynamodb:PutItem"]
    world.up()
    world.put(ORIGINAL, id="kept", value="good")
    world.iam.create_user(UserName=USER)
    for grant in ("read", "write"):
        world.iam.attach_user_policy(UserName=USER, PolicyArn=_POLICIES.format(grant))
    policy(world, "pointer", Effect="Allow", Action="ssm:GetParameter", Resource=_POINTER)
    key = world.iam.create_access_key(UserName=USER)["AccessKey"]
    return key["AccessKeyId"], key["SecretAccessKey"]


def policy(world: World, name: str, **statement: Any) -> None:
    """One more statement for the user alone."""
    document = {"Version": "2012-10-17", "Statement": [statement]}
    world.iam.put_user_policy(UserName=USER, PolicyName=name, PolicyDocument=json.dumps(document))
