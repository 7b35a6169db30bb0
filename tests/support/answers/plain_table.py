"""What AWS says about a plain table, to change in a test."""

from typing import Any

from restore.settings.answers import Answers

ARN = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders"
KINESIS = "arn:aws:kinesis:eu-west-1:123456789012:stream/changes"

PLAIN: dict[str, Any] = {
    "TableName": "orders",
    "TableArn": ARN,
    "TableStatus": "ACTIVE",
    "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
    "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
    "BillingModeSummary": {"BillingMode": "PAY_PER_REQUEST"},
    "ProvisionedThroughput": {"ReadCapacityUnits": 0, "WriteCapacityUnits": 0},
}
ENTRY: dict[str, Any] = {
    "hashKey": "id",
    "attributes": [{"name": "id", "type": "S"}],
    "billingMode": "PAY_PER_REQUEST",
}
PROVISIONED: dict[str, Any] = {
    "BillingModeSummary": {},
    "ProvisionedThroughput": {"ReadCapacityUnits": 5, "WriteCapacityUnits": 6},
}
INDEX: dict[str, Any] = {
    "IndexName": "by-date",
    "KeySchema": [
        {"AttributeName": "date", "KeyType": "HASH"},
        {"AttributeName": "id", "KeyType": "RANGE"},
    ],
    "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["total"]},
    "IndexStatus": "ACTIVE",
    "ProvisionedThroughput": {"ReadCapacityUnits": 7, "WriteCapacityUnits": 8},
}


def answers(table: dict[str, Any] | None = None, **more: Any) -> Answers:
    """The answers about the plain table, with what is changed of DescribeTable and besides."""
    return Answers(PLAIN | (table or {}), **more)


def alarm(name: str, **more: Any) -> dict[str, Any]:
    return {
        "AlarmName": name,
        "AlarmArn": f"arn:aws:cloudwatch:eu-west-1:123456789012:alarm:{name}",
        "Namespace": "AWS/DynamoDB",
        "MetricName": "SystemErrors",
        "Dimensions": [{"Name": "TableName", "Value": "orders"}],
        "ComparisonOperator": "GreaterThanThreshold",
        "Threshold": 0.0,
        "EvaluationPeriods": 1,
        "Period": 60,
        "Statistic": "Sum",
        "ActionsEnabled": True,
        **more,
    }


def mapping(function: str, **more: Any) -> dict[str, Any]:
    return {
        "UUID": f"uuid-of-{function}",
        "FunctionArn": f"arn:aws:lambda:eu-west-1:123456789012:function:{function}",
        "StartingPosition": "LATEST",
        "State": "Enabled",
        "BatchSize": 100,
        **more,
    }


def scaling(
    capacity: str = "Read", index: str | None = None, name: str | None = None
) -> dict[str, Any]:
    """A target and its policy, under the program's own name unless `name` is another."""
    resource = "table/orders" + (f"/index/{index}" if index else "")
    metric = f"DynamoDB{capacity}CapacityUtilization"
    here = {
        "ResourceId": resource,
        "ScalableDimension": f"dynamodb:{'index' if index else 'table'}:{capacity}CapacityUnits",
    }
    policy = {
        **here,
        "PolicyName": name or f"{metric}:{resource}",
        "TargetTrackingScalingPolicyConfiguration": {
            "TargetValue": 70.0,
            "PredefinedMetricSpecification": {"PredefinedMetricType": metric},
        },
        "Alarms": [{"AlarmName": f"TargetTracking-{resource}-AlarmHigh"}],
    }
    return {
        "targets": [{**here, "MinCapacity": 5, "MaxCapacity": 50}],
        "scaling_policies": [policy],
    }
