"""Every property of every dependent has a key in the config, or is left as it is."""

import inspect
from operator import attrgetter
from typing import Any

import pulumi_aws
import pytest
from pydantic.alias_generators import to_camel

from restore.table.config.dependents import Alarm, ContributorInsights, KinesisStreamingDestination
from restore.table.config.mapping import EventSourceMapping
from restore.table.resources import alarms, resource_policy, scaling, streaming

EVERY: list[Any] = [
    pytest.param(
        "lambda_.EventSourceMapping",
        {*map(to_camel, EventSourceMapping.model_fields), "eventSourceArn"},
        streaming.UNKEYED,
        # The provider's own waiting, no setting of AWS.
        {"useResourceTimeoutForPropagation"},
        id="mapping",
    ),
    pytest.param(
        "cloudwatch.MetricAlarm",
        {*map(to_camel, Alarm.model_fields), "name"},
        alarms.UNKEYED,
        # An alarm with one of these is of another kind, not on one metric: that is drift.
        {
            "evaluationCriteria",
            "evaluationInterval",
            "evaluationWindow",
            "metricQueries",
            "thresholdMetricId",
            "warmUpConfiguration",
        },
        id="alarm",
    ),
    pytest.param(
        "appautoscaling.Target",
        {"minCapacity", "maxCapacity", "resourceId", "scalableDimension", "serviceNamespace"},
        scaling.UNKEYED,
        set(),
        id="scaling-target",
    ),
    pytest.param(
        "dynamodb.KinesisStreamingDestination",
        {*map(to_camel, KinesisStreamingDestination.model_fields), "tableName"},
        (),
        set(),
        id="kinesis",
    ),
    pytest.param(
        "dynamodb.ContributorInsights",
        {*map(to_camel, ContributorInsights.model_fields), "tableName", "indexName"}
        - {"enabled", "indexes"},
        (),
        set(),
        id="insights",
    ),
    pytest.param(
        "dynamodb.ResourcePolicy",
        {"policy", "resourceArn"},
        resource_policy.UNKEYED,
        set(),
        id="policy",
    ),
]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of what is in the same module
@pytest.mark.parametrize(("resource", "keyed", "left_alone", "others"), EVERY)
def test_a_property_without_a_key_is_left_as_it_is(
    resource: str, keyed: set[str], left_alone: tuple[str, ...], others: set[str]
) -> None:
    """Else one that was set by hand stops every verb, and is stripped by the next update."""
    made = attrgetter(f"{resource}._internal_init")(pulumi_aws)
    said = inspect.signature(made).parameters
    plain = {each for each in said if not each.startswith("_")}
    has = {*map(to_camel, plain - {"resource_name", "opts", "region"})}

    assert has == keyed | {*left_alone} | others
