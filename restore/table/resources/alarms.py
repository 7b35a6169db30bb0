"""CloudWatch alarms on a table's metrics."""

from collections.abc import Iterator

import pulumi
import pulumi_aws as aws

from restore.table.config.dependents import DependentSettings
from restore.table.resources.owner import Owner

UNKEYED = ("evaluateLowSampleCountPercentiles",)
"""Properties that a hand may set on an alarm of one metric and that the config has no key for."""


def declare_alarms(owner: Owner, settings: DependentSettings) -> Iterator[pulumi.Resource]:
    """An alarm for each entry of `alarms`, called `<table name>-<key>` unless it was taken over."""
    for key, alarm in (settings.alarms or {}).items():
        name = f"alarm.{key}"
        taken = owner.adoption.ids.get(name)
        yield aws.cloudwatch.MetricAlarm(
            owner.logical(name),
            name=taken or pulumi.Output.concat(owner.table.name, "-", key),
            dimensions={**alarm.dimensions, "TableName": owner.table.name},
            **alarm.model_dump(exclude_none=True, exclude={"dimensions"}),
            opts=owner.options(name, taken or "", UNKEYED),
        )
