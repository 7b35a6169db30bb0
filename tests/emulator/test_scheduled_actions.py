"""Scheduled actions of tables and indexes.

From the Application Auto Scaling API reference's operations, one test a documented statement.
"""

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.emulator.auto_scaling import (
    BOTH,
    OTHER_READS,
    READS,
    actions,
    put_action,
    register,
)

if TYPE_CHECKING:
    from mypy_boto3_application_autoscaling import ApplicationAutoScalingClient


@BOTH
def test_a_scheduled_action_is_put_and_put_again(
    scaling: "ApplicationAutoScalingClient", of: Any
) -> None:
    """PutScheduledAction: creates or updates."""
    register(scaling, of)
    put_action(scaling, of)
    put_action(scaling, of, Schedule="rate(1 day)")

    [action] = actions(scaling)
    assert {name: action[name] for name in of} == of
    assert action["Schedule"] == "rate(1 day)"
    assert action["Timezone"] == "Europe/Berlin"
    assert action["ScalableTargetAction"] == {"MinCapacity": 1, "MaxCapacity": 2}


def test_scheduled_actions_are_described_by_target_and_name(
    scaling: "ApplicationAutoScalingClient",
) -> None:
    """DescribeScheduledActions: by ResourceId, dimension and names."""
    for of in (READS, OTHER_READS):
        register(scaling, of)
        put_action(scaling, of)
        put_action(scaling, of, "weekly")

    found = actions(scaling, ResourceId="table/orders", ScheduledActionNames=["weekly"])
    assert [(each["ResourceId"], each["ScheduledActionName"]) for each in found] == [
        ("table/orders", "weekly")
    ]


def test_a_deleted_scheduled_action_is_gone(scaling: "ApplicationAutoScalingClient") -> None:
    """DeleteScheduledAction: once; then ObjectNotFoundException."""
    register(scaling, READS)
    put_action(scaling, READS)
    scaling.delete_scheduled_action(ScheduledActionName="nightly", **READS)

    assert actions(scaling) == []
    with pytest.raises(scaling.exceptions.ObjectNotFoundException):
        scaling.delete_scheduled_action(ScheduledActionName="nightly", **READS)
