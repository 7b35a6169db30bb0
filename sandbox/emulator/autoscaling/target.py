"""A scalable target: one dimension of a table or an index, and how far it may scale."""

from typing import Any

from moto.applicationautoscaling.exceptions import AWSValidationException
from moto.applicationautoscaling.models import ApplicationAutoscalingBackend, FakeScalableTarget
from moto.dynamodb.models import dynamodb_backends

#: API reference, RegisterScalableTarget: the service's own role, unless one is named.
SERVICE_ROLE = (
    "arn:aws:iam::{}:role/aws-service-role/dynamodb.application-autoscaling.amazonaws.com"
    "/AWSServiceRoleForApplicationAutoScaling_DynamoDBTable"
)
NOTHING_SUSPENDED = {
    "DynamicScalingInSuspended": False,
    "DynamicScalingOutSuspended": False,
    "ScheduledScalingSuspended": False,
}


class SandboxTarget(FakeScalableTarget):
    def __init__(self, backend: ApplicationAutoscalingBackend, *args: Any, **kwargs: Any) -> None:
        super().__init__(backend, *args, **kwargs)
        self.tags: dict[str, str] = {}
        self.suspended_state: Any = NOTHING_SUSPENDED | (self.suspended_state or {})
        if self.min_capacity is None or self.max_capacity is None:
            raise AWSValidationException("A new scalable target needs MinCapacity and MaxCapacity")
        if self.service_namespace == "dynamodb":
            self.role_arn = self.role_arn or SERVICE_ROLE.format(backend.account_id)
            _check_resource(backend, self.resource_id)


def _check_resource(backend: ApplicationAutoscalingBackend, resource_id: str) -> None:
    tables = dynamodb_backends[backend.account_id][backend.region_name].tables
    _, name, *rest = resource_id.split("/")
    if name not in tables:
        raise AWSValidationException(f"DynamoDB table does not exist: {resource_id}")
    if rest and rest[-1] not in {index.name for index in tables[name].global_indexes}:
        raise AWSValidationException(f"DynamoDB index does not exist: {resource_id}")
