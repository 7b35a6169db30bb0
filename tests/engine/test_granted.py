"""The grant is edited or deleted by hand: `status` reads it from AWS, and its fix works."""

import json
import sys

from tests.support.engine.faults import At, stands
from tests.support.engine.world import ORIGINAL, POLICY_ARN, RESTORED, World

WRITE_ARN = "arn:aws:iam::123456789012:policy/restore-demo-write-policy"


def fix(world: World, wrong: str) -> str:
    """The fix that `status` prints for what is wrong."""
    said = world.restore("status").said
    assert wrong in " ".join(said.split()), said
    fixes = [line.strip().removeprefix("fix: ") for line in said.splitlines() if "fix: " in line]
    # What git is asked about the config has a fix of its own.
    (found,) = [each for each in fixes if not each.startswith("git ")]
    return found.partition(", which")[0]


def delete_policy(world: World, arn: str) -> None:
    """As IAM wants it: the other versions first."""
    for each in world.iam.list_policy_versions(PolicyArn=arn)["Versions"]:
        if not each["IsDefaultVersion"]:
            world.iam.delete_policy_version(PolicyArn=arn, VersionId=each["VersionId"])
    world.iam.delete_policy(PolicyArn=arn)


def readable(world: World) -> dict[str, bool]:
    labels = world.asked("status")["tables"]["restore-demo"]["facts"]["labels"]
    return {label: each["readable"] for label, each in labels.items()}


def test_an_earlier_version_of_the_grant_is_no_grant_and_prepare_puts_it_right(at: At) -> None:
    """`status` said "readable", `prepare` "already", and `switch` was refused at its gate."""
    world = at("prepared")
    assert readable(world) == {"original": True, "restored": True}
    world.iam.set_default_policy_version(PolicyArn=POLICY_ARN, VersionId="v1")

    assert readable(world) == {"original": True, "restored": False}
    assert "is not prepared yet" in world.restore("switch", "--yes", code=3).err
    command = fix(world, f"clients cannot use {RESTORED}: the default version of {POLICY_ARN}")
    assert command == "python -m restore prepare"
    world.restore(*command.split()[3:])

    assert world.granted()[0] == {ORIGINAL, RESTORED}
    stands(world, "prepared")

    delete_policy(world, POLICY_ARN)
    assert readable(world) == {"original": False, "restored": False}
    assert "create Policy restore-demo" in world.restore("prepare").said
    assert world.granted()[0] == {ORIGINAL, RESTORED}
    world.no_drift()


def test_deleted_grants_are_made_again_by_the_printed_fix(at: At) -> None:
    """Clients are denied everything, while every command said that all is well."""
    world = at("serving")
    world.configure("tables.restore-demo.writeActions[0]", "dynamodb:PutItem")
    world.up()
    assert readable(world) == {"original": True}
    for arn in (POLICY_ARN, WRITE_ARN):
        delete_policy(world, arn)

        assert readable(world) == {"original": False}
        command = fix(world, f"clients cannot use {ORIGINAL}: {arn} was deleted")
        assert command == "pulumi up --refresh"
        world.pulumi(*command.split()[1:], "--yes", "--skip-preview")

        assert readable(world) == {"original": True}
    assert world.granted()[0] == {ORIGINAL}
    world.no_drift()


def test_without_the_right_to_look_at_the_grant_status_says_that_it_did_not(at: At) -> None:
    """A reader's role may not see IAM; what it cannot know must not be claimed, nor end it."""
    world = at("serving")
    everything = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    but = {"Effect": "Deny", "Action": "iam:*", "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [everything, but]})
    world.iam.create_user(UserName="reader")
    world.iam.put_user_policy(UserName="reader", PolicyName="all", PolicyDocument=document)
    key = world.iam.create_access_key(UserName="reader")["AccessKey"]
    env = {
        "AWS_ACCESS_KEY_ID": key["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"],
    }

    done = world.run(sys.executable, "-m", "restore", "status", **env)

    assert done.code == 0, done.said
    assert "was not looked at: iam:GetPolicy and" in " ".join(done.said.split())
