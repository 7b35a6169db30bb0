"""A table's own settings, under the property names of pulumi-aws `aws.dynamodb.Table`."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

from restore.table.config import patterns

AttributeName = Annotated[str, StringConstraints(min_length=1, max_length=255)]
IndexName = Annotated[str, StringConstraints(pattern=patterns.TABLE_NAME)]
Capacity = Annotated[int, Field(ge=1)]
ProjectionType = Literal["ALL", "INCLUDE", "KEYS_ONLY"]
StreamViewType = Literal["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"]
KmsKey = Annotated[str, StringConstraints(pattern=patterns.KMS_KEY)]
Arn = Annotated[str, StringConstraints(pattern=patterns.ARN)]


class Model(BaseModel):
    """camelCase outside, as in the stack config; snake_case inside, as pulumi-aws takes it."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        extra="forbid",
        frozen=True,
        strict=True,
        use_attribute_docstrings=True,
    )


class Attribute(Model):
    """A key attribute. Attributes that are no key are not declared: items differ in them."""

    name: AttributeName
    """As the items have it."""
    type: Literal["S", "N", "B"]
    """String, number or binary."""


class OnDemandThroughput(Model):
    """The most that an on-demand table or index may take; what exceeds it is throttled."""

    max_read_request_units: Capacity | None = None
    """Read request units a second. Default: no maximum."""
    max_write_request_units: Capacity | None = None
    """Write request units a second. Default: no maximum."""


class WarmThroughput(Model):
    """What can be taken at once, without scaling up first."""

    read_units_per_second: Annotated[int, Field(ge=12_000)] | None = None
    """What every table can take is the least: 12,000."""
    write_units_per_second: Annotated[int, Field(ge=4_000)] | None = None
    """What every table can take is the least: 4,000."""


class LocalSecondaryIndex(Model):
    """An index beside the table's own range key; it comes and goes with the table alone."""

    name: IndexName
    """Unlike that of every other index, local or global."""
    range_key: AttributeName
    """The attribute that sorts it; its hash key is the table's."""
    projection_type: ProjectionType
    """What it carries besides keys: everything, the attributes that are named, or nothing."""
    non_key_attributes: list[AttributeName] | None = None
    """What it carries with INCLUDE."""


class GlobalSecondaryIndex(Model):
    """An index with keys, and with PROVISIONED a capacity, of its own."""

    name: IndexName
    """Unlike that of every other index, local or global."""
    hash_key: AttributeName
    """Its partition key."""
    range_key: AttributeName | None = None
    """Its sort key."""
    projection_type: ProjectionType
    """What it carries besides keys: everything, the attributes that are named, or nothing."""
    non_key_attributes: list[AttributeName] | None = None
    """What it carries with INCLUDE."""
    read_capacity: Capacity | None = None
    """With PROVISIONED, unless autoScaling owns it."""
    write_capacity: Capacity | None = None
    """With PROVISIONED, unless autoScaling owns it."""
    on_demand_throughput: OnDemandThroughput | None = None
    """The most that the index may take, with PAY_PER_REQUEST."""
    warm_throughput: WarmThroughput | None = None
    """At least this much; AWS raises it by itself."""


class ServerSideEncryption(Model):
    """Off or absent: the AWS-owned key. On without a key: the AWS-managed one."""

    enabled: bool
    """False: the AWS-owned key. True: the AWS-managed key, or the customer's that is named."""
    kms_key_arn: KmsKey | None = None
    """A customer key, by ARN, id, alias name or alias ARN; the program looks the ARN up."""


class PointInTimeRecovery(Model):
    """Continuous backups: without them there is nothing to restore."""

    enabled: bool
    """Turned off, all that can be restored is gone at once."""
    recovery_period_in_days: Annotated[int, Field(ge=1, le=35)] | None = None
    """How far back a restore reaches. Default: 35 (UpdateContinuousBackups)."""


class Ttl(Model):
    """Items are deleted within days after the time that one of their attributes holds."""

    enabled: bool
    """Whether items expire."""
    attribute_name: AttributeName | None = None
    """The attribute that holds the time, in seconds since 1970."""


class TableSettings(Model):
    """What one table is, whichever label carries it."""

    hash_key: AttributeName
    """The partition key. Another one is another table: the update is refused."""
    range_key: AttributeName | None = None
    """The sort key. Another one is another table: the update is refused."""
    attributes: Annotated[list[Attribute], Field(min_length=1)]
    """Every attribute that a key of the table or of an index names, and no other."""
    billing_mode: Literal["PAY_PER_REQUEST", "PROVISIONED"] = "PROVISIONED"
    """By request, or by the capacity that is kept ready."""
    read_capacity: Capacity | None = None
    """With PROVISIONED, unless autoScaling owns it."""
    write_capacity: Capacity | None = None
    """With PROVISIONED, unless autoScaling owns it."""
    on_demand_throughput: OnDemandThroughput | None = None
    """The most that the table may take, with PAY_PER_REQUEST."""
    warm_throughput: WarmThroughput | None = None
    """At least this much; AWS raises it by itself, and it is never lowered."""
    local_secondary_indexes: list[LocalSecondaryIndex] | None = None
    """Made with the table only; they need a rangeKey."""
    global_secondary_indexes: list[GlobalSecondaryIndex] | None = None
    """In any order."""
    table_class: Literal["STANDARD", "STANDARD_INFREQUENT_ACCESS"] | None = None
    """STANDARD_INFREQUENT_ACCESS costs less to store and more to use."""
    server_side_encryption: ServerSideEncryption | None = None
    """Which key encrypts the table. Default: the AWS-owned one."""
    point_in_time_recovery: PointInTimeRecovery | None = None
    """Continuous backups: without them there is nothing to restore."""
    ttl: Ttl | None = None
    """Which items expire, and when."""
    stream_enabled: bool | None = None
    """A stream of changes. A restored table's stream is a new one, with an ARN of its own."""
    stream_view_type: StreamViewType | None = None
    """What the stream carries of a changed item; with streamEnabled."""
    deletion_protection_enabled: bool | None = None
    """AWS refuses to delete the table until it is off again."""
    tags: dict[str, str] | None = None
    """Of the table alone; alarms and mappings have their own."""
