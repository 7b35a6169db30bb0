"""IAM is enforced beyond tables: parameters, alarms, scaling, mappings, backup plans and keys.

From the service authorization reference of each service and the IAM user guide's "Multivalued
context keys", one test a documented statement.
"""

from typing import TYPE_CHECKING, Any

from tests.support.emulator.access import code, here, refusal
from tests.support.emulator.process import ACCOUNT, REGION, Emulator, allow, arn, user_with

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient


def test_parameters_are_guarded_by_name(emulator: Emulator, iam: "IAMClient") -> None:
    """Service authorization reference, Systems Manager: parameter/name, no second slash."""
    admin = emulator.client("ssm")
    for name in ("/shop/table", "other"):
        admin.put_parameter(Name=name, Value="x", Type="String")
    prefix = f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/"
    reader = emulator.client(
        "ssm", user_with(iam, "reader", allow("ssm:GetParameter*", on=f"{prefix}shop/*"))
    )

    assert reader.get_parameter(Name="/shop/table")["Parameter"]["Value"] == "x"
    assert code(lambda: reader.get_parameters_by_path(Path="/shop/")) == ""
    assert code(lambda: reader.get_parameter(Name="other")) == "AccessDeniedException"
    both = ["/shop/table", "other"]
    assert code(lambda: reader.get_parameters(Names=both)) == "AccessDeniedException"


ALARM: Any = {
    "MetricName": "ReadThrottleEvents",
    "Namespace": "AWS/DynamoDB",
    "ComparisonOperator": "GreaterThanThreshold",
    "Threshold": 0,
    "EvaluationPeriods": 1,
    "Period": 60,
    "Statistic": "Sum",
}


def test_alarms_are_guarded_by_name(emulator: Emulator, iam: "IAMClient") -> None:
    """Service authorization reference, CloudWatch: alarm:name; to describe, any alarm."""
    rights = (
        allow(
            "cloudwatch:PutMetricAlarm",
            "cloudwatch:DeleteAlarms",
            on=here("cloudwatch", "alarm:orders-*"),
        ),
        allow("cloudwatch:DescribeAlarms", on=here("cloudwatch", "alarm:*")),
    )
    cloudwatch = emulator.client("cloudwatch", user_with(iam, "operator", *rights))

    cloudwatch.put_metric_alarm(AlarmName="orders-slow", **ALARM)
    assert len(cloudwatch.describe_alarms()["MetricAlarms"]) == 1
    denied = code(lambda: cloudwatch.put_metric_alarm(AlarmName="others-slow", **ALARM))
    assert denied.startswith("AccessDenied")
    both = ["orders-slow", "others-slow"]
    assert code(lambda: cloudwatch.delete_alarms(AlarmNames=both)).startswith("AccessDenied")
    tags = here("cloudwatch", "alarm:orders-slow")
    assert code(lambda: cloudwatch.list_tags_for_resource(ResourceARN=tags)) != ""
    cloudwatch.delete_alarms(AlarmNames=["orders-slow"])


def test_scaling_is_guarded_by_its_namespace(emulator: Emulator, iam: "IAMClient") -> None:
    """Service authorization reference, Application Auto Scaling: service-namespace."""
    namespace = {"application-autoscaling:service-namespace": "dynamodb"}
    right = allow(
        "application-autoscaling:*", on=here("application-autoscaling", "scalable-target/*")
    ) | {"Condition": {"StringEqualsIfExists": namespace}}
    scaling = emulator.client("application-autoscaling", user_with(iam, "operator", right))

    def deregister(service: str, resource: str, dimension: str) -> str:
        return code(
            lambda: scaling.deregister_scalable_target(
                ServiceNamespace=service, ResourceId=resource, ScalableDimension=dimension
            )
        )

    known = deregister("dynamodb", "table/orders", "dynamodb:table:ReadCapacityUnits")
    assert known == "ObjectNotFoundException"
    other = deregister("ecs", "service/c/s", "ecs:service:DesiredCount")
    assert other == "AccessDeniedException"
    listing = lambda: scaling.describe_scalable_targets(ServiceNamespace="dynamodb")  # noqa: E731
    assert code(listing) == "AccessDeniedException"  # AWS knows no resource for it


