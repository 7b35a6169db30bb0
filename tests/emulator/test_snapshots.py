"""Snapshots of an account in which a table has everything that a production table has.

Nothing here is AWS's; the paths are described in sandbox/emulator/control.py. A snapshot of plain
tables and of other services is in test_test_aids.py.
"""

from typing import TYPE_CHECKING, Any

from tests.support.emulator.functions import make_function
from tests.support.emulator.process import (
    ACCOUNT,
    REGION,
    Emulator,
    allow,
    arn,
    document,
    recoverable_table,
    restore,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

ATTRIBUTES = [{"AttributeName": name, "AttributeType": "S"} for name in ("id", "state")]
INDEX = {
    "IndexName": "by-state",
    "KeySchema": [{"AttributeName": "state", "KeyType": "HASH"}],
    "Projection": {"ProjectionType": "ALL"},
    "OnDemandThroughput": {"MaxReadRequestUnits": 30, "MaxWriteRequestUnits": 20},
    "WarmThroughput": {"ReadUnitsPerSecond": 13_000, "WriteUnitsPerSecond": 5_000},
}
READS = {
    "ServiceNamespace": "dynamodb",
    "ResourceId": "table/orders",
    "ScalableDimension": "dynamodb:table:ReadCapacityUnits",
}
ALARM = {
    "AlarmName": "throttled",
    "Namespace": "AWS/DynamoDB",
    "MetricName": "ThrottledRequests",
    "Dimensions": [{"Name": "TableName", "Value": "orders"}],
    "Statistic": "Sum",
    "Period": 60,
    "EvaluationPeriods": 1,
    "Threshold": 1,
    "ComparisonOperator": "GreaterThanThreshold",
}


class Account:
    """An account with one table, and whatever may hang on a table."""

    def __init__(self, emulator: Emulator) -> None:
        names = (
            "application-autoscaling",
            "backup",
            "cloudwatch",
            "dynamodb",
            "iam",
            "kinesis",
            "kms",
            "lambda",
        )
        self._emulator = emulator
        self._clients: dict[str, Any] = {name: emulator.client(name) for name in names}

    def configure(self) -> None:
        key = self._clients["kms"].create_key()["KeyMetadata"]["Arn"]
        self._clients["kms"].create_alias(AliasName="alias/orders", TargetKeyId=key)
        recoverable_table(
            self._clients["dynamodb"],
            AttributeDefinitions=ATTRIBUTES,
            GlobalSecondaryIndexes=[INDEX],
            StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
            SSESpecification={"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": key},
            TableClass="STANDARD_INFREQUENT_ACCESS",
            OnDemandThroughput={"MaxReadRequestUnits": 50, "MaxWriteRequestUnits": 40},
            WarmThroughput={"ReadUnitsPerSecond": 20_000, "WriteUnitsPerSecond": 10_000},
            Tags=[{"Key": "team", "Value": "shop"}],
        )
        self._furnish_table()
        self._furnish_others()

    def _furnish_table(self) -> None:
        dynamodb, kinesis = self._clients["dynamodb"], self._clients["kinesis"]
        replica = {"Create": {"RegionName": "eu-west-1"}}
        dynamodb.update_table(TableName="orders", ReplicaUpdates=[replica])
        principal = {"Principal": {"AWS": ACCOUNT}}
        policy = document(allow("dynamodb:GetItem", on=arn("orders")) | principal)
        dynamodb.put_resource_policy(ResourceArn=arn("orders"), Policy=policy)
        kinesis.create_stream(StreamName="changes", ShardCount=1)
        stream = f"arn:aws:kinesis:{REGION}:{ACCOUNT}:stream/changes"
        dynamodb.enable_kinesis_streaming_destination(TableName="orders", StreamArn=stream)
        for index in ({}, {"IndexName": "by-state"}):
            dynamodb.update_contributor_insights(
                TableName="orders", ContributorInsightsAction="ENABLE", **index
            )

    def _furnish_others(self) -> None:
        scaling, backup = self._clients["application-autoscaling"], self._clients["backup"]
        scaling.register_scalable_target(MinCapacity=5, MaxCapacity=50, **READS)
        scaling.put_scaling_policy(
            PolicyName="follow",
            PolicyType="TargetTrackingScaling",
            TargetTrackingScalingPolicyConfiguration={"TargetValue": 70},
            **READS,
        )
        scaling.put_scheduled_action(ScheduledActionName="nightly", Schedule="rate(1 day)", **READS)
        self._clients["cloudwatch"].put_metric_alarm(**ALARM)
        make_function(self._emulator, "index")
        table = self._clients["dynamodb"].describe_table(TableName="orders")["Table"]
        self._clients["lambda"].create_event_source_mapping(
            EventSourceArn=table["LatestStreamArn"],
            FunctionName="index",
            StartingPosition="LATEST",
        )
        rule = {"RuleName": "daily", "TargetBackupVaultName": "Default"}
        plan = backup.create_backup_plan(BackupPlan={"BackupPlanName": "daily", "Rules": [rule]})[
            "BackupPlanId"
        ]
        selection = {"SelectionName": "tables", "IamRoleArn": "role", "Resources": [arn("orders")]}
        backup.create_backup_selection(BackupPlanId=plan, BackupSelection=selection)
        self._clients["iam"].create_policy(
            PolicyName="read", PolicyDocument=document(allow("dynamodb:*", on=arn("orders")))
        )

    def seen(self) -> dict[str, Any]:
        """Return everything that the account shows of all this."""
        of_table: Any = {"TableName": "orders"}
        of_scaling: Any = {"ServiceNamespace": "dynamodb"}
        answers = {
            "table": self._ask("dynamodb", "describe_table", **of_table),
            "tags": self._ask("dynamodb", "list_tags_of_resource", ResourceArn=arn("orders")),
            "policy": self._ask("dynamodb", "get_resource_policy", ResourceArn=arn("orders")),
            "destinations": self._ask(
                "dynamodb", "describe_kinesis_streaming_destination", **of_table
            ),
            "insights": self._ask("dynamodb", "list_contributor_insights"),
            "targets": self._ask(
                "application-autoscaling", "describe_scalable_targets", **of_scaling
            ),
            "policies": self._ask(
                "application-autoscaling", "describe_scaling_policies", **of_scaling
            ),
            "actions": self._ask(
                "application-autoscaling", "describe_scheduled_actions", **of_scaling
            ),
            "alarms": self._ask("cloudwatch", "describe_alarms"),
            "functions": self._ask("lambda", "list_functions"),
            "mappings": self._ask("lambda", "list_event_source_mappings"),
            "plans": self._ask("backup", "list_backup_plans"),
            "streams": self._ask("kinesis", "list_streams"),
            "key": self._ask("kms", "describe_key", KeyId="alias/orders"),
            "grants": self._ask("iam", "get_account_authorization_details"),
        }
        [plan] = answers["plans"]["BackupPlansList"]
        listed = self._ask("backup", "list_backup_selections", BackupPlanId=plan["BackupPlanId"])
        return answers | {"selections": listed}

    def _ask(self, service: str, operation: str, **request: Any) -> Any:
        answer = getattr(self._clients[service], operation)(**request)
        del answer["ResponseMetadata"]
        return answer


def test_a_snapshot_holds_everything_that_hangs_on_a_table(
    emulator: Emulator, dynamodb: "DynamoDBClient"
) -> None:
    """An engine test of a production table starts from a row of the truth table, like any other."""
    account = Account(emulator)
    account.configure()
    before = account.seen()
    snapshot = emulator.ask("POST", "/sandbox/snapshots")["id"]

    for _ in range(2):
        emulator.ask("POST", "/moto-api/reset")
        emulator.ask("PUT", f"/sandbox/snapshots/{snapshot}/load")
        assert account.seen() == before
        assert restore(dynamodb)["WarmThroughput"]["ReadUnitsPerSecond"] == 12_000
        emulator.client("application-autoscaling").deregister_scalable_target(**READS)
        [mapping] = before["mappings"]["EventSourceMappings"]
        emulator.client("lambda").delete_event_source_mapping(UUID=mapping["UUID"])
