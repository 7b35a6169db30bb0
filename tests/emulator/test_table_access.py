"""Which action on which table or index a call needs.

From DynamoDB's service authorization reference, one test a documented statement.
"""

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.emulator.access import ITEM, client_of, code
from tests.support.emulator.process import (
    KEYED_BY_ID,
    Emulator,
    allow,
    arn,
    next_second,
    put,
    recoverable_table,
    restore,
    user_with,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_iam import IAMClient

CALLS: "list[tuple[str, Callable[[DynamoDBClient], Any]]]" = [
    ("BatchGetItem", lambda c: c.batch_get_item(RequestItems={"orders": {"Keys": [ITEM]}})),
    (
        "BatchWriteItem",
        lambda c: c.batch_write_item(RequestItems={"orders": [{"PutRequest": {"Item": ITEM}}]}),
    ),
    (
        "PutItem",
        lambda c: c.transact_write_items(
            TransactItems=[{"Put": {"TableName": "orders", "Item": ITEM}}]
        ),
    ),
    (
        "GetItem",
        lambda c: c.transact_get_items(
            TransactItems=[{"Get": {"TableName": "orders", "Key": ITEM}}]
        ),
    ),
    ("PartiQLSelect", lambda c: c.execute_statement(Statement='SELECT * FROM "orders"')),
    (
        "PartiQLDelete",
        lambda c: c.execute_statement(Statement="DELETE FROM orders WHERE id='nobody'"),
    ),
    ("DescribeTable", lambda c: c.describe_table(TableName="orders")),
    ("DescribeTable", lambda c: c.describe_table(TableName=arn("orders"))),
    ("ListTagsOfResource", lambda c: c.list_tags_of_resource(ResourceArn=arn("orders"))),
    ("UpdateTable", lambda c: c.update_table(TableName="orders", TableClass="STANDARD")),
]


@pytest.mark.usefixtures("tables")
@pytest.mark.parametrize(("action", "call"), CALLS)
def test_a_call_needs_its_action_on_its_table(
    emulator: Emulator,
    iam: "IAMClient",
    action: str,
    call: "Callable[[DynamoDBClient], Any]",
) -> None:
    """Service authorization reference: which action and which resource type each call needs."""
    reader = client_of(emulator, iam, allow(f"dynamodb:{action}", on=arn("orders")))
    other = emulator.client(
        "dynamodb", user_with(iam, "other", allow(f"dynamodb:{action}", on=arn("others")))
    )

    assert code(lambda: call(reader)) == ""
    assert code(lambda: call(other)) == "AccessDeniedException"


def test_an_index_has_an_arn_of_its_own(
    emulator: Emulator, iam: "IAMClient", dynamodb: "DynamoDBClient"
) -> None:
    """Service authorization reference: Query on an index needs the index's ARN."""
    keys: Any = [{"AttributeName": "id", "KeyType": "HASH"}]
    index: Any = {
        "IndexName": "again",
        "KeySchema": keys,
        "Projection": {"ProjectionType": "ALL"},
    }
    dynamodb.create_table(TableName="orders", GlobalSecondaryIndexes=[index], **KEYED_BY_ID)
    query: Any = {
        "TableName": "orders",
        "KeyConditionExpression": "id = :id",
        "ExpressionAttributeValues": {":id": {"S": "one"}},
    }
    reader = client_of(emulator, iam, allow("dynamodb:Query", on=arn("orders") + "/index/*"))

    assert code(lambda: reader.query(**query, IndexName="again")) == ""
    assert code(lambda: reader.query(**query)) == "AccessDeniedException"


def test_a_users_writes_are_restored_like_any(
    emulator: Emulator, iam: "IAMClient", dynamodb: "DynamoDBClient"
) -> None:
    """Guide: recovery knows no authors."""
    recoverable_table(dynamodb)
    writer = client_of(emulator, iam, allow("dynamodb:PutItem", on=arn("orders")))
    put(writer, "orders", "one")
    point = next_second()
    put(writer, "orders", "two")

    restore(dynamodb, point)

    assert dynamodb.scan(TableName="restored")["Items"] == [ITEM]
