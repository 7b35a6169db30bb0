"""A resource policy, or its table, is removed by hand: what is said is true, clients return."""

import json
import shlex

from tests.support.engine.everything import ACCOUNT
from tests.support.engine.faults import At, clients_are_served
from tests.support.engine.world import ORIGINAL, RESTORED, World

POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "Partner",
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"},
            "Action": ["dynamodb:GetItem"],
            "Resource": "${table}",
        }
    ],
}


def with_policy(world: World) -> None:
    with world.config() as config:
        config["restore-demo:tables"]["restore-demo"]["resourcePolicy"] = json.loads(
            json.dumps(POLICY)
        )
    world.up()


def arn(world: World, name: str) -> str:
    return str(world.dynamodb.describe_table(TableName=name)["Table"]["TableArn"])


def test_a_deleted_table_that_had_a_resource_policy_comes_back(at: At) -> None:
    """The refresh failed over the dead policy, and clients stayed down at every repeat."""
    world = at("serving")
    with_policy(world)
    world.put(ORIGINAL, id="kept", value="good")
    world.dynamodb.delete_table(TableName=ORIGINAL)

    world.restore("run", "--to", "latest", "--drain", "0", "--yes")

    assert world.pointer()[0] == RESTORED
    clients_are_served(world)
    assert world.items(RESTORED)["kept"]["value"] == "good"
    assert world.in_stack() == {"restored"}
    world.no_drift()


def test_a_freeze_that_was_removed_by_hand_is_neither_said_nor_kept(at: At) -> None:
    """`status` and `freeze` said "denied" while writes flowed into what was being restored."""
    # prints: restore/decide/stripped.py:refuse_stripped
    world = at("serving")
    world.restore("freeze", "--yes")
    assert world.asked("status")["tables"]["restore-demo"]["facts"]["labels"]["original"][
        "writesDenied"
    ]
    its_arn = arn(world, ORIGINAL)
    world.dynamodb.delete_resource_policy(ResourceArn=its_arn)

    labels = world.asked("status")["tables"]["restore-demo"]["facts"]["labels"]
    assert labels["original"]["writesDenied"] is False
    refused = world.restore("freeze", "--yes", code=3).err
    assert "Someone removed the resource policy of restore-demo-original-table" in refused
    assert "Writes to restore-demo-original-table are not denied any more." in refused

    # The fix, as it is printed; this machine's shell may have no AWS command line.
    words = shlex.split(refused.partition("fix: ")[2].splitlines()[0])
    assert words[:3] == ["aws", "dynamodb", "put-resource-policy"]
    options = dict(zip(words[3::2], words[4::2], strict=True))
    world.dynamodb.put_resource_policy(
        ResourceArn=options["--resource-arn"], Policy=options["--policy"]
    )
    assert "denied already" in world.restore("freeze", "--yes").said
    world.restore("thaw", "--yes")
    world.no_drift()


def test_a_freeze_whose_policy_was_edited_by_hand_is_put_right_by_freeze(at: At) -> None:
    """The statement alone was taken out: the policy exists, and denies nothing."""
    world = at("serving")
    world.restore("freeze", "--yes")
    its_arn = arn(world, ORIGINAL)
    open_again = json.loads(json.dumps(POLICY).replace("${table}", its_arn))
    world.dynamodb.put_resource_policy(ResourceArn=its_arn, Policy=json.dumps(open_again))

    world.restore("freeze", "--yes")

    document = world.dynamodb.get_resource_policy(ResourceArn=its_arn)["Policy"]
    assert "RestoreWriteFreeze" in document
    assert "Partner" not in document
