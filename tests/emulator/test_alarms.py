"""CloudWatch alarms on a table's metrics.

Written from AWS's documentation, one test a documented statement, each through boto3 over HTTP
against the emulator's process. The pages: the CloudWatch API reference's PutMetricAlarm,
DescribeAlarms and DeleteAlarms. Not here: alarms that go off.
"""

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.emulator.process import ACCOUNT, REGION

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch import CloudWatchClient

TOPIC = f"arn:aws:sns:{REGION}:{ACCOUNT}:alarms"
OF_TABLE = [{"Name": "TableName", "Value": "orders"}]
OF_INDEX = [*OF_TABLE, {"Name": "GlobalSecondaryIndexName", "Value": "by-state"}]
COMMON: dict[str, Any] = {
    "AlarmDescription": "Someone waits",
    "ActionsEnabled": False,
    "AlarmActions": [TOPIC],
    "OKActions": [TOPIC],
    "InsufficientDataActions": [TOPIC],
    "EvaluationPeriods": 5,
    "DatapointsToAlarm": 3,
    "Threshold": 1.5,
    "ComparisonOperator": "GreaterThanOrEqualToThreshold",
    "TreatMissingData": "notBreaching",
}
ONE_METRIC: dict[str, Any] = COMMON | {
    "AlarmName": "throttled",
    "Namespace": "AWS/DynamoDB",
    "MetricName": "ThrottledRequests",
    "Dimensions": OF_INDEX,
    "Statistic": "Sum",
    "Period": 60,
    "Unit": "Count",
}
PERCENTILE: dict[str, Any] = {
    **{name: value for name, value in ONE_METRIC.items() if name != "Statistic"},
    "AlarmName": "slow",
    "MetricName": "SuccessfulRequestLatency",
    "ExtendedStatistic": "p99",
    "EvaluateLowSampleCountPercentile": "ignore",
}
MATH: dict[str, Any] = COMMON | {
    "AlarmName": "busy",
    "Metrics": [
        {"Id": "share", "Expression": "reads / 100", "Label": "share", "ReturnData": True},
        {
            "Id": "reads",
            "MetricStat": {
                "Metric": {
                    "Namespace": "AWS/DynamoDB",
                    "MetricName": "ConsumedReadCapacityUnits",
                    "Dimensions": OF_TABLE,
                },
                "Period": 60,
                "Stat": "Sum",
                "Unit": "Count",
            },
            "ReturnData": False,
        },
    ],
}
ALARMS = pytest.mark.parametrize(
    "alarm", [ONE_METRIC, PERCENTILE, MATH], ids=lambda alarm: str(alarm["AlarmName"])
)


@ALARMS
def test_an_alarm_keeps_what_was_put(cloudwatch: "CloudWatchClient", alarm: Any) -> None:
    """DescribeAlarms: dimensions, a percentile, metric math and actions as PutMetricAlarm got them.

    An alarm for a restored table is made from what the old one shows.
    """
    cloudwatch.put_metric_alarm(**alarm)

    [found] = cloudwatch.describe_alarms(AlarmNames=[alarm["AlarmName"]])["MetricAlarms"]

    shown: dict[str, Any] = dict(found)
    assert {name: shown[name] for name in alarm} == alarm
    assert shown["AlarmArn"].endswith(f":alarm:{alarm['AlarmName']}")


@ALARMS
def test_an_alarm_put_again_is_replaced(cloudwatch: "CloudWatchClient", alarm: Any) -> None:
    """PutMetricAlarm: the new settings completely overwrite those of the name."""
    cloudwatch.put_metric_alarm(**alarm)
    changed = {name: value for name, value in alarm.items() if name != "DatapointsToAlarm"}
    cloudwatch.put_metric_alarm(**changed | {"Threshold": 9})

    [found] = cloudwatch.describe_alarms()["MetricAlarms"]

    assert found["Threshold"] == 9
    assert "DatapointsToAlarm" not in found


def test_all_alarms_are_listed_and_deleted_by_name(cloudwatch: "CloudWatchClient") -> None:
    """DescribeAlarms, DeleteAlarms."""
    for alarm in (ONE_METRIC, PERCENTILE, MATH):
        cloudwatch.put_metric_alarm(**alarm)
    cloudwatch.delete_alarms(AlarmNames=["slow"])

    names = {alarm["AlarmName"] for alarm in cloudwatch.describe_alarms()["MetricAlarms"]}
    assert names == {"throttled", "busy"}


def test_alarms_come_in_pages(cloudwatch: "CloudWatchClient") -> None:
    """DescribeAlarms: NextToken follows on where MaxRecords ended a page."""
    for number in range(5):
        cloudwatch.put_metric_alarm(**ONE_METRIC | {"AlarmName": f"alarm-{number}"})

    pages = cloudwatch.get_paginator("describe_alarms").paginate(PaginationConfig={"PageSize": 2})

    assert [len(page["MetricAlarms"]) for page in pages] == [2, 2, 1]
