"""A scaling policy, and the CloudWatch alarms that AWS makes for target tracking.

Developer guide, "Managing throughput capacity automatically with DynamoDB auto scaling": two alarms
on what is consumed, two on what is provisioned. They name the table, so a list of what names a
table has them, though nobody declared them.
"""

from uuid import uuid4

from moto.applicationautoscaling.models import FakeApplicationAutoscalingPolicy
from moto.cloudwatch.models import Alarm, cloudwatch_backends

#: What an alarm's name says, what it measures, and when it goes off.
ALARMS = (
    ("AlarmHigh", "Consumed", "Sum", "GreaterThanThreshold", 2, 60),
    ("AlarmLow", "Consumed", "Sum", "LessThanThreshold", 15, 60),
    ("ProvisionedCapacityHigh", "Provisioned", "Average", "GreaterThanThreshold", 3, 300),
    ("ProvisionedCapacityLow", "Provisioned", "Average", "LessThanThreshold", 3, 300),
)
DIMENSIONS = {"table": "TableName", "index": "GlobalSecondaryIndexName"}


class SandboxPolicy(FakeApplicationAutoscalingPolicy):
    def configure(self, kind: str, configuration: dict[str, object]) -> None:
        """Take over another configuration; ARN, time and alarms stay."""
        if kind == "StepScaling":
            self.step_scaling_policy_configuration = configuration
        else:
            self.target_tracking_scaling_policy_configuration = configuration

    def _generate_dynamodb_alarms(self) -> list[Alarm]:
        # moto's name the index as if it were the table, and reads where writes are scaled.
        cloudwatch = cloudwatch_backends[self.account_id][self.region_name]
        units = self.scalable_dimension.split(":")[-1]
        parts = self.resource_id.split("/")
        dimensions = [
            {"Name": DIMENSIONS[kind], "Value": name}
            for kind, name in zip(parts[::2], parts[1::2], strict=True)
        ]
        configuration = self.target_tracking_scaling_policy_configuration or {}
        return [
            cloudwatch.put_metric_alarm(
                name=f"TargetTracking-{self.resource_id}-{label}-{uuid4()}",
                namespace="AWS/DynamoDB",
                metric_name=f"{measured}{units}",
                metric_data_queries=[],
                comparison_operator=comparison,
                evaluation_periods=periods,
                period=seconds,
                threshold=configuration.get("TargetValue", 0.0),
                statistic=statistic,
                description=f"Made by Application Auto Scaling for {self.policy_arn}",
                dimensions=dimensions,
                alarm_actions=[self.policy_arn],
            )
            for label, measured, statistic, comparison, periods, seconds in ALARMS
        ]
