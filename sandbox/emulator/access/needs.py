"""Which actions on which resources a call needs.

From the service authorization reference ("Actions, resources, and condition keys for Amazon
DynamoDB", "… AWS Systems Manager", "… AWS Identity and Access Management") and, for restores, the
developer guide's "Required permissions": a restore also writes and reads its target.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from sandbox.emulator.access.keys import key_needs

#: An action and the ARN of what it touches, "*" where the action has no resource.
Need = tuple[str, str]

RESTORE_WRITES = (
    "BatchWriteItem",
    "DeleteItem",
    "GetItem",
    "PutItem",
    "Query",
    "Scan",
    "UpdateItem",
)
#: Actions that name a table though AWS knows no resource for them.
ON_NO_TABLE = ("ListBackups", "ListContributorInsights")
ON_TABLE_AND_INDEX = ("DescribeContributorInsights", "UpdateContributorInsights")
#: "Using IAM policies for Amazon Kinesis Data Streams and Amazon DynamoDB".
STREAMING_ACTIONS = ("DescribeStream", "PutRecords")
TRANSACTION_ACTIONS = {
    "ConditionCheck": "ConditionCheckItem",
    "Delete": "DeleteItem",
    "Get": "GetItem",
    "Put": "PutItem",
    "Update": "UpdateItem",
}
PARTIQL_ACTIONS = {"SELECT": "Select", "INSERT": "Insert", "UPDATE": "Update", "DELETE": "Delete"}
PARTIQL_TABLE = re.compile(
    r"(?:\bFROM|\bINTO|^\s*UPDATE)\s+"
    r"(?:\"(?P<quoted>[^\"]+)\"|(?P<bare>[\w-]+))(?:\.\"?(?P<index>[\w.-]+)\"?)?",
    re.IGNORECASE,
)


def dynamodb_needs(action: str, body: dict[str, Any], region: str, account: str) -> list[Need]:
    """Return what a DynamoDB call needs; `body` is its request."""

    def arn(name: str, index: str | None = None) -> str:
        table = name if ":" in name else f"arn:aws:dynamodb:{region}:{account}:table/{name}"
        return f"{table}/index/{index}" if index else table

    found = [
        (f"dynamodb:{name}", resource) for name, resource in _dynamodb_pairs(action, body, arn)
    ]
    if action == "EnableKinesisStreamingDestination":
        found.append(("kinesis:ListStreams", "*"))
        found += [(f"kinesis:{name}", body["StreamArn"]) for name in STREAMING_ACTIONS]
    return found + key_needs(body, region, account)


def _dynamodb_pairs(
    action: str, body: dict[str, Any], arn: Callable[..., str]
) -> Iterator[tuple[str, str]]:
    if action in ("BatchGetItem", "BatchWriteItem"):
        yield from ((action, arn(name)) for name in body["RequestItems"])
    elif action in ("TransactWriteItems", "TransactGetItems"):
        for entry in body["TransactItems"]:
            for kind, operation in entry.items():
                yield TRANSACTION_ACTIONS[kind], arn(operation["TableName"])
    elif action in ("ExecuteStatement", "ExecuteTransaction", "BatchExecuteStatement"):
        statements = body.get("TransactStatements") or body.get("Statements") or [body]
        for statement in statements:
            yield _partiql(statement["Statement"], arn)
    elif action.startswith("RestoreTable"):
        yield from _restore_pairs(action, body, arn)
    elif action in ON_NO_TABLE:
        yield action, "*"
    elif name := body.get("TableName"):
        owners = {body.get("IndexName"), *([None] if action in ON_TABLE_AND_INDEX else [])}
        yield from ((action, arn(name, index)) for index in owners)
    else:
        yield action, body.get("BackupArn") or body.get("ResourceArn") or body.get("TableArn", "*")


def _restore_pairs(
    action: str, body: dict[str, Any], arn: Callable[..., str]
) -> Iterator[tuple[str, str]]:
    source = body.get("BackupArn") or body.get("SourceTableArn") or body.get("SourceTableName")
    target = arn(body["TargetTableName"])
    yield action, arn(source) if source else "*"
    if "BackupArn" in body:
        yield action, target
    yield from ((write, target) for write in RESTORE_WRITES)


def _partiql(statement: str, arn: Callable[..., str]) -> tuple[str, str]:
    verb = PARTIQL_ACTIONS.get(statement.split(maxsplit=1)[0].upper(), "Select")
    match = PARTIQL_TABLE.search(statement)
    return f"PartiQL{verb}", arn(match["quoted"] or match["bare"], match["index"]) if match else "*"


def ssm_needs(action: str, get: Callable[[str], Any], region: str, account: str) -> list[Need]:
    """Return what a Parameter Store call needs; `get` reads one of its request's members."""
    if action == "DescribeParameters":
        return [("ssm:DescribeParameters", "*")]
    names = get("Names") or [get("Name") or get("Path") or get("ResourceId")]
    prefix = f"arn:aws:ssm:{region}:{account}:parameter/"
    arns = [
        "*" if not name else name if name.startswith("arn:") else prefix + name.lstrip("/")
        for name in names
    ]
    return [(f"ssm:{action}", arn) for arn in arns]


def iam_needs(action: str, get: Callable[[str], Any], account: str) -> list[Need]:
    """Return what an IAM call needs; roles and users are taken to be at the path of the call."""
    if action == "SimulatePrincipalPolicy":
        return [("iam:SimulatePrincipalPolicy", get("PolicySourceArn"))]
    path = get("Path") or "/"
    for member, kind in (
        ("RoleName", "role"),
        ("UserName", "user"),
        ("GroupName", "group"),
        ("PolicyName", "policy"),
    ):
        if name := get(member):
            return [(f"iam:{action}", f"arn:aws:iam::{account}:{kind}{path}{name}")]
    return [(f"iam:{action}", get("PolicyArn") or "*")]


def sts_needs(action: str, get: Callable[[str], Any]) -> list[Need]:
    return [] if action == "GetCallerIdentity" else [(f"sts:{action}", get("RoleArn") or "*")]
