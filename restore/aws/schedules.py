"""What changes a table's capacity at certain times (Application Auto Scaling)."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from restore.plan.losses.mention import Kind, Mention, Route

if TYPE_CHECKING:
    from mypy_boto3_application_autoscaling import ApplicationAutoScalingClient


def scheduled_actions(client: "ApplicationAutoScalingClient", route: Route) -> Iterator[Mention]:
    """The scheduled actions of the table and of its indexes (DescribeScheduledActions)."""
    for resource in route.scaled:
        pages = client.get_paginator("describe_scheduled_actions").paginate(
            ServiceNamespace="dynamodb", ResourceId=resource
        )
        target = resource.replace(route.source.name, route.target.name, 1)
        for each in (each for page in pages for each in page["ScheduledActions"]):
            dimension = each.get("ScalableDimension", "")
            yield Mention(
                Kind.SCHEDULED_ACTION,
                each["ScheduledActionName"],
                f"{each['Schedule']} on {resource}, {dimension}",
                "aws application-autoscaling put-scheduled-action --service-namespace dynamodb"
                f" --resource-id {target} --scalable-dimension {dimension}"
                f" --scheduled-action-name {each['ScheduledActionName']}"
                f" --schedule '{each['Schedule']}' --scalable-target-action {_action(each)}",
            )


def _action(described: Mapping[str, Any]) -> str:
    return ",".join(f"{key}={value}" for key, value in described["ScalableTargetAction"].items())
