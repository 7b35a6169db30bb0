"""What hangs on a table, as the stack config says it: the words of pulumi-aws, less the table.

Everything in here is declared once for each active and standby label.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from stacks import patterns
from stacks.settings import Capacity, IndexName, Model

Key = Annotated[str, StringConstraints(pattern=patterns.KEY)]
Arn = Annotated[str, StringConstraints(pattern=patterns.ARN)]
Seconds = Annotated[int, Field(ge=0)]
Action = Annotated[str, StringConstraints(pattern=patterns.ACTION)]
TABLE_ARN = "${table}"
"""In a resource policy: stands for the ARN of whichever table carries the policy."""


class Scaling(Model):
    """A target tracking of one capacity (Application Auto Scaling)."""

    min_capacity: Capacity
    max_capacity: Capacity
    target_value: Annotated[float, Field(ge=20, le=90, strict=False)]
    """Per cent of the capacity that is to be in use."""
    scale_in_cooldown: Seconds | None = None
    scale_out_cooldown: Seconds | None = None
    disable_scale_in: bool | None = None


class CapacityScaling(Model):
    read: Scaling | None = None
    write: Scaling | None = None


class AutoScaling(CapacityScaling):
    """Capacity that is scaled belongs to the scaler: the program does not set it again."""

    indexes: dict[IndexName, CapacityScaling] = Field(default_factory=dict)


@dataclass(frozen=True)
class ScaledCapacity:
    """One capacity that is scaled; `index` is None for the table's own."""

    capacity: Literal["read", "write"]
    index: str | None
    scaling: Scaling


class Alarm(Model):
    """A CloudWatch alarm on one metric of the table. It is called `<table name>-<key>`."""

    metric_name: str
    comparison_operator: Literal[
        "GreaterThanOrEqualToThreshold",
        "GreaterThanThreshold",
        "LessThanThreshold",
        "LessThanOrEqualToThreshold",
    ]
    threshold: Annotated[float, Field(strict=False)]
    evaluation_periods: Annotated[int, Field(ge=1)]
    period: Annotated[int, Field(ge=10)]
    statistic: Literal["SampleCount", "Average", "Sum", "Minimum", "Maximum"] | None = None
    extended_statistic: str | None = None
    namespace: str = "AWS/DynamoDB"
    dimensions: dict[str, str] = Field(default_factory=dict)
    """Beside TableName, such as GlobalSecondaryIndexName or Operation."""
    datapoints_to_alarm: Annotated[int, Field(ge=1)] | None = None
    treat_missing_data: Literal["missing", "ignore", "breaching", "notBreaching"] | None = None
    unit: str | None = None
    alarm_description: str | None = None
    actions_enabled: bool | None = None
    alarm_actions: list[Arn] | None = None
    ok_actions: list[Arn] | None = None
    insufficient_data_actions: list[Arn] | None = None
    tags: dict[str, str] | None = None


class KinesisStreamingDestination(Model):
    stream_arn: Arn
    approximate_creation_date_time_precision: Literal["MILLISECOND", "MICROSECOND"] | None = None


class ContributorInsights(Model):
    """CloudWatch Contributor Insights, for the table and for the indexes that are named."""

    enabled: bool
    mode: Literal["ACCESSED_AND_THROTTLED_KEYS", "THROTTLED_KEYS"] | None = None
    indexes: list[IndexName] = Field(default_factory=list)


class Filter(Model):
    pattern: str


class FilterCriteria(Model):
    filters: list[Filter]


class OnFailure(Model):
    destination_arn: Arn


class DestinationConfig(Model):
    on_failure: OnFailure


class EventSourceMapping(Model):
    """A Lambda function that reads the table's stream."""

    function_name: str
    starting_position: Literal["LATEST", "TRIM_HORIZON"]
    enabled: bool | None = None
    batch_size: Annotated[int, Field(ge=1, le=10_000)] | None = None
    maximum_batching_window_in_seconds: Annotated[int, Field(ge=0, le=300)] | None = None
    parallelization_factor: Annotated[int, Field(ge=1, le=10)] | None = None
    maximum_retry_attempts: Annotated[int, Field(ge=-1, le=10_000)] | None = None
    maximum_record_age_in_seconds: Annotated[int, Field(ge=-1, le=604_800)] | None = None
    bisect_batch_on_function_error: bool | None = None
    tumbling_window_in_seconds: Annotated[int, Field(ge=0, le=900)] | None = None
    function_response_types: list[Literal["ReportBatchItemFailures"]] | None = None
    filter_criteria: FilterCriteria | None = None
    destination_config: DestinationConfig | None = None
    tags: dict[str, str] | None = None


class DependantSettings(Model):
    """All that can hang on a table."""

    auto_scaling: AutoScaling | None = None
    alarms: dict[Key, Alarm] | None = None
    resource_policy: dict[str, Any] | None = None
    """A policy document; `${table}` in it stands for the table's ARN."""
    kinesis_streaming_destination: KinesisStreamingDestination | None = None
    contributor_insights: ContributorInsights | None = None
    event_source_mappings: dict[Key, EventSourceMapping] | None = None

    def scaled(self) -> Iterator[ScaledCapacity]:
        """Every capacity that a scaler owns: the table's own, then those of its indexes."""
        if self.auto_scaling is None:
            return
        owners = [(None, self.auto_scaling), *self.auto_scaling.indexes.items()]
        for index, scaling in owners:
            if scaling.read:
                yield ScaledCapacity("read", index, scaling.read)
            if scaling.write:
                yield ScaledCapacity("write", index, scaling.write)


class GrantSettings(Model):
    """What the IAM policies allow on the tables that clients may use."""

    read_actions: Annotated[list[Action], Field(min_length=1)] | None = None
    """What the policy `policyName` allows; dynamodb:GetItem unless it is said."""
    write_actions: Annotated[list[Action], Field(min_length=1)] | None = None
    """What a second policy, `writePolicyName`, allows; without it there is none."""
