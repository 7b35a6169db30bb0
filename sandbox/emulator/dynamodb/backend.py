"""The tables and backups of one account in one region."""

import copy
from typing import Any, cast

from moto.dynamodb import urls
from moto.dynamodb.exceptions import (
    PointInTimeRecoveryUnavailable,
    ResourceNotFoundException,
    TableAlreadyExistsException,
    TableNotFoundException,
    ValidationException,
)
from moto.dynamodb.models import DynamoDBBackend, dynamodb_backends
from moto.dynamodb.models.dynamo_type import Item
from moto.dynamodb.models.table import Backup, Table

from sandbox.emulator.dynamodb import backups
from sandbox.emulator.dynamodb.backups import SandboxBackup
from sandbox.emulator.dynamodb.clock import as_seconds, clock
from sandbox.emulator.dynamodb.errors import TableInUseError
from sandbox.emulator.dynamodb.policies import ResourcePolicies
from sandbox.emulator.dynamodb.restore import restored
from sandbox.emulator.dynamodb.table import Origin, SandboxTable
from sandbox.emulator.dynamodb.window import LONGEST_PERIOD, Recovery
from sandbox.emulator.settings import settings


class SandboxBackend(ResourcePolicies, DynamoDBBackend):
    @property
    def _url_module(self) -> Any:
        # moto looks for it beside the module of the backend's class.
        return urls

    def table(self, name_or_arn: str) -> SandboxTable:
        return cast("SandboxTable", self.get_table(name_or_arn))

    def delete_table(self, name: str) -> Table:
        table = cast("SandboxTable", super().delete_table(name))
        self.forget_policies(table)
        if table.recovery:
            backup = backups.system_backup(table)
            self.backups[backup.arn] = backup
        return table

    def update_item(self, table_name: str, key: dict[str, Any], *args: Any, **kwargs: Any) -> Item:
        table = self.table(table_name)
        hash_key, range_key = table.keys_of(key)
        if hash_key is None or table.recovery is None:
            return super().update_item(table_name, key, *args, **kwargs)
        before = copy.deepcopy(table.get_item(hash_key, range_key))
        try:
            return super().update_item(table_name, key, *args, **kwargs)
        finally:
            # An update that fails may have altered the item half way: moto works in place.
            table.note(hash_key, range_key, before)

    def tag_resource(self, arn: str, tags: dict[str, str]) -> None:
        # moto adds a second tag of the same key.
        self.untag_resource(arn, list(tags))
        super().tag_resource(arn, tags)

    def update_time_to_live(self, table_name: str, ttl_spec: dict[str, Any]) -> None:
        self.table(table_name)  # refuses, as AWS names it, a table that is not there
        super().update_time_to_live(table_name, ttl_spec)
        if not ttl_spec["Enabled"]:
            del self.table(table_name).ttl["AttributeName"]

    def update_table_streams(self, table: Table, stream_specification: dict[str, Any]) -> None:
        """Turn a stream on or off.

        Raises:
            ValidationException: it is on or off already (API reference, UpdateTable).
        """
        has_stream = bool((table.stream_specification or {}).get("StreamEnabled"))
        if has_stream == stream_specification["StreamEnabled"]:
            raise ValidationException(
                f"Table already has {'an enabled' if has_stream else 'a disabled'} stream:"
                f" TableName: {table.name}"
            )
        table.set_stream_specification(stream_specification)

    def describe_continuous_backups(self, table_name: str) -> dict[str, Any]:
        described = super().describe_continuous_backups(table_name)
        recovery = self.table(table_name).recovery
        if recovery is None:
            return described
        window = recovery.describe(clock.now(), settings.lag_seconds)
        return {**described, "PointInTimeRecoveryDescription": window}

    def update_continuous_backups(
        self, table_name: str, point_in_time_spec: dict[str, Any]
    ) -> dict[str, Any]:
        self.describe_continuous_backups(table_name)  # refuses a table that is not there
        table = self.table(table_name)
        if point_in_time_spec["PointInTimeRecoveryEnabled"]:
            recovery = table.recovery or Recovery(since=clock.now())
            kept = recovery.days if table.recovery else LONGEST_PERIOD
            days = point_in_time_spec.get("RecoveryPeriodInDays", kept)
            recovery.keep_for(days, clock.now())
            table.recovery = recovery
        else:
            table.recovery = None
        super().update_continuous_backups(table_name, point_in_time_spec)
        return self.describe_continuous_backups(table_name)

    def make_backup(self, table_name: str, backup_name: str) -> SandboxBackup:
        try:
            table = self.table(table_name)
        except ResourceNotFoundException:
            raise TableNotFoundException(table_name) from None
        backup = SandboxBackup(backup_name, table)
        self.backups[backup.arn] = backup
        return backup

    def get_backup(self, backup_arn: str) -> Backup:
        self.kept_backups()
        return super().get_backup(backup_arn)

    def kept_backups(self) -> list[SandboxBackup]:
        """Return the backups there are, and forget those that have expired."""
        for arn, backup in list(self.backups.items()):
            if cast("SandboxBackup", backup).expired:
                del self.backups[arn]
        return [cast("SandboxBackup", backup) for backup in self.backups.values()]

    def restore_to_point_in_time(self, request: dict[str, Any]) -> SandboxTable:
        """Answer RestoreTableToPointInTime with the new table, CREATING."""
        asked = _asked_time(request)
        source = self._source(request)
        self._check_target(request["TargetTableName"])
        if source.recovery is None:
            raise PointInTimeRecoveryUnavailable(source.name)
        now = clock.now()
        second = source.recovery.restore_point(asked, now, settings.lag_seconds)
        items = source.recovery.journal.as_of(second, source.present_items())
        ready = now + settings.restore_seconds
        origin = Origin(source.table_arn, second, ready, ends=settings.restore_ends)
        return self._add(restored(source, items, request, origin, self.region_name))

    def restore_from_backup(self, request: dict[str, Any]) -> SandboxTable:
        """Answer RestoreTableFromBackup with the new table, CREATING."""
        backup = cast("SandboxBackup", self.get_backup(request["BackupArn"]))
        self._check_target(request["TargetTableName"])
        source = backup.table
        made = backup.creation_date_time.timestamp()
        ready = clock.now() + settings.restore_seconds
        origin = Origin(source.table_arn, made, ready, backup.arn, settings.restore_ends)
        return self._add(
            restored(source, source.present_items(), request, origin, self.region_name)
        )

    def _add(self, table: SandboxTable) -> SandboxTable:
        self.tables[table.name] = table
        return table

    def forget_failed_restores(self) -> None:
        """Take away the tables whose restores were to end without one."""
        for name, table in list(self.tables.items()):
            if cast("SandboxTable", table).gone:
                del self.tables[name]

    def _check_target(self, name: str) -> None:
        if name not in self.tables:
            return
        if self.table(name).creating:
            raise TableInUseError(f"Table is being created: {name}")
        raise TableAlreadyExistsException(name)

    def _source(self, request: dict[str, Any]) -> SandboxTable:
        arn = request.get("SourceTableArn")
        name = request.get("SourceTableName") or arn
        if not name:
            raise ValidationException("Either SourceTableName or SourceTableArn must be specified")
        region = arn.split(":")[3] if arn else self.region_name
        backend = cast("SandboxBackend", dynamodb_backends[self.account_id][region])
        if region != self.region_name and "SSESpecificationOverride" not in request:
            raise ValidationException(
                "SSESpecificationOverride must be specified when restoring to another region"
            )
        try:
            return backend.table(arn or name)
        except ResourceNotFoundException:
            raise TableNotFoundException(name) from None


def _asked_time(request: dict[str, Any]) -> float | None:
    """Return the asked time in seconds since 1970, None for the latest."""
    latest, moment = request.get("UseLatestRestorableTime", False), request.get("RestoreDateTime")
    if latest == (moment is not None):
        raise ValidationException(
            "Exactly one of RestoreDateTime and UseLatestRestorableTime must be specified"
        )
    return None if moment is None else as_seconds(moment)
