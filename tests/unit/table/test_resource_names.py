"""Which resources hang on a label: the runbook lets an update make and delete these alone."""

from typing import Any

import pytest

from restore.table.config.dependents import DependentSettings
from restore.table.kinds import (
    ALARM,
    DESTINATION,
    INSIGHTS,
    MAPPING,
    RESOURCE_POLICY,
    SCALING_POLICY,
    SCALING_TARGET,
)
from restore.table.resource_names import Dependent, dependents_of

SCALING = {"minCapacity": 5, "maxCapacity": 50, "targetValue": 70}
ALARMED = {
    "metricName": "SystemErrors",
    "comparisonOperator": "GreaterThanThreshold",
    "threshold": 0,
    "evaluationPeriods": 1,
    "period": 60,
    "statistic": "Sum",
}
READER = {"functionName": "index", "startingPosition": "LATEST"}

CASES: dict[str, tuple[dict[str, Any], list[tuple[str, str]]]] = {
    "nothing": ({}, []),
    "empty-maps": ({"alarms": {}, "eventSourceMappings": {}, "autoScaling": {}}, []),
    "reads-of-the-table": (
        {"autoScaling": {"read": SCALING}},
        [(SCALING_TARGET, "scaling.read"), (SCALING_POLICY, "scaling.read")],
    ),
    "writes-of-the-table-and-reads-of-an-index": (
        {"autoScaling": {"write": SCALING, "indexes": {"by.owner": {"read": SCALING}}}},
        [
            (SCALING_TARGET, "scaling.write"),
            (SCALING_POLICY, "scaling.write"),
            (SCALING_TARGET, "scaling.read.by.owner"),
            (SCALING_POLICY, "scaling.read.by.owner"),
        ],
    ),
    "alarms": (
        {"alarms": {"slow": ALARMED, "errors": ALARMED}},
        [(ALARM, "alarm.slow"), (ALARM, "alarm.errors")],
    ),
    "policy": ({"resourcePolicy": {"Statement": []}}, [(RESOURCE_POLICY, "policy")]),
    "an-empty-policy-is-one": ({"resourcePolicy": {}}, [(RESOURCE_POLICY, "policy")]),
    "destination": (
        {"kinesisStreamingDestination": {"streamArn": "arn:aws:kinesis:eu-west-1:1:stream/s"}},
        [(DESTINATION, "kinesis")],
    ),
    "insights": (
        {"contributorInsights": {"enabled": True, "indexes": ["by.owner"]}},
        [(INSIGHTS, "insights"), (INSIGHTS, "insights.by.owner")],
    ),
    "insights-that-are-off": ({"contributorInsights": {"enabled": False, "indexes": ["x-y"]}}, []),
    "readers": ({"eventSourceMappings": {"search": READER}}, [(MAPPING, "mapping.search")]),
}


@pytest.mark.parametrize(("said", "names"), CASES.values(), ids=CASES)
def test_a_setting_stands_for_resources_whose_names_begin_with_the_labels_table(
    said: dict[str, Any], names: list[tuple[str, str]]
) -> None:
    """A name that the program gives and this does not would be refused by the gate."""
    found = dependents_of("orders", "restored-2", DependentSettings.model_validate(said))
    assert list(found) == [Dependent(kind, f"orders.restored-2.{name}") for kind, name in names]
