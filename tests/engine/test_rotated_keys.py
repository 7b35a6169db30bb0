"""The provider's keys were rotated since the last update, and the old ones are denied everything.

A refresh reads with the provider that the state holds: each verb failed as the old user.
"""

import json

from tests.support.engine.faults import At, stands
from tests.support.engine.world import RESTORED, World


def user(world: World, name: str) -> str:
    """A user who may do everything, in the stack config; returns its access key."""
    everything = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [everything]})
    world.iam.create_user(UserName=name)
    world.iam.put_user_policy(UserName=name, PolicyName="all", PolicyDocument=document)
    key = world.iam.create_access_key(UserName=name)["AccessKey"]
    world.configure("aws:accessKey", key["AccessKeyId"])
    world.pulumi("config", "set", "--secret", "aws:secretKey", key["SecretAccessKey"])
    return str(key["AccessKeyId"])


def test_a_verb_goes_on_with_new_keys_once_the_old_ones_are_deleted(at: At) -> None:
    """What was refreshed with the old keys could only be ended by an update without a refresh."""
    world = at("restored")
    old = user(world, "old")
    world.up()
    user(world, "new")
    world.iam.delete_access_key(UserName="old", AccessKeyId=old)

    world.restore("adopt")

    stands(world, "adopted")
    assert RESTORED in world.tables()
    world.no_drift()
