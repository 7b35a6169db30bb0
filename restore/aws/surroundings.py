"""What is around a restore, looked up for the plan: keys, restores under way, permissions."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import boto3
from botocore.exceptions import ClientError

from restore.aws.lenient import denied
from restore.aws.permissions import permissions
from restore.aws.tables import CONFIG
from restore.decide.needs import Need
from restore.decide.surroundings import MOST_COUNTED, Key, Surroundings

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_ENCRYPTED = frozenset({"ENABLED", "ENABLING", "UPDATING"})


def surroundings(
    tables: Iterable[str], needs: Iterable[Need], engine: str, provider: Mapping[str, str]
) -> Surroundings:
    """Looks everything up.

    Args:
        tables: The DynamoDB tables to restore from, those that are there.
        needs: What the run calls.
        engine: The version of the pulumi command.
        provider: The keys below `aws:` in the stack config.

    Raises:
        ClientError: AWS refused for another reason than a missing permission.
    """
    dynamodb = boto3.Session().client("dynamodb", config=CONFIG)
    restoring, uncounted = _restoring(dynamodb)
    return Surroundings(
        engine=engine,
        endpoint=dynamodb.meta.endpoint_url,
        provider=provider,
        keys=tuple(key for table in tables for key in _key(dynamodb, table)),
        restoring=restoring,
        uncounted=uncounted,
        permissions=permissions(needs),
    )


def _key(dynamodb: "DynamoDBClient", table: str) -> Iterator[Key]:
    """The customer key of the table (DescribeKey); none where the key is AWS's own."""
    encryption = dynamodb.describe_table(TableName=table)["Table"].get("SSEDescription", {})
    if encryption.get("Status") not in _ENCRYPTED or "KMSMasterKeyArn" not in encryption:
        return
    arn = encryption["KMSMasterKeyArn"]
    kms = boto3.Session().client("kms", config=CONFIG)
    try:
        yield Key(table, arn, kms.describe_key(KeyId=arn)["KeyMetadata"]["KeyState"])
    except kms.exceptions.NotFoundException:
        yield Key(table, arn, "gone")
    except ClientError as error:
        yield Key(table, arn, None, denied(error, "the key", "kms").action)


def _restoring(dynamodb: "DynamoDBClient") -> tuple[int | None, str | None]:
    """How many tables are being restored, where they are few; or why nobody can say."""
    try:
        page = dynamodb.list_tables(Limit=MOST_COUNTED)
        if "LastEvaluatedTableName" in page:
            return None, None
        described = [_is_restoring(dynamodb, name) for name in page["TableNames"]]
    except ClientError as error:
        return None, denied(error, "the tables", "dynamodb").action
    return sum(described), None


def _is_restoring(dynamodb: "DynamoDBClient", name: str) -> bool:
    try:
        table = dynamodb.describe_table(TableName=name)["Table"]
    except dynamodb.exceptions.ResourceNotFoundException:
        return False
    return table.get("RestoreSummary", {}).get("RestoreInProgress", False)
