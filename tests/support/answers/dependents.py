"""What hangs on the bare table, as AWS answers: an alarm, a mapping, auto scaling and the like."""

from typing import Any

from tests.support.answers.bare_table import ARN, NAME


def alarm(name: str, **more: Any) -> dict[str, Any]:
    return {
        "AlarmName": name,
        "MetricName": "ThrottledRequests",
        "Namespace": "AWS/DynamoDB",
        "ComparisonOperator": "GreaterThanThreshold",
        "Threshold": 5.0,
        "EvaluationPeriods": 2,
        "Period": 60,
        "Statistic": "Sum",
        "Dimensions": [{"Name": "TableName", "Value": NAME}],
        **more,
    }


STREAM = "arn:aws:kinesis:eu-west-1:123456789012:stream/changes"
MAPPING = {
    "UUID": "1",
    "FunctionArn": "arn:aws:lambda:eu-west-1:123456789012:function:indexer:live",
    "StartingPosition": "LATEST",
    "State": "Enabled",
}
TARGET = {
    "ResourceId": f"table/{NAME}/index/by-customer",
    "ScalableDimension": "dynamodb:index:WriteCapacityUnits",
    "MinCapacity": 5,
    "MaxCapacity": 100,
}
TRACKING = {**TARGET, "PolicyName": "cool"} | {
    "TargetTrackingScalingPolicyConfiguration": {
        "TargetValue": 70.0,
        "PredefinedMetricSpecification": {
            "PredefinedMetricType": "DynamoDBWriteCapacityUtilization"
        },
    }
}
POLICY = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Resource": ARN}]}
ON = {"ContributorInsightsStatus": "ENABLED"}
SCALING = {"minCapacity": 5, "maxCapacity": 100, "targetValue": 70.0}
