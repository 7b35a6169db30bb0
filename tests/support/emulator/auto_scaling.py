"""What the tests of Application Auto Scaling share: what is scaled, how it is put and listed."""

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.emulator.process import KEYED_BY_ID

if TYPE_CHECKING:
    from mypy_boto3_application_autoscaling import ApplicationAutoScalingClient

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
