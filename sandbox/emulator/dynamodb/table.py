"""A table that remembers what its items were, and the settings that moto's table leaves out."""

import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from moto.dynamodb.exceptions import ValidationException
from moto.dynamodb.models.dynamo_type import DynamoType, Item
from moto.dynamodb.models.table import Table

from sandbox.emulator.dynamodb import encryption, replicas
from sandbox.emulator.dynamodb.clock import as_datetime, clock
from sandbox.emulator.dynamodb.journal import Items
from sandbox.emulator.dynamodb.limits import Limits
from sandbox.emulator.settings import ACTIVE, GONE

if TYPE_CHECKING:
    from sandbox.emulator.dynamodb.window import Recovery


@dataclass(frozen=True)
class Origin:
    """What a table was restored from, and when it is ready. Times are seconds since 1970.

    Attributes:
        ends: What the table is once it is ready: a TableStatus, or "gone".
    """

    source_table_arn: str
    restored_to: float
    ready_at: float
    source_backup_arn: str | None = None
    ends: str = ACTIVE

    def describe(self) -> dict[str, Any]:
        """Return a RestoreSummary."""
        summary = {
            "SourceTableArn": self.source_table_arn,
            "RestoreDateTime": as_datetime(self.restored_to),
            "RestoreInProgress": clock.now() < self.ready_at,
        }
        if self.source_backup_arn:
            summary["SourceBackupArn"] = self.source_backup_arn
        return summary


@dataclass
class Extras:
    """A table's further settings; each is as DescribeTable or its own Describe call shows it."""

    table_class: str | None = None
    limits: Limits = field(default_factory=Limits)
    replicas: list[str] = field(default_factory=list)
    destinations: dict[str, dict[str, Any]] = field(default_factory=dict)
    insights: dict[str | None, dict[str, Any]] = field(default_factory=dict)


class SandboxTable(Table):
    def __init__(
        self,
        table_name: str,
        *,
        sse_specification: dict[str, Any] | None = None,
        origin: Origin | None = None,
        **settings: Any,
    ) -> None:
        super().__init__(table_name, **settings)
        self.table_id = str(uuid4())
        self.recovery: Recovery | None = None
        self.origin = origin
        self.extras = Extras()
        self.next_sweep = 0.0
        self.encrypt(sse_specification)
        self.extras.limits.apply({}, self)

    @property
    def creating(self) -> bool:
        return self.origin is not None and clock.now() < self.origin.ready_at

    @property
    def gone(self) -> bool:
        """Whether its restore has ended without a table."""
        return self.origin is not None and self.origin.ends == GONE and not self.creating

    def encrypt(self, specification: dict[str, Any] | None) -> None:
        arn = encryption.key_arn(specification, self.account_id, self.region_name)
        self.sse_specification = {"Enabled": True, "KMSMasterKeyId": arn} if arn else None

    def note(self, hash_key: DynamoType, range_key: DynamoType | None, before: Item | None) -> None:
        """Journal a write of this moment; `before` may not change any more."""
        if self.recovery is None:
            return
        now = clock.now()
        self.recovery.journal.note(now, (hash_key, range_key), before)
        self.recovery.journal.forget(self.recovery.earliest(now))

    def put_item(self, item_attrs: dict[str, Any], *args: Any, **kwargs: Any) -> Item:
        hash_key, range_key = self.keys_of(item_attrs)
        before = self.get_item(hash_key, range_key) if hash_key else None
        item = super().put_item(item_attrs, *args, **kwargs)
        self.note(item.hash_key, item.range_key, before)
        return item

    def keys_of(self, attributes: dict[str, Any]) -> tuple[DynamoType | None, DynamoType | None]:
        """Return the keys, or none where moto is about to refuse the item for lack of one."""
        if any(name not in attributes for name in self.table_key_attrs):
            return None, None
        hash_key = DynamoType(attributes[self.hash_key_attr])
        if self.range_key_attr is None:
            return hash_key, None
        return hash_key, DynamoType(attributes[self.range_key_attr])

    def delete_item(self, hash_key: DynamoType, range_key: DynamoType | None) -> Item | None:
        item = super().delete_item(hash_key, range_key)
        if item is not None:
            self.note(hash_key, range_key, item)
        return item

    def present_items(self) -> Items:
        return {(item.hash_key, item.range_key): item for item in self.all_items()}

    def fill(self, items: Items) -> None:
        """Take over copies of items, as a restore does: no journal, no stream."""
        held: Any = self.items  # by hash key; of a table with a range key, by both
        for (hash_key, range_key), item in items.items():
            if range_key is None:
                held[hash_key] = copy.deepcopy(item)
            else:
                held[hash_key][range_key] = copy.deepcopy(item)

    def sweep(self) -> None:
        """Delete what TTL has expired, at most once a second.

        AWS deletes within a few days, and leaves alone an expiry more than five years past
        (developer guide, "Using time to live (TTL) in DynamoDB").
        """
        now = clock.now()
        if self.ttl["TimeToLiveStatus"] != "ENABLED" or now < self.next_sweep:
            return
        self.next_sweep = now + 1
        for (hash_key, range_key), item in self.present_items().items():
            expiry = item.attrs.get(self.ttl["AttributeName"])
            if expiry is None or expiry.type != "N":
                continue
            if now - 5 * 365 * 86_400 < float(expiry.value) < now:
                self.delete_item(hash_key, range_key)

    def check(self, request: dict[str, Any]) -> None:
        """Refuse an UpdateTable request that moto would carry out, or fail at half way.

        Raises:
            ValidationException: it does not fit what the table is.
        """
        self._check_index_changes(request.get("GlobalSecondaryIndexUpdates") or [])
        self.extras.limits.check(request, str(self.billing_mode))
        replicas.changed(self.extras.replicas, request, self)

    def apply(self, request: dict[str, Any]) -> None:
        """Apply what CreateTable and UpdateTable set beyond moto."""
        if "SSESpecification" in request:
            self.encrypt(request["SSESpecification"])
        self.extras.table_class = request.get("TableClass", self.extras.table_class)
        self.extras.limits.apply(request, self)
        self.extras.replicas = replicas.changed(self.extras.replicas, request, self)
        subjects = {None, *(index.name for index in self.global_indexes)}
        for gone in self.extras.insights.keys() - subjects:
            del self.extras.insights[gone]
        if self.billing_mode == "PAY_PER_REQUEST":
            for capacity in (self.throughput, *(index.throughput for index in self.global_indexes)):
                capacity.update(ReadCapacityUnits=0, WriteCapacityUnits=0)

    def _check_index_changes(self, changes: list[dict[str, Any]]) -> None:
        names = {index.name for index in self.global_indexes}
        for change in changes:
            for kind, body in change.items():
                if (body["IndexName"] in names) == (kind == "Create"):
                    raise ValidationException(f"Cannot {kind.lower()} index {body['IndexName']}")

    def describe(self, base_key: str = "TableDescription") -> dict[str, Any]:
        described = super().describe(base_key)
        table = described[base_key]
        table["TableId"] = self.table_id
        if self.extras.table_class:
            table["TableClassSummary"] = {"TableClass": self.extras.table_class}
        table |= replicas.described(self.extras.replicas)
        self.extras.limits.describe(table)
        if self.origin:
            table["RestoreSummary"] = self.origin.describe()
            if self.origin.ends != ACTIVE:
                table["TableStatus"] = self.origin.ends
        if self.creating:
            table.update(TableStatus="CREATING", ItemCount=0)
            for index in table["GlobalSecondaryIndexes"]:
                index["IndexStatus"] = "CREATING"
        return described
