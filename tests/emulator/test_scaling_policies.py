"""Scaling policies of tables and indexes, and the alarms that each of them makes.

From the Application Auto Scaling API reference's operations and the DynamoDB developer guide's
"Managing throughput capacity automatically with DynamoDB auto scaling". Not here: scaling by what
is consumed, which the sandbox does without.
"""

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.emulator.auto_scaling import (
    BOTH,
    INDEX_WRITES,
    OTHER_READS,
    READS,
    policies,
    put_policy,
    register,
    tracking,
)

if TYPE_CHECKING:
    from mypy_boto3_application_autoscaling import ApplicationAutoScalingClient
    from mypy_boto3_cloudwatch import CloudWatchClient


@BOTH
def test_a_policy_is_put_and_put_again(scaling: "ApplicationAutoScalingClient", of: Any) -> None:
    """PutScalingPolicy: creates or updates, under the same ARN and with the same alarms."""
    register(scaling, of)
    first = put_policy(scaling, of)
    again = put_policy(scaling, of, value=50)

    assert (again["PolicyARN"], again["Alarms"]) == (first["PolicyARN"], first["Alarms"])
    [policy] = policies(scaling)
    assert policy["PolicyType"] == "TargetTrackingScaling"
    assert policy["TargetTrackingScalingPolicyConfiguration"] == tracking(50)
    assert {name: policy[name] for name in of} == of


def test_policies_are_described_by_target_and_name(
    scaling: "ApplicationAutoScalingClient",
) -> None:
    """DescribeScalingPolicies: ResourceId is one resource, not the beginning of several."""
    for of in (READS, OTHER_READS):
        register(scaling, of)
        for name in ("follow", "rush"):
            put_policy(scaling, of, name)

    assert len(policies(scaling)) == 4
    found = policies(scaling, ResourceId="table/orders")
    assert {policy["ResourceId"] for policy in found} == {"table/orders"}
    found = policies(scaling, **OTHER_READS, PolicyNames=["rush"])
    assert [(policy["ResourceId"], policy["PolicyName"]) for policy in found] == [
        ("table/orders-2", "rush")
    ]


@BOTH
def test_a_policys_alarms_name_what_it_scales(
    scaling: "ApplicationAutoScalingClient", cloudwatch: "CloudWatchClient", of: Any
) -> None:
    """Guide: target tracking makes its alarms itself, four a policy.

    Nobody declared them, though they name the table.
    """
    register(scaling, of)
    made = put_policy(scaling, of)["Alarms"]

    alarms = cloudwatch.describe_alarms()["MetricAlarms"]
    assert {alarm["AlarmName"] for alarm in alarms} == {alarm["AlarmName"] for alarm in made}
    units = of["ScalableDimension"].split(":")[-1]
    expected: dict[str, str] = {"TableName": "orders"}
    if of is INDEX_WRITES:
        expected["GlobalSecondaryIndexName"] = "by-state"
    for alarm in alarms:
        assert alarm["AlarmName"].startswith(f"TargetTracking-{of['ResourceId']}-")
        assert {each["Name"]: each["Value"] for each in alarm["Dimensions"]} == expected
        assert alarm["MetricName"] in (f"Consumed{units}", f"Provisioned{units}")


def test_a_deleted_policy_takes_its_alarms_along(
    scaling: "ApplicationAutoScalingClient", cloudwatch: "CloudWatchClient"
) -> None:
    """DeleteScalingPolicy: of target tracking, with its alarms. Once: then it is not there."""
    register(scaling, READS)
    put_policy(scaling, READS)
    scaling.delete_scaling_policy(PolicyName="follow", **READS)

    assert policies(scaling) == []
    assert cloudwatch.describe_alarms()["MetricAlarms"] == []
    with pytest.raises(scaling.exceptions.ObjectNotFoundException):
        scaling.delete_scaling_policy(PolicyName="follow", **READS)
