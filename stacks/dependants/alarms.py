"""CloudWatch alarms on a table's metrics."""

from collections.abc import Iterator

import pulumi
import pulumi_aws as aws

from stacks.dependants.settings import DependantSettings


def declare_alarms(
    here: str, table: aws.dynamodb.Table, settings: DependantSettings
) -> Iterator[pulumi.Resource]:
    """An alarm for each entry of `alarms`, called `<table name>-<key>`."""
    for key, alarm in (settings.alarms or {}).items():
        yield aws.cloudwatch.MetricAlarm(
            f"{here}.alarm.{key}",
            name=pulumi.Output.concat(table.name, "-", key),
            dimensions={**alarm.dimensions, "TableName": table.name},
            **alarm.model_dump(exclude_none=True, exclude={"dimensions"}),
        )
