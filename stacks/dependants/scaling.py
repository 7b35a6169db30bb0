"""Auto scaling of a table's capacity and of its indexes' (Application Auto Scaling)."""

from collections.abc import Iterator

import pulumi
import pulumi_aws as aws

from stacks.dependants.names import scaling_name
from stacks.dependants.settings import DependantSettings

NAMESPACE = "dynamodb"
_WORDS = {"read": "Read", "write": "Write"}


def declare_scaling(
    here: str, table: aws.dynamodb.Table, settings: DependantSettings
) -> Iterator[pulumi.Resource]:
    """A target and a target-tracking policy for each capacity that is scaled.

    Args:
        here: What the logical names begin with.
        table: The table.
        settings: What hangs on it.
    """
    for each in settings.scaled():
        scaling, word = each.scaling, _WORDS[each.capacity]
        kind = "index" if each.index else "table"
        path = f"/index/{each.index}" if each.index else ""
        name = f"{here}.{scaling_name(each)}"
        target = aws.appautoscaling.Target(
            name,
            service_namespace=NAMESPACE,
            resource_id=pulumi.Output.concat("table/", table.name, path),
            scalable_dimension=f"dynamodb:{kind}:{word}CapacityUnits",
            min_capacity=scaling.min_capacity,
            max_capacity=scaling.max_capacity,
        )
        metric = f"DynamoDB{word}CapacityUtilization"
        policy = aws.appautoscaling.Policy(
            name,
            name=pulumi.Output.concat(metric, ":", target.resource_id),
            policy_type="TargetTrackingScaling",
            service_namespace=target.service_namespace,
            resource_id=target.resource_id,
            scalable_dimension=target.scalable_dimension,
            target_tracking_scaling_policy_configuration={
                "target_value": scaling.target_value,
                "scale_in_cooldown": scaling.scale_in_cooldown,
                "scale_out_cooldown": scaling.scale_out_cooldown,
                "disable_scale_in": scaling.disable_scale_in,
                "predefined_metric_specification": {"predefined_metric_type": metric},
            },
        )
        yield from (target, policy)
