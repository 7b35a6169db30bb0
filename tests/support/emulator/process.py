"""The emulator as a process, and what its tests do with it again and again."""

import json
import math
import os
import subprocess
import time
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import boto3
from botocore.config import Config

from sandbox import process

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_iam import IAMClient

ACCOUNT = "123456789012"
REGION = "us-east-1"
RESTORE_SECONDS = 0.3
START_SECONDS = 60

KEYED_BY_ID: dict[str, Any] = {
    "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
    "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
    "BillingMode": "PAY_PER_REQUEST",
}


def arn(table: str, region: str = REGION) -> str:
    return f"arn:aws:dynamodb:{region}:{ACCOUNT}:table/{table}"


def next_second() -> datetime:
    """Wait for the next whole second; everything written before is at or before it."""
    moment = math.floor(time.time()) + 1
    while time.time() <= moment:
        time.sleep(moment - time.time() + 0.005)
    return datetime.fromtimestamp(moment, tz=UTC)


@dataclass(frozen=True)
class Emulator:
    url: str

    def client(
        self, service: str, key: tuple[str, str, str | None] | None = None, region: str = REGION
    ) -> Any:
        access_key, secret, token = key or ("sandbox", "sandbox", None)
        return boto3.client(
            cast("Any", service),
            region_name=region,
            endpoint_url=self.url,
            aws_access_key_id=access_key,
            aws_secret_access_key=secret,
            aws_session_token=token,
            # AWS's refusals are asked for, not botocore's, and at the first attempt.
            config=Config(retries={"total_max_attempts": 1}, parameter_validation=False),
        )

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, method=method)  # noqa: S310  # our own URL
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            return json.load(answer)


def start() -> "tuple[subprocess.Popen[bytes], int]":
    """Start an emulator; return its process and its port."""
    return process.start_anywhere([f"--restore-seconds={RESTORE_SECONDS}"], Path(os.devnull))


def put(dynamodb: "DynamoDBClient", table: str, key: str, **attributes: str) -> None:
    item = {name: {"S": value} for name, value in attributes.items()}
    dynamodb.put_item(TableName=table, Item={"id": {"S": key}, **item})


def items(dynamodb: "DynamoDBClient", table: str) -> dict[str, dict[str, str]]:
    """Return the items by id, each as its other attributes."""
    scanned = cast("list[dict[str, Any]]", dynamodb.scan(TableName=table)["Items"])
    plain = [{name: str(*value.values()) for name, value in item.items()} for item in scanned]
    return {item.pop("id"): item for item in plain}


def recoverable_table(dynamodb: "DynamoDBClient", name: str = "orders", **settings: Any) -> str:
    dynamodb.create_table(TableName=name, **(KEYED_BY_ID | settings))
    turn_recovery(dynamodb, name, on=True)
    return name


def turn_recovery(dynamodb: "DynamoDBClient", name: str, *, on: bool) -> None:
    dynamodb.update_continuous_backups(
        TableName=name, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": on}
    )


def restore(
    dynamodb: "DynamoDBClient",
    when: datetime | None = None,
    *,
    source: str = "orders",
    target: str = "restored",
    **overrides: Any,
) -> dict[str, Any]:
    """Restore to a time, or to the latest one; wait, and return the table's description."""
    point: Any = {"RestoreDateTime": when} if when else {"UseLatestRestorableTime": True}
    dynamodb.restore_table_to_point_in_time(
        SourceTableName=source, TargetTableName=target, **point, **overrides
    )
    return wait_until_active(dynamodb, target)


def wait_until_active(dynamodb: "DynamoDBClient", name: str) -> dict[str, Any]:
    for _ in range(200):
        table = cast("dict[str, Any]", dynamodb.describe_table(TableName=name)["Table"])
        if table["TableStatus"] == "ACTIVE":
            return table
        time.sleep(0.05)
    raise AssertionError(f"{name} did not become ACTIVE")


def window(dynamodb: "DynamoDBClient", name: str = "orders") -> tuple[datetime, datetime]:
    described = dynamodb.describe_continuous_backups(TableName=name)
    recovery = described["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
    return recovery["EarliestRestorableDateTime"], recovery["LatestRestorableDateTime"]


def long_ago(days: int) -> datetime:
    return datetime.now(tz=UTC) - timedelta(days=days)


def user_with(iam: "IAMClient", name: str, *statements: dict[str, Any]) -> tuple[str, str, None]:
    """Make an IAM user, with one inline policy if it is to have any, and return its key."""
    iam.create_user(UserName=name)
    if statements:
        iam.put_user_policy(
            UserName=name, PolicyName="inline", PolicyDocument=document(*statements)
        )
    key = iam.create_access_key(UserName=name)["AccessKey"]
    return key["AccessKeyId"], key["SecretAccessKey"], None


def document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


def allow(*actions: str, on: str) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": list(actions), "Resource": on}
