"""DynamoDB's operations as they arrive over HTTP."""

from collections.abc import Callable
from typing import Any, cast

from moto.core.common_types import TYPE_RESPONSE
from moto.core.exceptions import JsonRESTError
from moto.core.responses import ActionResult
from moto.dynamodb.exceptions import ResourceInUseException, ResourceNotFoundException
from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.responses import DynamoHandler, DynamoResult

from sandbox.emulator.access.needs import dynamodb_needs
from sandbox.emulator.dynamodb import backups
from sandbox.emulator.dynamodb.backend import SandboxBackend
from sandbox.emulator.dynamodb.clock import clock
from sandbox.emulator.dynamodb.errors import (
    ContinuousBackupsUnavailableError,
    TableInUseError,
)
from sandbox.emulator.dynamodb.insights import InsightsOperations
from sandbox.emulator.dynamodb.limits import Limits
from sandbox.emulator.dynamodb.streaming import StreamingOperations
from sandbox.emulator.dynamodb.table import SandboxTable

#: What a table that is still being restored answers (API reference, each operation's "Errors").
REFUSED_WHILE_CREATING: dict[str, Callable[[str], JsonRESTError]] = {
    "CreateBackup": TableInUseError,
    "UpdateContinuousBackups": ContinuousBackupsUnavailableError,
    **dict.fromkeys(
        (
            "DeleteTable",
            "DisableKinesisStreamingDestination",
            "EnableKinesisStreamingDestination",
            "PutResourcePolicy",
            "TagResource",
            "UntagResource",
            "UpdateTable",
            "UpdateTimeToLive",
        ),
        ResourceInUseException,
    ),
    **dict.fromkeys(
        (
            "BatchExecuteStatement",
            "BatchGetItem",
            "BatchWriteItem",
            "DeleteItem",
            "ExecuteStatement",
            "ExecuteTransaction",
            "GetItem",
            "PutItem",
            "Query",
            "Scan",
            "TransactGetItems",
            "TransactWriteItems",
            "UpdateItem",
        ),
        ResourceNotFoundException,
    ),
}


class SandboxHandler(StreamingOperations, InsightsOperations, DynamoHandler):
    body: dict[str, Any]

    @property
    def dynamodb_backend(self) -> SandboxBackend:
        return cast("SandboxBackend", dynamodb_backends[self.current_account][self.region])

    def named_table(self) -> SandboxTable:
        return self.dynamodb_backend.table(self.body["TableName"])

    def all_tables(self) -> list[SandboxTable]:
        return [cast("SandboxTable", table) for table in self.dynamodb_backend.tables.values()]

    def call_action(self) -> TYPE_RESPONSE:
        with clock.stopped():
            return cast("TYPE_RESPONSE", super().call_action())

    def _authenticate_and_authorize_normal_action(self, resource: str = "*") -> None:
        # moto's one hook before an action; what it raises becomes the answer.
        super()._authenticate_and_authorize_normal_action(resource)
        self.dynamodb_backend.forget_failed_restores()
        action = self._get_action()
        for table in self._touched_tables(action):
            if table.creating and (refusal := REFUSED_WHILE_CREATING.get(action)):
                raise refusal(f"Table is being created: {table.name}")
            table.sweep()

    def _touched_tables(self, action: str) -> list[SandboxTable]:
        needs = dynamodb_needs(action, self.body, self.region, self.current_account)
        names = {arn.split("/")[1] for _, arn in needs if ":table/" in arn}
        tables = self.dynamodb_backend.tables
        return [cast("SandboxTable", tables[name]) for name in names if name in tables]

    def create_table(self) -> ActionResult:
        Limits().check(self.body, "PROVISIONED")
        super().create_table()
        table = self.named_table()
        table.apply(self.body)
        if policy := self.body.get("ResourcePolicy"):
            self.dynamodb_backend.put_resource_policy(table.table_arn, policy, None)
        return DynamoResult(table.describe())

    def update_table(self) -> ActionResult:
        table = self.named_table()
        table.check(self.body)
        super().update_table()
        table.apply(self.body)
        return DynamoResult(table.describe())

    def delete_table(self) -> ActionResult:
        table = self.dynamodb_backend.delete_table(self.body["TableName"])
        described = table.describe()
        described["TableDescription"]["TableStatus"] = "DELETING"
        return DynamoResult(described)

    def delete_resource_policy(self) -> ActionResult:
        policy = self.dynamodb_backend.resource_policies.get(self.body["ResourceArn"])
        super().delete_resource_policy()
        return ActionResult({"RevisionId": policy.revision_id} if policy else {})

    def create_backup(self) -> ActionResult:
        backup = self.dynamodb_backend.make_backup(self.body["TableName"], self.body["BackupName"])
        return DynamoResult({"BackupDetails": backup.details})

    def list_backups(self) -> ActionResult:
        return DynamoResult(backups.select(self.dynamodb_backend.kept_backups(), self.body))

    def restore_table_to_point_in_time(self) -> ActionResult:
        return DynamoResult(self.dynamodb_backend.restore_to_point_in_time(self.body).describe())

    def restore_table_from_backup(self) -> ActionResult:
        return DynamoResult(self.dynamodb_backend.restore_from_backup(self.body).describe())
