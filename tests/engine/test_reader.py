"""What an application may do that has nothing but the grant: read the active table by key."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.support.engine.world import ORIGINAL, PARAMETER, POLICY_ARN, RESTORED, World

OTHER = "nobody-granted-this"
KEY = {"id": {"S": "kept"}}


class Reader:
    """An IAM user with the grant attached, and nothing else."""

    def __init__(self, world: World) -> None:
        world.iam.create_user(UserName="application")
        world.iam.attach_user_policy(UserName="application", PolicyArn=POLICY_ARN)
        key = world.iam.create_access_key(UserName="application")["AccessKey"]
        credentials = key["AccessKeyId"], key["SecretAccessKey"]
        self.dynamodb: Any = world.reader(*credentials)
        self._elsewhere = (
            partial(world.reader(*credentials, "ssm").get_parameter, Name=PARAMETER),
            world.reader(*credentials, "iam").list_policies,
        )

    def reads(self) -> set[str]:
        """The tables that GetItem answers for; every other one is denied, not merely empty."""
        tables = (ORIGINAL, RESTORED, OTHER)
        return {name for name in tables if not self._is_denied("get_item", name, Key=KEY)}

    def may_nothing_else(self, table: str) -> bool:
        """Whether every other call is denied, on the very table that it may read as well."""
        value = {":id": KEY["id"]}
        return all(
            (
                self._is_denied("put_item", table, Item=KEY),
                self._is_denied("delete_item", table, Key=KEY),
                self._is_denied("scan", table),
                self._is_denied(
                    "query",
                    table,
                    KeyConditionExpression="id = :id",
                    ExpressionAttributeValues=value,
                ),
                self._is_denied("describe_table", table),
                self._is_denied("delete_table", table),
                *(_denied(call) for call in self._elsewhere),
            )
        )

    def _is_denied(self, call: str, table: str, **arguments: Any) -> bool:
        return _denied(partial(getattr(self.dynamodb, call), TableName=table, **arguments))


def _denied(call: Callable[[], Any]) -> bool:
    try:
        call()
    except ClientError as error:
        # IAM itself says AccessDenied, the services that speak JSON say AccessDeniedException.
        if error.response["Error"]["Code"] not in {"AccessDeniedException", "AccessDenied"}:
            raise
        return True
    return False


@pytest.fixture
def restored(at: Callable[[str], World]) -> World:
    """A restored table beside the served one, and a table that has nothing to do with them."""
    world = at("restored")
    world.dynamodb.create_table(
        TableName=OTHER,
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    return world


def test_a_reader_reads_what_is_served_before_between_and_after_and_nothing_else(
    restored: World,
) -> None:
    """Too narrow fails requests at the switch; too wide leaves the poisoned table readable."""
    world, reader = restored, Reader(restored)
    assert reader.reads() == {ORIGINAL}
    assert reader.may_nothing_else(ORIGINAL)

    world.place(activeTable="original", standbyTables=["restored"])
    world.up()
    assert reader.reads() == {ORIGINAL, RESTORED}
    assert reader.may_nothing_else(RESTORED)

    world.place(activeTable="restored", standbyTables=["original"])
    world.up()
    assert reader.reads() == {ORIGINAL, RESTORED}

    world.place(activeTable="restored")
    world.up()
    assert reader.reads() == {RESTORED}
    assert reader.may_nothing_else(RESTORED)
    assert reader.dynamodb.get_item(TableName=RESTORED, Key=KEY)["Item"]["value"] == {"S": "good"}
