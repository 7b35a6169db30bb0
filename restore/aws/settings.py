"""Every setting of a table, and of what hangs on it, read and not changed."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from restore.aws.account import Account
from restore.settings.alarms import is_about
from restore.settings.answers import Answers, Key
from restore.settings.table import ON

if TYPE_CHECKING:
    from mypy_boto3_application_autoscaling import ApplicationAutoScalingClient
    from mypy_boto3_cloudwatch import CloudWatchClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TableDescriptionTypeDef
    from mypy_boto3_kms import KMSClient
    from mypy_boto3_lambda import LambdaClient

_NAMESPACE: Any = "dynamodb"
_MANAGED_KEY = "alias/aws/dynamodb"
_MOST_TARGETS = 50
"""So many resources DescribeScalableTargets takes in one call."""


class SettingsReader:
    """DynamoDB and what knows tables by name, in the account and region of the stack."""

    def __init__(self, account: Account) -> None:
        self._dynamodb: DynamoDBClient = account.client("dynamodb")
        self._kms: KMSClient = account.client("kms")
        self._scaling: ApplicationAutoScalingClient = account.client("application-autoscaling")
        self._cloudwatch: CloudWatchClient = account.client("cloudwatch")
        self._lambda: LambdaClient = account.client("lambda")
        self.region = account.region.value

    def read(self, name: str) -> Answers | None:
        """All there is to know about the table's settings, None where there is no such table.

        Raises:
            ClientError: AWS refused one of the calls; a reading is whole or there is none.
        """
        try:
            table = self._dynamodb.describe_table(TableName=name)["Table"]
        except self._dynamodb.exceptions.ResourceNotFoundException:
            return None
        if table["TableStatus"] in {"CREATING", "DELETING"}:
            return Answers(table)  # the other calls are refused
        name = table["TableName"]
        targets = list(self._targets(table))
        return Answers(
            table=table,
            ttl=self._dynamodb.describe_time_to_live(TableName=name)["TimeToLiveDescription"],
            recovery=self._recovery(name),
            tags=self._tags(table["TableArn"]),
            policy=self._policy(table["TableArn"]),
            key=self._key_of(table),
            destinations=self._dynamodb.describe_kinesis_streaming_destination(TableName=name)[
                "KinesisDataStreamDestinations"
            ],
            insights=list(self._insights(name)),
            targets=targets,
            scaling_policies=list(self._policies({each["ResourceId"] for each in targets})),
            alarms=list(self._alarms(name)),
            mappings=list(self._mappings(table)),
        )

    def copied(self, name: str) -> Answers | None:
        """What a restore copies of the table, None where there is no such table."""
        try:
            table = self._dynamodb.describe_table(TableName=name)["Table"]
        except self._dynamodb.exceptions.ResourceNotFoundException:
            return None
        return Answers(table, key=self._key_of(table))

    def key(self, name: str) -> Key | None:
        """The KMS key that `name` names, by its ARN, its id or an alias; None for no such key."""
        arn = name if ":key/" in name else self._key_arn(name)
        return None if arn is None else self._key(arn)

    def _key(self, arn: str) -> Key:
        """The managed one is known by its alias: DescribeKey of a foreign key may be refused."""
        return Key(arn, managed=arn == self._key_arn(_MANAGED_KEY))

    def _key_arn(self, name: str) -> str | None:
        try:
            return self._kms.describe_key(KeyId=name)["KeyMetadata"]["Arn"]
        except self._kms.exceptions.NotFoundException:
            return None

    def _key_of(self, table: "TableDescriptionTypeDef") -> Key | None:
        encryption = table.get("SSEDescription", {})
        return self._key(encryption["KMSMasterKeyArn"]) if encryption.get("Status") in ON else None

    def _recovery(self, name: str) -> Mapping[str, Any]:
        answer = self._dynamodb.describe_continuous_backups(TableName=name)
        return answer["ContinuousBackupsDescription"].get("PointInTimeRecoveryDescription", {})

    def _tags(self, arn: str) -> dict[str, str]:
        pages = self._dynamodb.get_paginator("list_tags_of_resource").paginate(ResourceArn=arn)
        return {tag["Key"]: tag["Value"] for page in pages for tag in page["Tags"]}

    def _policy(self, arn: str) -> str | None:
        try:
            return self._dynamodb.get_resource_policy(ResourceArn=arn)["Policy"]
        except self._dynamodb.exceptions.PolicyNotFoundException:
            return None

    def _insights(self, name: str) -> Iterator[Mapping[str, Any]]:
        more: Any = {}
        while True:
            page = self._dynamodb.list_contributor_insights(TableName=name, **more)
            yield from page["ContributorInsightsSummaries"]
            if not page.get("NextToken"):
                return
            more = {"NextToken": page["NextToken"]}

    def _targets(self, table: "TableDescriptionTypeDef") -> Iterator[Mapping[str, Any]]:
        here = f"table/{table['TableName']}"
        indexes = table.get("GlobalSecondaryIndexes", ())
        resources = [here, *(f"{here}/index/{each['IndexName']}" for each in indexes)]
        paginator = self._scaling.get_paginator("describe_scalable_targets")
        for start in range(0, len(resources), _MOST_TARGETS):
            pages = paginator.paginate(
                ServiceNamespace=_NAMESPACE, ResourceIds=resources[start : start + _MOST_TARGETS]
            )
            for page in pages:
                yield from page["ScalableTargets"]

    def _policies(self, resources: set[str]) -> Iterator[Mapping[str, Any]]:
        paginator = self._scaling.get_paginator("describe_scaling_policies")
        for resource in sorted(resources):
            pages = paginator.paginate(ServiceNamespace=_NAMESPACE, ResourceId=resource)
            for page in pages:
                yield from page["ScalingPolicies"]

    def _alarms(self, name: str) -> Iterator[Mapping[str, Any]]:
        """CloudWatch cannot be asked by dimension alone, so all of them are looked at."""
        paginator = self._cloudwatch.get_paginator("describe_alarms")
        for page in paginator.paginate(AlarmTypes=["MetricAlarm"]):
            for alarm in page["MetricAlarms"]:
                if is_about(alarm, name):
                    yield {**alarm, "Tags": self._alarm_tags(alarm["AlarmArn"])}

    def _alarm_tags(self, arn: str) -> dict[str, str]:
        tags = self._cloudwatch.list_tags_for_resource(ResourceARN=arn)["Tags"]
        return {tag["Key"]: tag["Value"] for tag in tags}

    def _mappings(self, table: "TableDescriptionTypeDef") -> Iterator[Mapping[str, Any]]:
        if not table.get("StreamSpecification", {}).get("StreamEnabled"):
            return
        paginator = self._lambda.get_paginator("list_event_source_mappings")
        for page in paginator.paginate(EventSourceArn=table["LatestStreamArn"]):
            for mapping in page["EventSourceMappings"]:
                arn = mapping["EventSourceMappingArn"]
                yield {**mapping, "Tags": self._lambda.list_tags(Resource=arn)["Tags"]}
