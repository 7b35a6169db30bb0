"""Calls that need a right on a second resource: a target, a key, a stream, an index's table.

From the developer guide's "Required permissions" of a restore, "Authorizing use of your customer
managed key" and "Using IAM policies for Amazon Kinesis Data Streams and Amazon DynamoDB", and from
DynamoDB's service authorization reference.
"""

from typing import TYPE_CHECKING, Any

from tests.support.emulator.access import client_of, code, here, refusal
from tests.support.emulator.process import (
    KEYED_BY_ID,
    REGION,
    Emulator,
    allow,
    arn,
    recoverable_table,
    restore,
    user_with,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_iam import IAMClient


def test_a_restore_needs_its_target_too(
    emulator: Emulator, iam: "IAMClient", dynamodb: "DynamoDBClient"
) -> None:
    """Guide, required permissions: the source's restore, and writes and reads of the target."""
    recoverable_table(dynamodb)
    source = allow("dynamodb:RestoreTableToPointInTime", "dynamodb:Describe*", on=arn("orders"))
    target = allow(
        *(
            f"dynamodb:{action}"
            for action in (
                "BatchWriteItem",
                "DeleteItem",
                "DescribeTable",
                "GetItem",
                "PutItem",
                "Query",
                "Scan",
                "UpdateItem",
            )
        ),
        on=arn("restored"),
    )
    half = client_of(emulator, iam, source)
    whole = emulator.client("dynamodb", user_with(iam, "operator", source, target))

    assert code(lambda: restore(half)) == "AccessDeniedException"
    assert restore(whole)["TableStatus"] == "ACTIVE"


def test_anyone_who_makes_a_table_needs_its_customers_key(
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
