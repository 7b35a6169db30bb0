"""The items of a restored table are those of the asked second, whatever wrote them since.

Written from AWS's documentation, one test a documented statement, each through boto3 over HTTP
against the emulator's process. The pages: the developer guide's "Point-in-time backups for
DynamoDB" and "Using time to live (TTL) in DynamoDB"; the API reference's page of each write.
"""

import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.emulator.process import (
    items,
    next_second,
    put,
    recoverable_table,
    restore,
    turn_recovery,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_dynamodb import DynamoDBClient

    Write = Callable[[DynamoDBClient], Any]

A_KEY: Any = {"id": {"S": "changed"}}
BAD: Any = {"id": {"S": "changed"}, "state": {"S": "bad"}}
SET_BAD: Any = {
    "UpdateExpression": "SET #s = :bad",
    "ExpressionAttributeNames": {"#s": "state"},
    "ExpressionAttributeValues": {":bad": {"S": "bad"}},
}
PUT_MORE: Any = {"id": {"S": "added"}, "state": {"S": "bad"}}
UPDATE: Any = {"TableName": "orders", "Key": A_KEY, **SET_BAD}
GONE: Any = {"id": {"S": "deleted"}}

WRITES: dict[str, "Write"] = {
    "PutItem and DeleteItem": lambda client: (
        client.put_item(TableName="orders", Item=BAD),
        client.put_item(TableName="orders", Item=PUT_MORE),
        client.delete_item(TableName="orders", Key=GONE),
    ),
    "UpdateItem": lambda client: (
        client.update_item(TableName="orders", Key=A_KEY, **SET_BAD),
        client.update_item(TableName="orders", Key={"id": {"S": "added"}}, **SET_BAD),
        client.delete_item(TableName="orders", Key=GONE),
    ),
    "UpdateItem in the old form": lambda client: (
        client.update_item(
            TableName="orders",
            Key=A_KEY,
            AttributeUpdates={"state": {"Value": {"S": "bad"}, "Action": "PUT"}},
        ),
        client.put_item(TableName="orders", Item=PUT_MORE),
        client.delete_item(TableName="orders", Key=GONE),
    ),
    "BatchWriteItem": lambda client: client.batch_write_item(
        RequestItems={
            "orders": [
                {"PutRequest": {"Item": BAD}},
                {"PutRequest": {"Item": PUT_MORE}},
                {"DeleteRequest": {"Key": GONE}},
            ]
        }
    ),
    "TransactWriteItems": lambda client: client.transact_write_items(
        TransactItems=[
            {"Update": UPDATE},
            {"Put": {"TableName": "orders", "Item": PUT_MORE}},
            {"Delete": {"TableName": "orders", "Key": GONE}},
        ]
    ),
    "ExecuteStatement": lambda client: [
        client.execute_statement(Statement=statement)
        for statement in (
            "UPDATE orders SET state='bad' WHERE id='changed'",
            "INSERT INTO orders VALUE {'id': 'added', 'state': 'bad'}",
            "DELETE FROM orders WHERE id='deleted'",
        )
    ],
    "ExecuteTransaction": lambda client: client.execute_transaction(
        TransactStatements=[
            {"Statement": "UPDATE orders SET state='bad' WHERE id='changed'"},
            {"Statement": "INSERT INTO orders VALUE {'id': 'added', 'state': 'bad'}"},
            {"Statement": "DELETE FROM orders WHERE id='deleted'"},
        ]
    ),
    "BatchExecuteStatement": lambda client: client.batch_execute_statement(
        Statements=[
            {"Statement": "UPDATE orders SET state='bad' WHERE id='changed'"},
            {"Statement": "INSERT INTO orders VALUE {'id': 'added', 'state': 'bad'}"},
            {"Statement": "DELETE FROM orders WHERE id='deleted'"},
        ]
    ),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_a_restore_undoes_every_later_write(dynamodb: "DynamoDBClient", write: "Write") -> None:
    """Guide: a restore brings the table to a point in time. Garbage comes by every road."""
    recoverable_table(dynamodb)
    put(dynamodb, "orders", "changed", state="good")
    put(dynamodb, "orders", "deleted", state="good")
    before = next_second()
    write(dynamodb)
    assert items(dynamodb, "orders") == {"changed": {"state": "bad"}, "added": {"state": "bad"}}

    restore(dynamodb, before)

    assert items(dynamodb, "restored") == {
        "changed": {"state": "good"},
        "deleted": {"state": "good"},
    }


def test_a_restore_keeps_the_writes_up_to_its_second(dynamodb: "DynamoDBClient") -> None:
    """Guide: restores have a granularity of one second. Good writes after garbage must stay."""
    recoverable_table(dynamodb)
    points = []
    for state in ("first", "second", "third"):
        put(dynamodb, "orders", "one", state=state)
        points.append((next_second(), state))

    for number, (point, state) in enumerate(points):
        restore(dynamodb, point, target=f"restored-{number}")
        assert items(dynamodb, f"restored-{number}") == {"one": {"state": state}}


def test_items_from_before_recovery_are_restored(dynamodb: "DynamoDBClient") -> None:
    """Guide: the whole table is backed up from the moment that PITR is turned on."""
    recoverable_table(dynamodb)
    turn_recovery(dynamodb, "orders", on=False)
    put(dynamodb, "orders", "old", state="kept")
    turn_recovery(dynamodb, "orders", on=True)
    point = next_second()
    dynamodb.delete_item(TableName="orders", Key={"id": {"S": "old"}})

    restore(dynamodb, point)

    assert items(dynamodb, "restored") == {"old": {"state": "kept"}}


def test_a_refused_write_leaves_no_trace(dynamodb: "DynamoDBClient") -> None:
    """API reference, TransactWriteItems: all succeed or none. None must come back in a restore."""
    recoverable_table(dynamodb)
    put(dynamodb, "orders", "changed", state="good")
    with pytest.raises(dynamodb.exceptions.TransactionCanceledException):
        dynamodb.transact_write_items(
            TransactItems=[
                {"Update": UPDATE},
                {
                    "Put": {
                        "TableName": "orders",
                        "Item": PUT_MORE,
                        "ConditionExpression": "attribute_exists(id)",
                    }
                },
            ]
        )
    point = next_second()
    dynamodb.delete_item(TableName="orders", Key=A_KEY)

    restore(dynamodb, point)

    assert items(dynamodb, "restored") == {"changed": {"state": "good"}}


def test_items_with_a_range_key_are_restored(dynamodb: "DynamoDBClient") -> None:
    """Guide: an item is known by its whole primary key. Restores must not mix up range keys."""
    keys: Any = [
        {"AttributeName": "id", "KeyType": "HASH"},
        {"AttributeName": "at", "KeyType": "RANGE"},
    ]
    attributes: Any = [
        {"AttributeName": name, "AttributeType": kind} for name, kind in (("id", "S"), ("at", "N"))
    ]
    recoverable_table(dynamodb, KeySchema=keys, AttributeDefinitions=attributes)
    for at in ("1", "2"):
        item: Any = {"id": {"S": "one"}, "at": {"N": at}, "state": {"S": "good"}}
        dynamodb.put_item(TableName="orders", Item=item)
    point = next_second()
    dynamodb.delete_item(TableName="orders", Key={"id": {"S": "one"}, "at": {"N": "1"}})
    dynamodb.update_item(TableName="orders", Key={"id": {"S": "one"}, "at": {"N": "2"}}, **SET_BAD)

    restore(dynamodb, point)

    restored = dynamodb.scan(TableName="restored")["Items"]
    assert [(item["at"], item["state"]) for item in restored] == [
        ({"N": "1"}, {"S": "good"}),
        ({"N": "2"}, {"S": "good"}),
    ]


def test_nested_values_are_restored(dynamodb: "DynamoDBClient") -> None:
    """An update may reach deep into an item; the old one must not change with it."""
    recoverable_table(dynamodb)
    nested: Any = {"id": {"S": "one"}, "map": {"M": {"list": {"L": [{"S": "good"}]}}}}
    dynamodb.put_item(TableName="orders", Item=nested)
    point = next_second()
    dynamodb.update_item(
        TableName="orders",
        Key={"id": {"S": "one"}},
        UpdateExpression="SET #m.#l[0] = :bad",
        ExpressionAttributeNames={"#m": "map", "#l": "list"},
        ExpressionAttributeValues={":bad": {"S": "bad"}},
    )

    restore(dynamodb, point)

    assert dynamodb.scan(TableName="restored")["Items"] == [nested]


def test_writes_to_the_restored_table_leave_the_source_alone(dynamodb: "DynamoDBClient") -> None:
    """Guide: a restore makes a new table."""
    recoverable_table(dynamodb)
    put(dynamodb, "orders", "changed", state="good")
    restore(dynamodb, next_second())
    dynamodb.update_item(TableName="restored", Key=A_KEY, **SET_BAD)

    assert items(dynamodb, "orders") == {"changed": {"state": "good"}}


def test_what_ttl_deleted_comes_back(dynamodb: "DynamoDBClient") -> None:
    """Guide, TTL: expired items are deleted by AWS. A restore brings back this write, too."""
    recoverable_table(dynamodb)
    item: Any = {"id": {"S": "old"}, "expires": {"N": str(int(time.time()) - 60)}}
    dynamodb.put_item(TableName="orders", Item=item)
    put(dynamodb, "orders", "no expiry")
    point = next_second()
    dynamodb.update_time_to_live(
        TableName="orders",
        TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires"},
    )
    assert set(items(dynamodb, "orders")) == {"no expiry"}

    restore(dynamodb, point)

    assert set(items(dynamodb, "restored")) == {"no expiry", "old"}
