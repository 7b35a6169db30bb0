"""What AWS said about one table, in its own words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Answer = Mapping[str, Any]


@dataclass(frozen=True)
class Key:
    """A KMS key (DescribeKey): its ARN, and whether it is AWS that manages it."""

    arn: str
    managed: bool


@dataclass(frozen=True)
class Answers:
    """One reading of one table.

    Attributes:
        table: DescribeTable's Table.
        ttl: DescribeTimeToLive's TimeToLiveDescription.
        recovery: DescribeContinuousBackups' PointInTimeRecoveryDescription.
        tags: ListTagsOfResource, all pages.
        policy: GetResourcePolicy's document, None where there is none.
        key: The key that encrypts the table, None for the AWS-owned one.
        destinations: DescribeKinesisStreamingDestination.
        insights: ListContributorInsights' summaries, of the table and of its indexes.
        targets: DescribeScalableTargets, of the table and of its indexes.
        scaling_policies: DescribeScalingPolicies of those targets.
        alarms: DescribeAlarms' metric alarms on one metric of this table, each with its `Tags`.
        mappings: ListEventSourceMappings of the enabled stream, each with its `Tags`.
    """

    table: Answer
    ttl: Answer = field(default_factory=dict)
    recovery: Answer = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    policy: str | None = None
    key: Key | None = None
    destinations: Sequence[Answer] = ()
    insights: Sequence[Answer] = ()
    targets: Sequence[Answer] = ()
    scaling_policies: Sequence[Answer] = ()
    alarms: Sequence[Answer] = ()
    mappings: Sequence[Answer] = ()

    @property
    def name(self) -> str:
        return str(self.table["TableName"])

    @property
    def arn(self) -> str:
        return str(self.table["TableArn"])

    @property
    def on_demand(self) -> bool:
        mode = self.table.get("BillingModeSummary", {}).get("BillingMode")
        return bool(mode == "PAY_PER_REQUEST")
