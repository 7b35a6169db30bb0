"""IAM is enforced beyond tables: alarms, mappings, keys, streams, scaling, backups; and simulated.

The pages: the service authorization reference of each service; the developer guide's "Using IAM
policies for Amazon Kinesis Data Streams and Amazon DynamoDB" and "Authorizing use of your customer
managed key"; the IAM user guide's "Multivalued context keys"; the IAM API reference's
SimulatePrincipalPolicy.
"""

import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

from tests.emulator.support import (
    ACCOUNT,
    KEYED_BY_ID,
    REGION,
    Emulator,
    allow,
    arn,
    document,
    recoverable_table,
    restore,
    user_with,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_iam import IAMClient

USER = f"arn:aws:iam::{ACCOUNT}:user/operator"


def here(service: str, resource: str) -> str:
    return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{resource}"


def refusal(call: "Callable[[], Any]") -> tuple[str, int, str]:
    """Return code, status and message of a refused call."""
    with pytest.raises(ClientError) as refused:
        call()
    answer = refused.value.response
    return (
        answer["Error"]["Code"],
        answer["ResponseMetadata"]["HTTPStatusCode"],
        answer["Error"]["Message"],
    )


def code(call: "Callable[[], Any]") -> str:
    """Return the error's code of a call, "" where it succeeds."""
    try:
        call()
    except ClientError as error:
        return error.response["Error"]["Code"]
    return ""


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


def test_whoever_makes_a_table_needs_its_customers_key(
    emulator: Emulator, iam: "IAMClient", dynamodb: "DynamoDBClient"
) -> None:
    """Authorizing use of your customer managed key: by way of DynamoDB is enough."""
    key = emulator.client("kms").create_key()["KeyMetadata"]["Arn"]
    under: Any = {"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": key}
    recoverable_table(dynamodb, SSESpecification=under)
    through = {"StringEquals": {"kms:ViaService": f"dynamodb.{REGION}.amazonaws.com"}}
    tables = allow("dynamodb:*", on="*")
    without = emulator.client("dynamodb", user_with(iam, "without", tables))
    use = allow("kms:*", on=key) | {"Condition": through}
    whole = emulator.client("dynamodb", user_with(iam, "operator", tables, use))

    denied, _, says = refusal(lambda: restore(without))
    assert denied == "AccessDeniedException"
    assert f"kms:CreateGrant on resource: {key}" in says
    fresh: Any = {"TableName": "fresh", **KEYED_BY_ID, "SSESpecification": under}
    assert code(lambda: without.create_table(**fresh)) == "AccessDeniedException"
    assert restore(whole)["TableStatus"] == "ACTIVE"
    assert code(lambda: without.get_item(TableName="orders", Key={"id": {"S": "a"}})) == ""


def test_streaming_needs_the_stream_as_well(
    emulator: Emulator, iam: "IAMClient", dynamodb: "DynamoDBClient"
) -> None:
    """Kinesis Data Streams and DynamoDB: PutRecords and DescribeStream, on the stream."""
    dynamodb.create_table(TableName="orders", **KEYED_BY_ID)
    emulator.client("kinesis").create_stream(StreamName="changes", ShardCount=1)
    stream = here("kinesis", "stream/changes")
    table = allow("dynamodb:EnableKinesisStreamingDestination", on=arn("orders"))
    rights = (
        allow("kinesis:ListStreams", on="*"),
        allow("kinesis:DescribeStream", "kinesis:PutRecords", on=stream),
    )
    without = emulator.client("dynamodb", user_with(iam, "without", table))
    whole = emulator.client("dynamodb", user_with(iam, "operator", table, *rights))
    named = emulator.client("kinesis", user_with(iam, "named", *rights))

    def enable(client: "DynamoDBClient") -> str:
        return code(
            lambda: client.enable_kinesis_streaming_destination(
                TableName="orders", StreamArn=stream
            )
        )

    assert enable(without) == "AccessDeniedException"
    assert enable(whole) == ""
    assert code(lambda: named.describe_stream(StreamName="changes")) == ""
    assert code(lambda: named.describe_stream(StreamName="others")) == "AccessDeniedException"


def test_insights_of_an_index_need_the_table_too(
    emulator: Emulator, iam: "IAMClient", dynamodb: "DynamoDBClient"
) -> None:
    """Service authorization reference: the table is required; a list has no resource."""
    dynamodb.create_table(TableName="orders", **KEYED_BY_ID)
    right = allow("dynamodb:*ContributorInsights", on=f"{arn('orders')}/index/*")
    operator = emulator.client("dynamodb", user_with(iam, "operator", right))

    described = lambda: operator.describe_contributor_insights(  # noqa: E731
        TableName="orders", IndexName="by-owner"
    )
    assert code(described) == "AccessDeniedException"
    listed = lambda: operator.list_contributor_insights(TableName="orders")  # noqa: E731
    assert code(listed) == "AccessDeniedException"


def test_an_answer_in_xml_holds_one_error(emulator: Emulator, iam: "IAMClient") -> None:
    """IAM API reference, common errors: the AWS SDK for Go finds the code nowhere else."""
    key, secret, _ = user_with(iam, "operator")
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    body = b"Action=GetUser&UserName=operator&Version=2010-05-08"
    request = AWSRequest("POST", emulator.url + "/", headers, body)
    SigV4Auth(Credentials(key, secret), "iam", REGION).add_auth(request)
    ready = request.prepare()
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(  # noqa: S310  # our own URL
            urllib.request.Request(ready.url, body, dict(ready.headers), method="POST")  # noqa: S310
        )

    said = refused.value.read().decode()
    assert refused.value.code == 403
    assert said.startswith("<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code>")
    assert f"<Message>User: {USER} is not authorized to perform: iam:GetUser" in said


def decisions(iam: "IAMClient", principal: str, *resources: str, **context: str) -> list[str]:
    answer = iam.simulate_principal_policy(
        PolicySourceArn=principal,
        ActionNames=["dynamodb:GetItem"],
        ResourceArns=list(resources),
        ContextEntries=[
            {"ContextKeyName": key, "ContextKeyType": "string", "ContextKeyValues": [value]}
            for key, value in context.items()
        ],
    )
    return [each["EvalDecision"] for each in answer["EvaluationResults"]]


def test_a_simulation_judges_each_resource(iam: "IAMClient") -> None:
    """SimulatePrincipalPolicy: allowed, implicitDeny or explicitDeny, of the user's policies."""
    user_with(
        iam,
        "operator",
        allow("dynamodb:Get*", on=arn("o*")),
        {"Effect": "Deny", "Action": "dynamodb:*", "Resource": arn("others")},
    )

    found = decisions(iam, USER, arn("orders"), arn("others"), arn("carts"))

    assert found == ["allowed", "explicitDeny", "implicitDeny"]


def test_a_simulation_knows_what_it_is_told(iam: "IAMClient") -> None:
    """SimulatePrincipalPolicy: a context key counts only where the call brings it."""
    condition = {"StringEquals": {"aws:RequestedRegion": REGION}}
    user_with(iam, "operator", allow("dynamodb:*", on="*") | {"Condition": condition})

    assert decisions(iam, USER, arn("orders")) == ["implicitDeny"]
    assert decisions(iam, USER, arn("orders"), **{"aws:RequestedRegion": REGION}) == ["allowed"]


def test_a_role_can_be_simulated_and_nobody_else(emulator: Emulator, iam: "IAMClient") -> None:
    """SimulatePrincipalPolicy: a user, a group or a role; to ask needs a right on that one."""
    role = iam.create_role(RoleName="night", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    reads = document(allow("dynamodb:GetItem", on=arn("orders")))
    iam.put_role_policy(RoleName="night", PolicyName="inline", PolicyDocument=reads)
    asks = allow("iam:SimulatePrincipalPolicy", on=role)
    asking = emulator.client("iam", user_with(iam, "operator", asks))

    assert decisions(asking, role, arn("orders")) == ["allowed"]
    assert refusal(lambda: decisions(asking, USER, arn("orders")))[0] == "AccessDenied"
    missing = USER.replace("operator", "nobody")
    assert refusal(lambda: decisions(iam, missing, arn("orders")))[0] == "NoSuchEntity"
