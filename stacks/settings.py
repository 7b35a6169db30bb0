"""A table's own settings, under the property names of pulumi-aws `aws.dynamodb.Table`."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

from stacks import patterns

AttributeName = Annotated[str, StringConstraints(min_length=1, max_length=255)]
IndexName = Annotated[str, StringConstraints(pattern=patterns.TABLE_NAME)]
Capacity = Annotated[int, Field(ge=1)]
ProjectionType = Literal["ALL", "INCLUDE", "KEYS_ONLY"]
StreamViewType = Literal["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"]
KmsKey = Annotated[str, StringConstraints(pattern=patterns.KMS_KEY)]


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
    """A key attribute: its name, and S, N or B."""

    name: AttributeName
    type: Literal["S", "N", "B"]


class OnDemandThroughput(Model):
    """The most that an on-demand table or index may take, in request units a second."""

    max_read_request_units: Capacity | None = None
    max_write_request_units: Capacity | None = None


class WarmThroughput(Model):
    """What can be taken at once, in units a second (12,000 and 4,000 are the least)."""

    read_units_per_second: Annotated[int, Field(ge=12_000)] | None = None
    write_units_per_second: Annotated[int, Field(ge=4_000)] | None = None


class LocalSecondaryIndex(Model):
    name: IndexName
    range_key: AttributeName
    projection_type: ProjectionType
    non_key_attributes: list[AttributeName] | None = None


class GlobalSecondaryIndex(Model):
    name: IndexName
    hash_key: AttributeName
    range_key: AttributeName | None = None
    projection_type: ProjectionType
    non_key_attributes: list[AttributeName] | None = None
    read_capacity: Capacity | None = None
    write_capacity: Capacity | None = None
    on_demand_throughput: OnDemandThroughput | None = None
    warm_throughput: WarmThroughput | None = None


class ServerSideEncryption(Model):
    """Off or absent: the AWS-owned key. On without a key: the AWS-managed one."""

    enabled: bool
    kms_key_arn: KmsKey | None = None
    """A customer key, by ARN, id, alias name or alias ARN; the program looks the ARN up."""


class PointInTimeRecovery(Model):
    enabled: bool
    recovery_period_in_days: Annotated[int, Field(ge=1, le=35)] | None = None
    """1 to 35, and 35 unless it is said (UpdateContinuousBackups)."""


class Ttl(Model):
    enabled: bool
    attribute_name: AttributeName | None = None


class TableSettings(Model):
    """What one table is, whichever label carries it."""

    hash_key: AttributeName
    range_key: AttributeName | None = None
    attributes: Annotated[list[Attribute], Field(min_length=1)]
    """Every attribute that a key of the table or of an index names, and no other."""
    billing_mode: Literal["PAY_PER_REQUEST", "PROVISIONED"] = "PROVISIONED"
    read_capacity: Capacity | None = None
    """With PROVISIONED, unless autoScaling owns it."""
    write_capacity: Capacity | None = None
    """With PROVISIONED, unless autoScaling owns it."""
    on_demand_throughput: OnDemandThroughput | None = None
    warm_throughput: WarmThroughput | None = None
    """At least this much; AWS raises it by itself, and it is never lowered."""
    local_secondary_indexes: list[LocalSecondaryIndex] | None = None
    global_secondary_indexes: list[GlobalSecondaryIndex] | None = None
    table_class: Literal["STANDARD", "STANDARD_INFREQUENT_ACCESS"] | None = None
    server_side_encryption: ServerSideEncryption | None = None
    point_in_time_recovery: PointInTimeRecovery | None = None
    ttl: Ttl | None = None
    stream_enabled: bool | None = None
    stream_view_type: StreamViewType | None = None
    deletion_protection_enabled: bool | None = None
    tags: dict[str, str] | None = None
