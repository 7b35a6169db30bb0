"""Application Auto Scaling's operations as they arrive over HTTP.

API reference: policies and scheduled actions hang on a registered target and go with it; each put
is an upsert; what is not there is an ObjectNotFoundException, for tags a ResourceNotFoundException.
"""

import json
from typing import Any, cast

from moto.applicationautoscaling.responses import (
    ApplicationAutoScalingResponse,
    _build_policy,
    _build_scheduled_action,
    _build_target,
)
from moto.core.exceptions import JsonRESTError

from sandbox.emulator.autoscaling.policy import SandboxPolicy
from sandbox.emulator.autoscaling.target import SandboxTarget
from sandbox.emulator.paging import page

CONFIGURATION_OF = {
    "StepScaling": "StepScalingPolicyConfiguration",
    "TargetTrackingScaling": "TargetTrackingScalingPolicyConfiguration",
}
MOST_LISTED = 50
#: What policies and actions have in common with the target they hang on.
IDENTITY = ("ServiceNamespace", "ResourceId", "ScalableDimension")


class ObjectNotFoundError(JsonRESTError):
    def __init__(self, message: str) -> None:
        super().__init__("ObjectNotFoundException", message)


class ResourceNotFoundError(JsonRESTError):
    def __init__(self, message: str) -> None:
        super().__init__("ResourceNotFoundException", message)


class SandboxAutoScaling(ApplicationAutoScalingResponse):
    def register_scalable_target(self) -> str:
        answer = super().register_scalable_target()
        target = self._target()
        target.tags.update(self._get_param("Tags") or {})
        if target.service_namespace == "dynamodb":
            target.fit_capacity()
        return answer

    def deregister_scalable_target(self) -> str:
        self._target()
        for policy in self._hanging_policies():
            self._drop(policy)
        self.applicationautoscaling_backend.scheduled_actions = [
            action
            for action in self.applicationautoscaling_backend.scheduled_actions
            if not self._is_hanging(action)
        ]
        return super().deregister_scalable_target()

    def describe_scalable_targets(self) -> str:
        self._validate_params()
        found = self.applicationautoscaling_backend.describe_scalable_targets(
            self._get_param("ServiceNamespace"),
            self._get_param("ResourceIds"),
            self._get_param("ScalableDimension"),
        )
        return self._page("ScalableTargets", [_build_target(target) for target in found])

    def put_scaling_policy(self) -> str:
        self._target()
        kind = self._get_param("PolicyType")
        for known in self._hanging_policies(self._get_param("PolicyName")):
            if kind in (None, known.policy_type):
                kind = str(known.policy_type)
                known.configure(kind, self._get_param(CONFIGURATION_OF[kind]) or {})
                described = _build_policy(known)
                return json.dumps({name: described[name] for name in ("PolicyARN", "Alarms")})
            self._drop(known)
        return super().put_scaling_policy()

    def describe_scaling_policies(self) -> str:
        names = self._get_param("PolicyNames")
        found = [
            _build_policy(policy)
            for policy in self.applicationautoscaling_backend.policies.values()
            if self._is_hanging(policy) and (not names or policy.policy_name in names)
        ]
        return self._page("ScalingPolicies", found)

    def delete_scaling_policy(self) -> str:
        if not self._hanging_policies(self._get_param("PolicyName")):
            raise ObjectNotFoundError(f"No scaling policy {self._get_param('PolicyName')}")
        return super().delete_scaling_policy()

    def put_scheduled_action(self) -> str:
        self._target()
        return super().put_scheduled_action()

    def describe_scheduled_actions(self) -> str:
        names = self._get_param("ScheduledActionNames")
        found = [
            _build_scheduled_action(action)
            for action in self.applicationautoscaling_backend.scheduled_actions
            if self._is_hanging(action) and (not names or action.scheduled_action_name in names)
        ]
        return self._page("ScheduledActions", found)

    def delete_scheduled_action(self) -> str:
        name = self._get_param("ScheduledActionName")
        actions = self.applicationautoscaling_backend.scheduled_actions
        if not any(
            self._is_hanging(action) and action.scheduled_action_name == name for action in actions
        ):
            raise ObjectNotFoundError(f"No scheduled action {name}")
        return super().delete_scheduled_action()

    def list_tags_for_resource(self) -> str:
        return json.dumps({"Tags": self._tagged().tags})

    def tag_resource(self) -> str:
        self._tagged().tags.update(self._get_param("Tags"))
        return "{}"

    def untag_resource(self) -> str:
        tags = self._tagged().tags
        for key in self._get_param("TagKeys"):
            tags.pop(key, None)
        return "{}"

    def _target(self) -> SandboxTarget:
        namespace, resource, dimension = (self._get_param(name) for name in IDENTITY)
        target = self.applicationautoscaling_backend.targets.get(dimension, {}).get(resource)
        if target is None:
            raise ObjectNotFoundError(
                f"No scalable target {namespace} {resource} {dimension} is registered"
            )
        return cast("SandboxTarget", target)

    def _tagged(self) -> SandboxTarget:
        arn = self._get_param("ResourceARN")
        for targets in self.applicationautoscaling_backend.targets.values():
            for target in targets.values():
                if target.arn == arn:
                    return cast("SandboxTarget", target)
        raise ResourceNotFoundError(f"No scalable target {arn}")

    def _is_hanging(self, other: Any) -> bool:
        """Return whether it is of the request's target; a member left out fits any."""
        own = (other.service_namespace, other.resource_id, other.scalable_dimension)
        asked = (self._get_param(name) for name in IDENTITY)
        return all(wish in (None, is_) for wish, is_ in zip(asked, own, strict=True))

    def _hanging_policies(self, name: str | None = None) -> list[SandboxPolicy]:
        return [
            cast("SandboxPolicy", policy)
            for policy in self.applicationautoscaling_backend.policies.values()
            if self._is_hanging(policy) and name in (None, policy.policy_name)
        ]

    def _drop(self, policy: SandboxPolicy) -> None:
        self.applicationautoscaling_backend.delete_scaling_policy(
            policy.policy_name,
            policy.service_namespace,
            policy.resource_id,
            policy.scalable_dimension,
        )

    def _page(self, name: str, found: list[dict[str, Any]]) -> str:
        size = min(self._get_int_param("MaxResults") or MOST_LISTED, MOST_LISTED)
        entries, token = page(found, self._get_param("NextToken"), size)
        return json.dumps({name: entries, **({"NextToken": token} if token else {})})
