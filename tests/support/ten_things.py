"""Ten things and some more that a team has hung on a table by hand, and no stack knows of."""

import json
from collections.abc import Mapping
from typing import Any

from tests.support.emulator.functions import make_function
from tests.support.emulator.process import Emulator, allow, document

PLAN = "nightly"


def make_ten_things(emulator: Emulator, table: str) -> Mapping[str, str]:
    """Hangs all of them on a table that is there.

    Args:
        emulator: Where.
        table: The DynamoDB name. Whatever its billing mode, its read capacity is scaled.

    Returns:
        What it is, as the plan calls it → which one.
    """
    dynamodb = emulator.client("dynamodb")
    arn = dynamodb.describe_table(TableName=table)["Table"]["TableArn"]
    _settings(dynamodb, table, arn)
    stream = dynamodb.describe_table(TableName=table)["Table"]["LatestStreamArn"]
    emulator.client("lambda").create_event_source_mapping(
        EventSourceArn=stream,
        FunctionName=make_function(emulator, "indexer"),
        StartingPosition="LATEST",
    )
    changes = _stream_to(emulator, table)
    _alarms(emulator.client("cloudwatch"), table)
    _scaling(emulator.client("application-autoscaling"), table)
    dynamodb.update_contributor_insights(TableName=table, ContributorInsightsAction="ENABLE")
    _policies(emulator, arn)
    _backup(emulator.client("backup"), arn)
    return {
        "setting": "ttl",
        "tag": "team",
        "event source mapping": "indexer",
        "alarm": "too-many-throttles",
        "metric-math alarm": "throttled-share",
        "auto scaling": f"table/{table} read",
        "scheduled action": "before-the-sale",
        "Kinesis destination": changes,
        "Contributor Insights": table,
        "resource policy": "of the table",
        "inline IAM policy": "orders of the user reporter",
        "backup selection": f"orders of the plan {PLAN}",
    }


SETTINGS = frozenset({"ttl", "streamEnabled", "deletionProtectionEnabled"})
"""Those of its settings that are changed as well: there is no mapping without a stream."""


def _settings(dynamodb: Any, table: str, arn: str) -> None:
    dynamodb.update_time_to_live(
        TableName=table,
        TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires"},
    )
    dynamodb.tag_resource(ResourceArn=arn, Tags=[{"Key": "team", "Value": "shop"}])
    dynamodb.update_table(
        TableName=table,
        DeletionProtectionEnabled=True,
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    )


def _stream_to(emulator: Emulator, table: str) -> str:
    kinesis = emulator.client("kinesis")
    kinesis.create_stream(StreamName="changes", ShardCount=1)
    arn: str = kinesis.describe_stream(StreamName="changes")["StreamDescription"]["StreamARN"]
    emulator.client("dynamodb").enable_kinesis_streaming_destination(TableName=table, StreamArn=arn)
    return arn


def _alarms(cloudwatch: Any, table: str) -> None:
    dimensions = [{"Name": "TableName", "Value": table}]
    common = {"ComparisonOperator": "GreaterThanThreshold", "EvaluationPeriods": 2, "Threshold": 5}
    cloudwatch.put_metric_alarm(
        AlarmName="too-many-throttles",
        Namespace="AWS/DynamoDB",
        MetricName="ThrottledRequests",
        Dimensions=dimensions,
        Period=60,
        Statistic="Sum",
        **common,
    )
    metrics = [
        {
            "Id": f"m{number}",
            "MetricStat": {
                "Metric": {
                    "Namespace": "AWS/DynamoDB",
                    "MetricName": metric,
                    "Dimensions": dimensions,
                },
                "Period": 60,
                "Stat": "Sum",
            },
            "ReturnData": False,
        }
        for number, metric in enumerate(("ThrottledRequests", "SuccessfulRequestLatency"))
    ]
    formula = {"Id": "share", "Expression": "m0 / m1", "ReturnData": True}
    cloudwatch.put_metric_alarm(AlarmName="throttled-share", Metrics=[*metrics, formula], **common)


def _scaling(scaling: Any, table: str) -> None:
    target = {
        "ServiceNamespace": "dynamodb",
        "ResourceId": f"table/{table}",
        "ScalableDimension": "dynamodb:table:ReadCapacityUnits",
    }
    scaling.register_scalable_target(**target, MinCapacity=5, MaxCapacity=100)
    scaling.put_scaling_policy(
        **target,
        PolicyName="keep-reads-cool",
        PolicyType="TargetTrackingScaling",
        TargetTrackingScalingPolicyConfiguration={
            "TargetValue": 70.0,
            "PredefinedMetricSpecification": {
                "PredefinedMetricType": "DynamoDBReadCapacityUtilization"
            },
        },
    )
    scaling.put_scheduled_action(
        **target,
        ScheduledActionName="before-the-sale",
        Schedule="cron(0 8 ? * FRI *)",
        ScalableTargetAction={"MinCapacity": 50},
    )


def _policies(emulator: Emulator, arn: str) -> None:
    iam = emulator.client("iam")
    iam.create_user(UserName="reporter")
    iam.put_user_policy(
        UserName="reporter",
        PolicyName="orders",
        PolicyDocument=document(allow("dynamodb:Query", "dynamodb:Scan", on=arn)),
    )
    statement = {**allow("dynamodb:GetItem", on=arn), "Principal": {"AWS": "123456789012"}}
    emulator.client("dynamodb").put_resource_policy(
        ResourceArn=arn,
        Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}),
    )


def _backup(backup: Any, arn: str) -> None:
    rule = {"RuleName": "daily", "TargetBackupVaultName": "vault"}
    backup.create_backup_vault(BackupVaultName="vault")
    plan = backup.create_backup_plan(BackupPlan={"BackupPlanName": PLAN, "Rules": [rule]})
    backup.create_backup_selection(
        BackupPlanId=plan["BackupPlanId"],
        BackupSelection={
            "SelectionName": "orders",
            "IamRoleArn": "arn:aws:iam::123456789012:role/backup",
            "Resources": [arn],
        },
    )
