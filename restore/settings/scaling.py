"""Auto scaling: scalable targets and their policies → `autoScaling`."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from restore.settings.answers import Answer, Answers

_CAPACITIES = {"ReadCapacityUnits": "read", "WriteCapacityUnits": "write"}
_WORDS = {"read": "Read", "write": "Write"}


@dataclass(frozen=True)
class Scaled:
    """One capacity that is scaled.

    Attributes:
        path: Where its scaling stands in the stack config, below the table.
        scaling: `{minCapacity, maxCapacity, targetValue, …}`.
        resource: ResourceId.
        dimension: ScalableDimension.
        policy: The name of the live scaling policy.
        declared: The name that the program gives to its own.
        predefined: Whether it tracks the capacity's use, as the program's own does.
    """

    path: tuple[str, ...]
    scaling: dict[str, Any]
    resource: str
    dimension: str
    policy: str
    declared: str
    predefined: bool


def scaled(answers: Answers) -> Iterator[Scaled]:
    """Every capacity with a target and a policy that tracks its use; DynamoDB has no other kind."""
    for target in answers.targets:
        for policy in answers.scaling_policies:
            key = ("ResourceId", "ScalableDimension")
            tracking = policy.get("TargetTrackingScalingPolicyConfiguration")
            if tracking is None or any(policy[part] != target[part] for part in key):
                continue
            resource, dimension = target["ResourceId"], target["ScalableDimension"]
            capacity = _CAPACITIES[dimension.rpartition(":")[2]]
            _, _, index = resource.partition("/index/")
            yield Scaled(
                path=("autoScaling", *(("indexes", index) if index else ()), capacity),
                scaling=_scaling(target, tracking),
                resource=resource,
                dimension=dimension,
                policy=policy["PolicyName"],
                declared=f"DynamoDB{_WORDS[capacity]}CapacityUtilization:{resource}",
                predefined="PredefinedMetricSpecification" in tracking,
            )


def auto_scaling(answers: Answers) -> dict[str, Any]:
    """`autoScaling`."""
    tree: dict[str, Any] = {}
    for each in scaled(answers):
        branch = tree
        for step in each.path[1:-1]:
            branch = branch.setdefault(step, {})
        branch[each.path[-1]] = each.scaling
    return {key: tree[key] for key in ("read", "write", "indexes") if key in tree}


def _scaling(target: Answer, tracking: Answer) -> dict[str, Any]:
    said = {
        "minCapacity": target["MinCapacity"],
        "maxCapacity": target["MaxCapacity"],
        "targetValue": tracking["TargetValue"],
        "scaleInCooldown": tracking.get("ScaleInCooldown"),
        "scaleOutCooldown": tracking.get("ScaleOutCooldown"),
        "disableScaleIn": tracking.get("DisableScaleIn") or None,
    }
    return {key: value for key, value in said.items() if value is not None}