def test_mappings_are_guarded_by_function_and_by_uuid(emulator: Emulator, iam: "IAMClient") -> None:
    """Service authorization reference, Lambda: to create one has no resource but a condition.

    Lambda answers in JSON, with status 403.
    """
    mine = {"ArnLike": {"lambda:FunctionArn": here("lambda", "function:indexer")}}
    rights = (
        allow("lambda:CreateEventSourceMapping", on="*") | {"Condition": mine},
        allow("lambda:GetEventSourceMapping", on=here("lambda", "event-source-mapping:a*")),
    )
    lambda_ = emulator.client("lambda", user_with(iam, "operator", *rights))

    def create(function: str) -> str:
        return code(
            lambda: lambda_.create_event_source_mapping(
                FunctionName=function, EventSourceArn=arn("orders"), StartingPosition="LATEST"
            )
        )

    assert create("another") == "AccessDeniedException"
    assert create(here("lambda", "function:another")) == "AccessDeniedException"
    assert create("indexer") == "ResourceNotFoundException"
    assert code(lambda: lambda_.get_event_source_mapping(UUID="a1")) == "ResourceNotFoundException"
    denied, status, says = refusal(lambda: lambda_.get_event_source_mapping(UUID="b1"))
    assert (denied, status) == ("AccessDeniedException", 403)
    assert "lambda:GetEventSourceMapping on resource: arn:aws:lambda" in says
    assert code(lambda_.list_event_source_mappings) == "AccessDeniedException"
    tagged = here("lambda", "event-source-mapping:a1")
    assert code(lambda: lambda_.list_tags(Resource=tagged)) == "AccessDeniedException"


def test_backup_plans_are_guarded_one_by_one(emulator: Emulator, iam: "IAMClient") -> None:
    """Service authorization reference, AWS Backup: backup-plan:id; the list has no resource."""
    rule = {"RuleName": "nightly", "TargetBackupVaultName": "Default"}
    plans = [
        emulator.client("backup").create_backup_plan(
            BackupPlan={"BackupPlanName": name, "Rules": [rule]}
        )["BackupPlanId"]
        for name in ("mine", "other")
    ]
    mine = here("backup", f"backup-plan:{plans[0]}")
    right = allow("backup:ListBackupPlans", "backup:ListBackupSelections", on=mine)
    backup = emulator.client("backup", user_with(iam, "operator", right))

    assert code(lambda: backup.list_backup_selections(BackupPlanId=plans[0])) == ""
    other = code(lambda: backup.list_backup_selections(BackupPlanId=plans[1]))
    assert other == "AccessDeniedException"
    assert code(backup.list_backup_plans) == "AccessDeniedException"


def test_keys_are_guarded_by_arn_and_by_alias(emulator: Emulator, iam: "IAMClient") -> None:
    """Multivalued context keys: kms:ResourceAliases holds every alias of the key."""
    kms = emulator.client("kms")
    keys = [kms.create_key()["KeyMetadata"]["Arn"] for _ in range(2)]
    for alias in ("alias/store", "alias/shop"):
        kms.create_alias(AliasName=alias, TargetKeyId=keys[0])
    shop = {"ForAnyValue:StringEquals": {"kms:ResourceAliases": ["alias/shop"]}}
    right = allow("kms:DescribeKey", on=here("kms", "key/*")) | {"Condition": shop}
    operator = emulator.client("kms", user_with(iam, "operator", right))

    for name in ("alias/shop", keys[0], keys[0].rpartition("/")[2]):
        assert code(lambda name=name: operator.describe_key(KeyId=name)) == ""  # type: ignore[misc]
    assert code(lambda: operator.describe_key(KeyId=keys[1])) == "AccessDeniedException"
    assert code(lambda: operator.describe_key(KeyId="alias/none")) == "AccessDeniedException"
