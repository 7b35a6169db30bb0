"""A prepare that was killed at each thing that it makes, and the same verb again."""

from collections.abc import Callable
from functools import partial

import pytest

from tests.support.engine.dependents import ALL_THAT_HANGS
from tests.support.engine.kills import torn, unlock, up_until
from tests.support.engine.readback import hanging, readback
from tests.support.engine.world import ORIGINAL, POLICY_ARN, RESTORED, World

WRITE_POLICY_ARN = POLICY_ARN.replace("read", "write")
CALLS = [
    "UpdateTable",
    "UpdateTimeToLive",
    "UpdateContinuousBackups",
    "TagResource",
    "RegisterScalableTarget",
    "PutScalingPolicy",
    "PutMetricAlarm",
    "PutResourcePolicy",
    "UpdateContributorInsights",
    "EnableKinesisStreamingDestination",
    "POST /2015-03-31/event-source-mappings",
    "CreatePolicyVersion",
]


@pytest.mark.parametrize("action", CALLS, ids=lambda action: action.rpartition("/")[2])
def test_a_prepare_killed_at_a_call_carries_on_without_an_orphan(
    at: Callable[[str], World], action: str
) -> None:
    """The worst moment: AWS has done it, and nobody but AWS knows."""
    for _ in range(5):
        world = at("everything adopted")
        world.place(standbyTables=["restored"])
        with world.holding(action, "after") as held:
            assert up_until(world, held), "the update ended without the call"
        if not torn(world):
            break
    unlock(world)
    world.restore("prepare", "--yes")
    assert world.phase() == "prepared"
    assert hanging(readback(world, RESTORED)) == ALL_THAT_HANGS
    assert readback(world, RESTORED) == readback(world, ORIGINAL)
    assert world.pointer() == (ORIGINAL, 1)
    world.no_drift()


def test_a_prepare_killed_between_the_two_grants_carries_on(at: Callable[[str], World]) -> None:
    """What only reads could be moved by then; what writes, too, would be denied."""
    for _ in range(5):
        world = at("everything adopted")
        world.place(standbyTables=["restored"])
        with world.holding("CreatePolicyVersion", "after"):
            assert up_until(world, partial(both_widened, world)), "it ended"
        if not torn(world):
            break
    world.iam.set_default_policy_version(PolicyArn=WRITE_POLICY_ARN, VersionId="v1")
    unlock(world)
    assert world.phase() == "adopted"
    world.restore("switch", "--yes", code=3)
    world.restore("prepare", "--yes")
    assert world.phase() == "prepared"
    world.no_drift()


def both_widened(world: World) -> bool:
    """Whether AWS has done both, so that no call is still on its way."""
    policies = [
        world.iam.get_policy(PolicyArn=arn)["Policy"] for arn in (POLICY_ARN, WRITE_POLICY_ARN)
    ]
    return all(policy["DefaultVersionId"] != "v1" for policy in policies)


@pytest.mark.parametrize("code", [3, 0], ids=["without-yes", "with-yes"])
def test_what_stands_in_the_way_is_taken_away_with_consent_only(
    at: Callable[[str], World], code: int
) -> None:
    """Someone may have made it by hand, for a reason."""
    # prints: restore/perform/confirm.py:confirm
    world = at("everything adopted")
    wanted = readback(world, ORIGINAL)["DescribeKinesisStreamingDestination"][0]["StreamArn"]
    world.dynamodb.enable_kinesis_streaming_destination(TableName=RESTORED, StreamArn=wanted)
    done = world.restore("prepare", *([] if code else ["--yes"]), code=code)
    assert f"the Kinesis destination of {RESTORED}" in done.said
    assert world.phase() == ("adopted" if code else "prepared")
