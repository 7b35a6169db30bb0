"""What AWS itself says of a table, call by call, so that two tables can be held side by side.

Not the runbook's own reader (restore/settings): that one is what is to be proven.
"""

import json
from collections.abc import Callable
from typing import Any

from tests.support.engine.world import World

MUST_DIFFER = {
    "TableName": "it is another table",
    "TableArn": "it is another table",
    "TableId": "it is another table",
    "CreationDateTime": "it was made later",
    "LatestStreamArn": "a restored table has a stream of its own",
    "LatestStreamLabel": "a restored table has a stream of its own",
    "RestoreSummary": "only one of them was restored",
    "ItemCount": "AWS counts every six hours",
    "TableSizeBytes": "AWS counts every six hours",
    "IndexArn": "it holds the table's name",
    "IndexSizeBytes": "AWS counts every six hours",
    "NumberOfDecreasesToday": "a history, no setting",
    "LastIncreaseDateTime": "a history, no setting",
    "LastDecreaseDateTime": "a history, no setting",
    "LastUpdateDateTime": "a history, no setting",
    "LastUpdateToPayPerRequestDateTime": "a history, no setting",
    "EarliestRestorableDateTime": "the window begins again",
    "LatestRestorableDateTime": "the window begins again",
    "RevisionId": "one for each policy that was put",
    "CreationTime": "it was made later",
    "LastModified": "it was made later",
    "UUID": "one for each mapping",
    "EventSourceArn": "a restored table has a stream of its own",
    "EventSourceMappingArn": "one for each mapping",
    "StateUpdatedTimestamp": "a history, no setting",
    "StateTransitionedTimestamp": "a history, no setting",
    "AlarmConfigurationUpdatedTimestamp": "it was made later",
    "PolicyARN": "one for each policy",
    "ScalableTargetARN": "one for each target",
    "Alarms": "Application Auto Scaling makes its own, each with a UUID in its name",
}


def readback(world: World, table: str) -> dict[str, Any]:
    """Call → its answer, less what must differ, the table's name replaced by `<table>`."""
    resources = [f"table/{table}", *(f"table/{table}/index/{n}" for n in _indexes(world, table))]
    arn = world.dynamodb.describe_table(TableName=table)["Table"]["TableArn"]
    stream = world.dynamodb.describe_table(TableName=table)["Table"].get("LatestStreamArn")
    scaling: Any = world.client("application-autoscaling")
    name = {"TableName": table}
    calls: dict[str, Callable[[], Any]] = {
        "DescribeTable": lambda: world.dynamodb.describe_table(**name)["Table"],
        "DescribeTimeToLive": lambda: world.dynamodb.describe_time_to_live(**name),
        "DescribeContinuousBackups": lambda: world.dynamodb.describe_continuous_backups(**name),
        "ListTagsOfResource": lambda: world.dynamodb.list_tags_of_resource(ResourceArn=arn)["Tags"],
        "GetResourcePolicy": lambda: _policy(world, arn),
        "DescribeKinesisStreamingDestination": lambda: [
            each
            for each in world.dynamodb.describe_kinesis_streaming_destination(**name)[
                "KinesisDataStreamDestinations"
            ]
            if each["DestinationStatus"] == "ACTIVE"
        ],
        "ListContributorInsights": lambda: [
            each
            for each in world.dynamodb.list_contributor_insights(**name)[
                "ContributorInsightsSummaries"
            ]
            if each["ContributorInsightsStatus"] == "ENABLED"
        ],
        "DescribeScalableTargets": lambda: scaling.describe_scalable_targets(
            ServiceNamespace="dynamodb", ResourceIds=resources
        )["ScalableTargets"],
        "DescribeScalingPolicies": lambda: [
            each
            for resource in resources
            for each in scaling.describe_scaling_policies(
                ServiceNamespace="dynamodb", ResourceId=resource
            )["ScalingPolicies"]
        ],
        "DescribeAlarms": lambda: world.client("cloudwatch").describe_alarms(
            AlarmNamePrefix=f"{table}-"
        )["MetricAlarms"],
        "ListEventSourceMappings": lambda: (
            world.client("lambda").list_event_source_mappings(EventSourceArn=stream)[
                "EventSourceMappings"
            ]
            if stream
            else []
        ),
    }
    text = json.dumps({call: _alike(ask()) for call, ask in calls.items()}, default=str)
    found: dict[str, Any] = json.loads(text.replace(table, "<table>"))
    return found


def hanging(found: dict[str, Any]) -> dict[str, int]:
    """How many of each thing hang on the table that was read back."""
    return {
        call: len(answer)
        for call, answer in found.items()
        if call not in {"DescribeTable", "DescribeTimeToLive", "DescribeContinuousBackups"}
        and call != "ListTagsOfResource"
    }


def _indexes(world: World, table: str) -> list[str]:
    described = world.dynamodb.describe_table(TableName=table)["Table"]
    return [index["IndexName"] for index in described.get("GlobalSecondaryIndexes", [])]


def _policy(world: World, arn: str) -> list[Any]:
    try:
        policy = world.dynamodb.get_resource_policy(ResourceArn=arn)["Policy"]
    except world.dynamodb.exceptions.PolicyNotFoundException:
        return []
    return [json.loads(policy)]


def _alike(answer: Any) -> Any:
    """Without what must differ, and lists in an order of their own: AWS's lists are sets."""
    if isinstance(answer, dict):
        skipped = {*MUST_DIFFER, "ResponseMetadata"}
        return {key: _alike(value) for key, value in answer.items() if key not in skipped}
    if isinstance(answer, list):
        return sorted(
            (_alike(each) for each in answer), key=lambda each: json.dumps(each, default=str)
        )
    return answer
