"""A scalable target: one dimension of a table or an index, and how far it may scale."""

from typing import Any, cast

from moto.applicationautoscaling.exceptions import AWSValidationException
from moto.applicationautoscaling.models import ApplicationAutoscalingBackend, FakeScalableTarget
from moto.dynamodb.models import dynamodb_backends

from sandbox.emulator.dynamodb.table import SandboxTable

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
            self._check_resource()

    def fit_capacity(self) -> None:
        """Bring the present capacity into the target's range, as registering it does on AWS."""
        table = self._table
        if table is None or table.creating or table.billing_mode != "PROVISIONED":
            return
        capacity, unit = self._capacity(table), self.scalable_dimension.split(":")[-1]
        capacity[unit] = min(max(capacity[unit], self.min_capacity or 0), self.max_capacity or 0)
        table.apply({})

    def _capacity(self, table: SandboxTable) -> dict[str, int]:
        for index in table.global_indexes:
            if self.resource_id.endswith(f"/index/{index.name}"):
                return cast("dict[str, int]", index.throughput)
        return table.throughput

    @property
    def _table(self) -> SandboxTable | None:
        backend = self.applicationautoscaling_backend
        tables = dynamodb_backends[backend.account_id][backend.region_name].tables
        return cast("SandboxTable | None", tables.get(self.resource_id.split("/")[1]))

    def _check_resource(self) -> None:
        if self._table is None:
            raise AWSValidationException(f"DynamoDB table does not exist: {self.resource_id}")
        _, _, *index = self.resource_id.split("/")
        if index and index[-1] not in {known.name for known in self._table.global_indexes}:
            raise AWSValidationException(f"DynamoDB index does not exist: {self.resource_id}")
