"""Tables made by hand, each with dependents of one kind under names of its own."""

import json
from collections.abc import Callable
from typing import Any

from tests.support.engine.everything import ACCOUNT, FUNCTION, STREAM
from tests.support.engine.world import World

INDEX = "by-owner"


def make_table(world: World, name: str) -> str:
    """A provisioned table with a stream and an index; returns its stream's ARN."""
    capacity = {"ReadCapacityUnits": 5, "WriteCapacityUnits": 5}
    made = world.dynamodb.create_table(
        TableName=name,
        AttributeDefinitions=[
            {"AttributeName": "id", "AttributeType": "S"},
            {"AttributeName": "owner", "AttributeType": "S"},
        ],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        ProvisionedThroughput=capacity,
        GlobalSecondaryIndexes=[
            {
                "IndexName": INDEX,
                "KeySchema": [{"AttributeName": "owner", "KeyType": "HASH"}],
                "Projection": {"ProjectionType": "ALL"},
                "ProvisionedThroughput": capacity,
            }
        ],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
    )
    return str(made["TableDescription"]["LatestStreamArn"])


def scaling(world: World, name: str) -> None:
    aws: Any = world.client("application-autoscaling")
    for path, kind in (("", "table"), (f"/index/{INDEX}", "index")):
        here = {
            "ServiceNamespace": "dynamodb",
            "ResourceId": f"table/{name}{path}",
            "ScalableDimension": f"dynamodb:{kind}:ReadCapacityUnits",
        }
        suspended = {"ScheduledScalingSuspended": True}
        aws.register_scalable_target(
            **here, MinCapacity=5, MaxCapacity=40, SuspendedState=suspended
        )
        aws.put_scaling_policy(
            **here,
            PolicyName=f"our {kind} reads",
            PolicyType="TargetTrackingScaling",
            TargetTrackingScalingPolicyConfiguration={
                "TargetValue": 60.0,
                "ScaleInCooldown": 30,
                "PredefinedMetricSpecification": {
                    "PredefinedMetricType": "DynamoDBReadCapacityUtilization"
                },
            },
        )


def alarms(world: World, name: str) -> None:
    aws: Any = world.client("cloudwatch")
    common = {
        "Namespace": "AWS/DynamoDB",
        "Dimensions": [{"Name": "TableName", "Value": name}],
        "ComparisonOperator": "GreaterThanThreshold",
        "EvaluationPeriods": 2,
        "Period": 60,
    }
    aws.put_metric_alarm(
        AlarmName="Orders: too hot!",
        MetricName="ReadThrottleEvents",
        Statistic="Sum",
        Threshold=3.0,
        Tags=[{"Key": "team", "Value": "shop"}],
        **common,
    )
    aws.put_metric_alarm(
        AlarmName=f"{name}-slow",
        MetricName="SuccessfulRequestLatency",
        ExtendedStatistic="p99",
        Threshold=50.5,
        EvaluateLowSampleCountPercentile="ignore",
        AlarmActions=[f"arn:aws:sns:{world.env['AWS_REGION']}:{ACCOUNT}:pager"],
        **common,
    )


def mappings(world: World, name: str) -> None:
    stream = world.dynamodb.describe_table(TableName=name)["Table"]["LatestStreamArn"]
    world.client("lambda").create_event_source_mapping(
        FunctionName=FUNCTION,
        EventSourceArn=stream,
        StartingPosition="LATEST",
        MaximumRetryAttempts=4,
        DestinationConfig={
            "OnFailure": {"Destination": f"arn:aws:sqs:{world.env['AWS_REGION']}:{ACCOUNT}:dead"}
        },
    )


def kinesis(world: World, name: str) -> None:
    world.dynamodb.enable_kinesis_streaming_destination(
        TableName=name,
        StreamArn=f"arn:aws:kinesis:{world.env['AWS_REGION']}:{ACCOUNT}:stream/{STREAM}",
        EnableKinesisStreamingConfiguration={"ApproximateCreationDateTimePrecision": "MICROSECOND"},
    )


def insights(world: World, name: str) -> None:
    for index in ({}, {"IndexName": INDEX}):
        world.dynamodb.update_contributor_insights(
            TableName=name,
            ContributorInsightsAction="ENABLE",
            ContributorInsightsMode="THROTTLED_KEYS",
            **index,
        )


def resource_policy(world: World, name: str) -> None:
    arn = world.dynamodb.describe_table(TableName=name)["Table"]["TableArn"]
    statement = {
        "Sid": "Partner",
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"},
        "Action": "dynamodb:GetItem",
        "Resource": arn,
    }
    document = {"Version": "2012-10-17", "Statement": [statement]}
    world.dynamodb.put_resource_policy(ResourceArn=arn, Policy=json.dumps(document))


EVERY_KIND: dict[str, Callable[[World, str], None]] = {
    "scaling": scaling,
    "alarms": alarms,
    "mappings": mappings,
    "kinesis": kinesis,
    "insights": insights,
    "policy": resource_policy,
}
