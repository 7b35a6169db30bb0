"""What hangs on a table, as the stack config says it: the words of pulumi-aws, less the table.

Everything in here is declared once for each active and standby label.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from restore.table.config import patterns
from restore.table.config.mapping import EventSourceMapping
from restore.table.config.settings import Arn, Capacity, IndexName, Model

Key = Annotated[str, StringConstraints(pattern=patterns.KEY)]
Seconds = Annotated[int, Field(ge=0)]
Action = Annotated[str, StringConstraints(pattern=patterns.ACTION)]
TABLE_ARN = "${table}"
"""In a resource policy: stands for the ARN of whichever table carries the policy."""


class Scaling(Model):
    """A target tracking of one capacity (Application Auto Scaling)."""

    min_capacity: Capacity
    """The scaler never sets less."""
    max_capacity: Capacity
    """The scaler never sets more."""
    target_value: Annotated[float, Field(ge=20, le=90)]
    """Per cent of the capacity that is to be in use."""
    scale_in_cooldown: Seconds | None = None
    """Seconds between two steps down. Default: none."""
    scale_out_cooldown: Seconds | None = None
    """Seconds between two steps up. Default: none."""
    disable_scale_in: bool | None = None
    """Never scaled in, only out."""


class CapacityScaling(Model):
    """What is scaled of a table or an index."""

    read: Scaling | None = None
    """Read capacity, which the scaler then owns."""
    write: Scaling | None = None
    """Write capacity, which the scaler then owns."""


class AutoScaling(CapacityScaling):
    """Capacity that is scaled belongs to the scaler: the program does not set it again."""

    indexes: dict[IndexName, CapacityScaling] = Field(default_factory=dict)
    """Global indexes, by their names."""


@dataclass(frozen=True)
class ScaledCapacity:
    """One capacity that is scaled; `index` is None for the table's own."""

    capacity: Literal["read", "write"]
    index: str | None
    scaling: Scaling

    def resource_id(self, table: str) -> str:
        """What Application Auto Scaling calls the table or index."""
        return f"table/{table}/index/{self.index}" if self.index else f"table/{table}"

    @property
    def dimension(self) -> str:
        """What Application Auto Scaling calls the capacity."""
        kind = "index" if self.index else "table"
        return f"dynamodb:{kind}:{self.capacity.capitalize()}CapacityUnits"

    @property
    def metric(self) -> str:
        """The predefined metric that tells how much of the capacity is in use."""
        return f"DynamoDB{self.capacity.capitalize()}CapacityUtilization"

    def policy_name(self, table: str) -> str:
        """What the program calls its scaling policy."""
        return f"{self.metric}:{self.resource_id(table)}"


class Alarm(Model):
    """A CloudWatch alarm on one metric of the table. It is called `<table name>-<key>`."""

    metric_name: str
    """Such as ReadThrottleEvents (Developer Guide, 'DynamoDB metrics and dimensions')."""
    comparison_operator: Literal[
        "GreaterThanOrEqualToThreshold",
        "GreaterThanThreshold",
        "LessThanThreshold",
        "LessThanOrEqualToThreshold",
    ]
    """How the metric stands to the threshold when the alarm goes off."""
    threshold: Annotated[float, Field(allow_inf_nan=False)]
    """What the metric is compared with."""
    evaluation_periods: Annotated[int, Field(ge=1)]
    """Periods that are looked at together."""
    period: Annotated[int, Field(ge=10)]
    """The seconds that one value stands for."""
    statistic: Literal["SampleCount", "Average", "Sum", "Minimum", "Maximum"] | None = None
    """How the values of a period become one; either this or extendedStatistic."""
    extended_statistic: str | None = None
    """A percentile, such as p99; either this or statistic."""
    namespace: str = "AWS/DynamoDB"
    """Where the metric is."""
    dimensions: dict[str, str] = Field(default_factory=dict)
    """Beside TableName, such as GlobalSecondaryIndexName or Operation."""
    datapoints_to_alarm: Annotated[int, Field(ge=1)] | None = None
    """So many of evaluationPeriods set it off. Default: all of them."""
    treat_missing_data: Literal["missing", "ignore", "breaching", "notBreaching"] | None = None
    """What a period without a value counts as. Default: missing."""
    unit: str | None = None
    """Only values of this unit count."""
    alarm_description: str | None = None
    """What a person reads who is woken."""
    actions_enabled: bool | None = None
    """Whether it does anything but change its state."""
    alarm_actions: list[Arn] | None = None
    """What happens when it goes off, such as a topic's ARN."""
    ok_actions: list[Arn] | None = None
    """What happens when all is well again."""
    insufficient_data_actions: list[Arn] | None = None
    """What happens when nothing is known."""
    tags: dict[str, str] | None = None
    """Of the alarm itself."""


class KinesisStreamingDestination(Model):
    """A Kinesis stream that every change of an item is written to."""

    stream_arn: Arn
    """The stream, which has to be there."""
    approximate_creation_date_time_precision: Literal["MILLISECOND", "MICROSECOND"] | None = None
    """Of the time that each record carries."""


class ContributorInsights(Model):
    """CloudWatch Contributor Insights, for the table and for the indexes that are named."""

    enabled: bool
    """Whether anything is counted."""
    mode: Literal["ACCESSED_AND_THROTTLED_KEYS", "THROTTLED_KEYS"] | None = None
    """Which keys are counted."""
    indexes: list[IndexName] = Field(default_factory=list)
    """Global indexes, by their names, beside the table."""


class DependentSettings(Model):
    """All that can hang on a table."""

    auto_scaling: AutoScaling | None = None
    """Capacity that follows the load, with PROVISIONED; the program does not set it again."""
    alarms: dict[Key, Alarm] | None = None
    """CloudWatch alarms by keys of your choice; one is called `<table name>-<key>`."""
    resource_policy: dict[str, Any] | None = None
    """A policy document; `${table}` in it stands for the ARN of each label's own table."""
    kinesis_streaming_destination: KinesisStreamingDestination | None = None
    """A Kinesis stream that every change of an item is written to."""
    contributor_insights: ContributorInsights | None = None
    """CloudWatch Contributor Insights: which keys are used or throttled most."""
    event_source_mappings: dict[Key, EventSourceMapping] | None = None
    """Lambda functions that read the table's stream, by keys of your choice."""

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
    """What the policy `policyName` allows. Default: dynamodb:GetItem."""
    write_actions: Annotated[list[Action], Field(min_length=1)] | None = None
    """What a second policy, `writePolicyName`, allows; without it there is none."""
