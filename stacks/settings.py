"""A table's settings, under the property names of pulumi-aws `aws.dynamodb.Table`."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

AttributeName = Annotated[str, StringConstraints(min_length=1, max_length=255)]
IndexName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]{3,255}$")]
Capacity = Annotated[int, Field(ge=1)]
ProjectionType = Literal["ALL", "INCLUDE", "KEYS_ONLY"]
StreamViewType = Literal["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"]


class Model(BaseModel):
    """camelCase outside, as in the stack config; snake_case inside, as pulumi-aws takes it."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", frozen=True, strict=True)


class Attribute(Model):
    """A key attribute: its name, and S, N or B."""

    name: AttributeName
    type: Literal["S", "N", "B"]


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


class ServerSideEncryption(Model):
    """Off or absent: the AWS-owned key. On without a key: the AWS-managed one."""

    enabled: bool
    kms_key_arn: str | None = None


class PointInTimeRecovery(Model):
    """Recovery period in days, 1 to 35 (UpdateContinuousBackups)."""

    enabled: bool
    recovery_period_in_days: Annotated[int, Field(ge=1, le=35)] | None = None


class Ttl(Model):
    enabled: bool
    attribute_name: AttributeName | None = None


class TableSettings(Model):
    """What one table is, whichever label carries it."""

    hash_key: AttributeName
    range_key: AttributeName | None = None
    attributes: Annotated[list[Attribute], Field(min_length=1)]
    billing_mode: Literal["PAY_PER_REQUEST", "PROVISIONED"] = "PROVISIONED"
    read_capacity: Capacity | None = None
    write_capacity: Capacity | None = None
    local_secondary_indexes: list[LocalSecondaryIndex] | None = None
    global_secondary_indexes: list[GlobalSecondaryIndex] | None = None
    server_side_encryption: ServerSideEncryption | None = None
    point_in_time_recovery: PointInTimeRecovery | None = None
    ttl: Ttl | None = None
    stream_enabled: bool | None = None
    stream_view_type: StreamViewType | None = None
    deletion_protection_enabled: bool | None = None
    tags: dict[str, str] | None = None


_RESTORE_POINT = "Developer Guide, 'Restoring a table to a point in time'"
_RESTORE_API = "API Reference, RestoreTableToPointInTime"
_CREATE_API = "API Reference, CreateTable; absent from what a restore copies"

COPIED_BY_A_RESTORE = {
    "hash_key": _RESTORE_POINT,
    "range_key": _RESTORE_POINT,
    "attributes": _RESTORE_POINT,
    "billing_mode": _RESTORE_API,
    "read_capacity": _RESTORE_API,
    "write_capacity": _RESTORE_API,
    "local_secondary_indexes": _RESTORE_API,
    "global_secondary_indexes": _RESTORE_API,
    "server_side_encryption": _RESTORE_API,
}
"""Base settings: field → the AWS page that says a restore brings it."""

LOST_IN_A_RESTORE = {
    "point_in_time_recovery": _RESTORE_API,
    "ttl": _RESTORE_API,
    "stream_enabled": _RESTORE_API,
    "stream_view_type": _RESTORE_API,
    "tags": _RESTORE_API,
    "deletion_protection_enabled": _CREATE_API,
}
"""Additional settings: field → the AWS page that says (or fails to say) that it is lost."""
