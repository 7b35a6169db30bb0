"""Alarms that name a table where no dimension of theirs does: metric math, and composite ones."""

from typing import Any

import pytest

from restore.plan.losses.mention import Kind
from tests.support.answers.mentions import (
    ORIGINAL,
    RESTORED,
    Answers,
    dimensions,
    found,
    math,
    named,
)


def plain(called: str, table: str = ORIGINAL) -> dict[str, Any]:
    return {
        "AlarmName": called,
        "AlarmArn": f"arn:alarm:{called}",
        "MetricName": "ThrottledRequests",
        "Dimensions": dimensions(table),
    }


def composite(called: str, rule: str) -> dict[str, Any]:
    return {"AlarmName": called, "AlarmArn": f"arn:alarm:{called}", "AlarmRule": rule}


def test_an_alarm_that_computes_with_the_table_is_found(aws: Answers) -> None:
    """It has no dimension of its own, and so a look at the dimensions alone passes it by."""
    aws(DescribeAlarms={"MetricAlarms": [math("share", "carts", ORIGINAL), math("other", "carts")]})

    (alarm,) = found()

    assert (alarm.kind, alarm.name) == (Kind.MATH_ALARM, "share")
    assert alarm.detail == "computes with UserErrors"
    assert f"TableName {RESTORED}" in alarm.by_hand


@pytest.mark.parametrize(
    ("rule", "is_found"),
    [
        pytest.param('ALARM("throttles")', True, id="quoted"),
        pytest.param("OK(throttles) OR ALARM(errors)", True, id="bare"),
        pytest.param("NOT INSUFFICIENT_DATA( arn:alarm:throttles )", True, id="by-arn"),
        pytest.param("ALARM(share)", True, id="a-metric-math-alarm"),
        pytest.param("ALARM(errors) AND TRUE", False, id="another-alarm"),
        pytest.param("ALARM(throttles-of-carts)", False, id="a-name-that-begins-alike"),
    ],
)
def test_a_composite_alarm_is_found_by_the_alarms_that_its_rule_names(
    aws: Answers, rule: str, *, is_found: bool
) -> None:
    """Its rule goes on naming alarms that watch a table which nobody uses any more."""
    metric = [plain("throttles"), math("share", ORIGINAL), plain("errors", "carts")]
    aws(DescribeAlarms={"MetricAlarms": metric, "CompositeAlarms": [composite("page", rule)]})

    assert ((Kind.COMPOSITE_ALARM, "page") in named()) is is_found


def test_a_composite_alarm_over_another_one_is_found_as_well(aws: Answers) -> None:
    composites = [composite("outer", "ALARM(inner)"), composite("inner", "ALARM(throttles)")]
    pages = [
        {"CompositeAlarms": composites, "NextToken": "more"},
        {"MetricAlarms": [plain("throttles")]},
    ]
    aws(DescribeAlarms=pages)

    assert named() == [(Kind.COMPOSITE_ALARM, each) for each in ("inner", "outer")]
