"""CloudWatch alarms that watch a table through a formula, or through other alarms."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from restore.plan.losses.mention import Kind, Mention, Route
from restore.settings.alarms import is_about

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch import CloudWatchClient

_NAMED = re.compile(r'\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]+)"|([^)\s]+))\s*\)')


def alarms(client: "CloudWatchClient", route: Route) -> Iterator[Mention]:
    """Metric-math alarms over the table, and composite alarms over any alarm on it."""
    watching: set[str] = set()
    composites: list[Any] = []
    pages = client.get_paginator("describe_alarms").paginate(
        AlarmTypes=["MetricAlarm", "CompositeAlarm"]
    )
    for page in pages:
        composites += page.get("CompositeAlarms", ())
        for each in page.get("MetricAlarms", ()):
            metrics = _computed_with(each, route.source.name)
            if metrics or is_about(each, route.source.name):
                watching |= {each["AlarmName"], each["AlarmArn"]}
            if metrics:
                yield _math_alarm(each["AlarmName"], metrics, route)
    yield from _composites(composites, watching)


def _computed_with(alarm: Mapping[str, Any], table: str) -> list[str]:
    """The metrics of the table that go into the alarm's formula."""
    metrics = [
        each["MetricStat"]["Metric"]
        for each in alarm.get("Metrics") or ()
        if each.get("MetricStat")
    ]
    return sorted({each["MetricName"] for each in metrics if is_about(each, table)})


def _math_alarm(name: str, metrics: Sequence[str], route: Route) -> Mention:
    return Mention(
        Kind.MATH_ALARM,
        name,
        f"computes with {', '.join(metrics)}",
        f"aws cloudwatch describe-alarms --alarm-names {name}, and put-metric-alarm with TableName"
        f" {route.target.name} in its metrics",
    )


def _composites(described: Sequence[Any], watching: set[str]) -> Iterator[Mention]:
    """Those whose rule names an alarm of `watching`, or another one that does."""
    left = list(described)
    while hit := [each for each in left if _names(each) & watching]:
        for each in hit:
            left.remove(each)
            name = each["AlarmName"]
            yield Mention(
                Kind.COMPOSITE_ALARM,
                name,
                f"rests on {', '.join(sorted(_names(each) & watching))}",
                f"aws cloudwatch put-composite-alarm --alarm-name {name} --alarm-rule RULE, which"
                " names the alarms of the restored table",
            )
        watching |= {each[key] for each in hit for key in ("AlarmName", "AlarmArn")}


def _names(described: Mapping[str, Any]) -> set[str]:
    """The alarms that the rule of a composite alarm names, by name or ARN."""
    return {quoted or plain for quoted, plain in _NAMED.findall(described["AlarmRule"])}
