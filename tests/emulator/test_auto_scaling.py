"""Application Auto Scaling of tables and indexes.

Written from AWS's documentation, one test a documented statement, each through boto3 over HTTP
against the emulator's process. The pages: the Application Auto Scaling API reference's operations;
the DynamoDB developer guide's "Managing throughput capacity automatically with DynamoDB auto
scaling". Not here: scaling by what is consumed, which the sandbox does without.
"""

from typing import TYPE_CHECKING, Any, cast

import pytest

from tests.emulator.support import ACCOUNT, KEYED_BY_ID, Emulator

if TYPE_CHECKING:
    from mypy_boto3_application_autoscaling import ApplicationAutoScalingClient
    from mypy_boto3_cloudwatch import CloudWatchClient
    from mypy_boto3_dynamodb import DynamoDBClient

CAPACITY: Any = {"ReadCapacityUnits": 5, "WriteCapacityUnits": 5}
PROVISIONED: Any = {
    **KEYED_BY_ID,
    "AttributeDefinitions": [
        {"AttributeName": name, "AttributeType": "S"} for name in ("id", "state")
    ],
    "BillingMode": "PROVISIONED",
    "ProvisionedThroughput": CAPACITY,
    "GlobalSecondaryIndexes": [
        {
            "IndexName": "by-state",
            "KeySchema": [{"AttributeName": "state", "KeyType": "HASH"}],
            "Projection": {"ProjectionType": "ALL"},
            "ProvisionedThroughput": CAPACITY,
        }
    ],
}
READS: dict[str, Any] = {
    "ServiceNamespace": "dynamodb",
    "ResourceId": "table/orders",
    "ScalableDimension": "dynamodb:table:ReadCapacityUnits",
}
INDEX_WRITES: dict[str, Any] = {
    "ServiceNamespace": "dynamodb",
    "ResourceId": "table/orders/index/by-state",
    "ScalableDimension": "dynamodb:index:WriteCapacityUnits",
}
#: The table whose name begins with the other's: its settings are not the other's.
OTHER_READS = READS | {"ResourceId": "table/orders-2"}
BOTH = pytest.mark.parametrize("of", [READS, INDEX_WRITES], ids=["table", "index"])


@pytest.fixture
def scaling(emulator: Emulator, dynamodb: "DynamoDBClient") -> "ApplicationAutoScalingClient":
    for name in ("orders", "orders-2"):
        dynamodb.create_table(TableName=name, **PROVISIONED)
    return cast("ApplicationAutoScalingClient", emulator.client("application-autoscaling"))


@pytest.fixture
def cloudwatch(emulator: Emulator) -> "CloudWatchClient":
    return cast("CloudWatchClient", emulator.client("cloudwatch"))


def register(scaling: "ApplicationAutoScalingClient", of: Any, **more: Any) -> str:
    limits: Any = {"MinCapacity": 5, "MaxCapacity": 50} | more
    return scaling.register_scalable_target(**of, **limits)["ScalableTargetARN"]


def tracking(value: float, metric: str = "DynamoDBReadCapacityUtilization") -> Any:
    return {
        "TargetValue": value,
        "PredefinedMetricSpecification": {"PredefinedMetricType": metric},
        "ScaleInCooldown": 60,
        "ScaleOutCooldown": 30,
        "DisableScaleIn": False,
    }


def put_policy(
    scaling: "ApplicationAutoScalingClient", of: Any, name: str = "follow", value: float = 70
) -> Any:
    return scaling.put_scaling_policy(
        PolicyName=name,
        PolicyType="TargetTrackingScaling",
        TargetTrackingScalingPolicyConfiguration=tracking(value),
        **of,
    )


def put_action(
    scaling: "ApplicationAutoScalingClient", of: Any, name: str = "nightly", **more: Any
) -> None:
    settings: Any = {
        "Schedule": "cron(0 1 * * ? *)",
        "Timezone": "Europe/Berlin",
        "ScalableTargetAction": {"MinCapacity": 1, "MaxCapacity": 2},
    }
    scaling.put_scheduled_action(ScheduledActionName=name, **(settings | more), **of)


def targets(scaling: "ApplicationAutoScalingClient", **of: Any) -> list[Any]:
    return list(
        scaling.describe_scalable_targets(ServiceNamespace="dynamodb", **of)["ScalableTargets"]
    )


def policies(scaling: "ApplicationAutoScalingClient", **of: Any) -> list[Any]:
    asked: Any = {"ServiceNamespace": "dynamodb"} | of
    return list(scaling.describe_scaling_policies(**asked)["ScalingPolicies"])


def actions(scaling: "ApplicationAutoScalingClient", **of: Any) -> list[Any]:
    asked: Any = {"ServiceNamespace": "dynamodb"} | of
    return list(scaling.describe_scheduled_actions(**asked)["ScheduledActions"])


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
