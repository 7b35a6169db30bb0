"""What is in the account now. Reads only; boto3 finds the account in the environment."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import boto3

PARAMETER = "restore-demo-table-name"
POLICY = "restore-demo-read-policy"
ORIGINAL = "restore-demo-original-table"
RESTORED = "restore-demo-restored-table"


@dataclass(frozen=True)
class Pointer:
    """The parameter that names the active table."""

    value: str
    version: int


@dataclass(frozen=True)
class Grant:
    """The policy's default version, and the DynamoDB tables that it lets clients read."""

    version: str
    tables: tuple[str, ...]


def pointer() -> Pointer | None:
    """The parameter, None where there is none."""
    client = boto3.client("ssm")
    try:
        parameter = client.get_parameter(Name=PARAMETER)["Parameter"]
    except client.exceptions.ParameterNotFound:
        return None
    return Pointer(parameter["Value"], parameter["Version"])


def grant() -> Grant | None:
    """The policy, None where there is none."""
    client = boto3.client("iam")
    account = boto3.client("sts").get_caller_identity()["Account"]
    arn = f"arn:aws:iam::{account}:policy/{POLICY}"
    try:
        version = client.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
    except client.exceptions.NoSuchEntityException:
        return None
    kept = client.get_policy_version(PolicyArn=arn, VersionId=version)["PolicyVersion"]
    document: Any = kept["Document"]
    document = json.loads(document) if isinstance(document, str) else document
    resources = [arn for statement in document["Statement"] for arn in statement["Resource"]]
    return Grant(version, tuple(arn.partition(":table/")[2] for arn in resources))


def tables() -> list[str]:
    """The names of all DynamoDB tables of the account and region."""
    pages = boto3.client("dynamodb").get_paginator("list_tables").paginate()
    return [name for page in pages for name in page["TableNames"]]


def items(table: str) -> dict[str, dict[str, Any]]:
    """Every item of a small table, by its id."""
    found = boto3.resource("dynamodb").Table(table).scan(ConsistentRead=True)["Items"]
    return {str(item["id"]): item for item in sorted(found, key=lambda item: str(item["id"]))}


def settings(table: str) -> Mapping[str, str]:
    """A table's settings in words: first those that a restore copies, then those it does not."""
    client = boto3.client("dynamodb")
    description = client.describe_table(TableName=table)["Table"]
    backups = client.describe_continuous_backups(TableName=table)["ContinuousBackupsDescription"]
    ttl = client.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
    tags = client.list_tags_of_resource(ResourceArn=description["TableArn"])["Tags"]
    stream = description.get("StreamSpecification", {})
    return {
        "keys": ", ".join(
            f"{key['AttributeName']} ({key['KeyType']})" for key in description["KeySchema"]
        ),
        "billing": description.get("BillingModeSummary", {}).get("BillingMode", "PROVISIONED"),
        "encryption": description.get("SSEDescription", {}).get("Status", "AWS-owned key"),
        "point-in-time recovery": backups["PointInTimeRecoveryDescription"][
            "PointInTimeRecoveryStatus"
        ],
        "time to live": ttl["TimeToLiveStatus"],
        "stream": stream.get("StreamViewType", "DISABLED"),
        "tags": ", ".join(f"{tag['Key']}={tag['Value']}" for tag in tags) or "none",
        "deletion protection": (
            "ENABLED" if description.get("DeletionProtectionEnabled") else "DISABLED"
        ),
    }
