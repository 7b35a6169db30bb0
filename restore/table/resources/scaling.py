"""Auto scaling of a table's capacity and of its indexes' (Application Auto Scaling)."""

from collections.abc import Iterator

import pulumi
import pulumi_aws as aws

from restore.table.config.dependents import DependentSettings
from restore.table.resource_names import scaling_name
from restore.table.resources.owner import Owner

NAMESPACE = "dynamodb"
UNKEYED = ("roleArn", "suspendedState", "tags")
"""Properties of a target that the config has no key for: hand-set ones are left alone."""


def declare_scaling(owner: Owner, settings: DependentSettings) -> Iterator[pulumi.Resource]:
    """A target and a target-tracking policy for each capacity that is scaled."""
    for each in settings.scaled():
        scaling, name = each.scaling, scaling_name(each)
        path = f"/index/{each.index}" if each.index else ""
        target_id = f"{NAMESPACE}/{each.resource_id(owner.name)}/{each.dimension}"
        taken = owner.adoption.ids.get(name)
        target = aws.appautoscaling.Target(
            owner.logical(name),
            service_namespace=NAMESPACE,
            resource_id=pulumi.Output.concat("table/", owner.table.name, path),
            scalable_dimension=each.dimension,
            min_capacity=scaling.min_capacity,
            max_capacity=scaling.max_capacity,
            opts=owner.options(name, target_id, UNKEYED),
        )
        policy = aws.appautoscaling.Policy(
            owner.logical(name),
            name=taken or pulumi.Output.concat(each.metric, ":", target.resource_id),
            policy_type="TargetTrackingScaling",
            service_namespace=target.service_namespace,
            resource_id=target.resource_id,
            scalable_dimension=target.scalable_dimension,
            target_tracking_scaling_policy_configuration={
                "target_value": scaling.target_value,
                "scale_in_cooldown": scaling.scale_in_cooldown,
                "scale_out_cooldown": scaling.scale_out_cooldown,
                "disable_scale_in": scaling.disable_scale_in,
                "predefined_metric_specification": {"predefined_metric_type": each.metric},
            },
            opts=owner.options(name, f"{target_id}/{taken}"),
        )
        yield from (target, policy)
