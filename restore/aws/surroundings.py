"""What is around a restore, looked up for the plan: keys, restores under way, permissions."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from restore.aws.account import Account
from restore.aws.lenient import denied
from restore.aws.permissions import permissions
from restore.plan.permissions import Need
from restore.plan.surroundings import MOST_COUNTED, Key, Surroundings

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_kms import KMSClient

_ENCRYPTED = frozenset({"ENABLED", "ENABLING", "UPDATING"})


def surroundings(
    account: Account, tables: Iterable[str], needs: Iterable[Need], engine: str
) -> Surroundings:
    """Looks everything up.

    Args:
        account: Where they are.
        tables: The DynamoDB tables to restore from, those that are there.
        needs: What the run calls.
        engine: The version of the pulumi command.

    Raises:
        ClientError: AWS refused for another reason than a missing permission.
    """
    dynamodb: DynamoDBClient = account.client("dynamodb")
    restoring, uncounted = _restoring(dynamodb)
    return Surroundings(
        engine=engine,
        region=account.region,
        settings=account.settings,
        keys=tuple(key for table in tables for key in _key(account, dynamodb, table)),
        restoring=restoring,
        uncounted=uncounted,
        permissions=permissions(account, needs),
    )


def _key(account: Account, dynamodb: "DynamoDBClient", table: str) -> Iterator[Key]:
    """The customer key of the table (DescribeKey); none where the key is AWS's own."""
    encryption = dynamodb.describe_table(TableName=table)["Table"].get("SSEDescription", {})
    if encryption.get("Status") not in _ENCRYPTED or "KMSMasterKeyArn" not in encryption:
        return
    arn = encryption["KMSMasterKeyArn"]
    kms: KMSClient = account.client("kms")
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
