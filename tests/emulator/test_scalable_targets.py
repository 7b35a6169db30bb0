"""Scalable targets of tables and indexes: registered, described, deregistered and tagged.

From the Application Auto Scaling API reference's operations, one test a documented statement.
"""

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.emulator.auto_scaling import (
    BOTH,
    INDEX_WRITES,
    OTHER_READS,
    READS,
    actions,
    policies,
    put_action,
    put_policy,
    register,
    targets,
)
from tests.support.emulator.process import ACCOUNT

if TYPE_CHECKING:
    from mypy_boto3_application_autoscaling import ApplicationAutoScalingClient
    from mypy_boto3_cloudwatch import CloudWatchClient
    from mypy_boto3_dynamodb import DynamoDBClient


@BOTH
def test_a_target_is_registered_once_and_then_changed(
    scaling: "ApplicationAutoScalingClient", of: Any
) -> None:
    """RegisterScalableTarget: registers or updates; what is not named stays as it is."""
    first = register(scaling, of)
    assert scaling.register_scalable_target(MaxCapacity=90, **of)["ScalableTargetARN"] == first

    [target] = targets(scaling)
    assert {name: target[name] for name in of} == of
    assert (target["MinCapacity"], target["MaxCapacity"]) == (5, 90)


@pytest.mark.parametrize(("low", "high", "fitted"), [(8, 50, 8), (1, 3, 3), (1, 50, 5)])
def test_registering_brings_capacity_into_the_range(
    scaling: "ApplicationAutoScalingClient",
    dynamodb: "DynamoDBClient",
    low: int,
    high: int,
    fitted: int,
) -> None:
    """RegisterScalableTarget: it changes the present capacity to one inside of the range.

    So a table's capacity differs from what was declared, with nobody's hand in it.
    """
    for of in (READS, INDEX_WRITES):
        register(scaling, of, MinCapacity=low, MaxCapacity=high)

    table = dynamodb.describe_table(TableName="orders")["Table"]
    of_index = table["GlobalSecondaryIndexes"][0]["ProvisionedThroughput"]
    of_table = table["ProvisionedThroughput"]
    assert (of_table["ReadCapacityUnits"], of_table["WriteCapacityUnits"]) == (fitted, 5)
    assert (of_index["ReadCapacityUnits"], of_index["WriteCapacityUnits"]) == (5, fitted)


def test_a_target_has_the_services_own_role(scaling: "ApplicationAutoScalingClient") -> None:
    """RegisterScalableTarget, RoleARN: without one, the service-linked role. Nothing suspended."""
    register(scaling, READS)

    [target] = targets(scaling)
    assert target["RoleARN"].startswith(f"arn:aws:iam::{ACCOUNT}:role/aws-service-role/dynamodb.")
    assert not any(target["SuspendedState"].values())


def test_a_new_target_needs_its_limits(scaling: "ApplicationAutoScalingClient") -> None:
    """RegisterScalableTarget, MinCapacity and MaxCapacity: required for a new target."""
    with pytest.raises(scaling.exceptions.ValidationException):
        scaling.register_scalable_target(MaxCapacity=9, **READS)

    assert targets(scaling) == []


@pytest.mark.parametrize("resource", ["table/nowhere", "table/orders/index/nowhere"])
def test_a_target_needs_its_table(scaling: "ApplicationAutoScalingClient", resource: str) -> None:
    """RegisterScalableTarget: ValidationException for a resource that does not exist."""
    of = (INDEX_WRITES if "index" in resource else READS) | {"ResourceId": resource}
    with pytest.raises(scaling.exceptions.ValidationException, match="does not exist"):
        register(scaling, of)


def test_targets_are_described_by_resource_and_dimension(
    scaling: "ApplicationAutoScalingClient",
) -> None:
    """DescribeScalableTargets: ResourceIds takes several; a table's indexes are resources too."""
    for of in (READS, INDEX_WRITES, OTHER_READS):
        register(scaling, of)

    found = targets(scaling, ResourceIds=["table/orders", "table/orders/index/by-state"])
    assert [target["ResourceId"] for target in found] == [
        "table/orders",
        "table/orders/index/by-state",
    ]
    found = targets(
        scaling, ResourceIds=["table/orders-2"], ScalableDimension=READS["ScalableDimension"]
    )
    assert [target["ResourceId"] for target in found] == ["table/orders-2"]


def test_targets_come_in_pages(scaling: "ApplicationAutoScalingClient") -> None:
    """DescribeScalableTargets: NextToken follows on where MaxResults ended a page."""
    for of in (READS, INDEX_WRITES, OTHER_READS):
        register(scaling, of)

    pages = scaling.get_paginator("describe_scalable_targets").paginate(
        ServiceNamespace="dynamodb", PaginationConfig={"PageSize": 1}
    )

    assert [len(page["ScalableTargets"]) for page in pages] == [1, 1, 1]


def test_nothing_hangs_on_a_target_that_is_not_registered(
    scaling: "ApplicationAutoScalingClient",
) -> None:
    """Put…: ObjectNotFoundException until the target is registered."""
    register(scaling, OTHER_READS)
    with pytest.raises(scaling.exceptions.ObjectNotFoundException):
        put_policy(scaling, READS)
    with pytest.raises(scaling.exceptions.ObjectNotFoundException):
        put_action(scaling, READS)


def test_a_deregistered_target_takes_along_what_hangs_on_it(
    scaling: "ApplicationAutoScalingClient", cloudwatch: "CloudWatchClient"
) -> None:
    """DeregisterScalableTarget: policies and scheduled actions go too; other targets' stay."""
    for of in (READS, INDEX_WRITES):
        register(scaling, of)
        put_policy(scaling, of)
        put_action(scaling, of)

    scaling.deregister_scalable_target(**READS)

    for listed in (targets, policies, actions):
        assert [each["ResourceId"] for each in listed(scaling)] == [INDEX_WRITES["ResourceId"]]
    assert len(cloudwatch.describe_alarms()["MetricAlarms"]) == 4
    with pytest.raises(scaling.exceptions.ObjectNotFoundException):
        scaling.deregister_scalable_target(**READS)


def test_a_target_keeps_its_tags(scaling: "ApplicationAutoScalingClient") -> None:
    """RegisterScalableTarget, Tags; TagResource, UntagResource and ListTagsForResource."""
    arn = register(scaling, READS, Tags={"team": "shop"})
    scaling.tag_resource(ResourceARN=arn, Tags={"cost": "42"})
    assert scaling.list_tags_for_resource(ResourceARN=arn)["Tags"] == {"team": "shop", "cost": "42"}

    scaling.untag_resource(ResourceARN=arn, TagKeys=["team", "nothing"])
    assert scaling.list_tags_for_resource(ResourceARN=arn)["Tags"] == {"cost": "42"}
    with pytest.raises(scaling.exceptions.ResourceNotFoundException):
        scaling.list_tags_for_resource(ResourceARN=f"{arn}0")
