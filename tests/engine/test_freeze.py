"""A write freeze on the real engine: who may write, and that every row goes on under it."""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from restore.table.config.freeze import SID
from tests.support.engine.world import ORIGINAL, POLICY_ARN, RESTORED, World

At = Callable[[str], World]
WRITE_POLICY_ARN = POLICY_ARN.replace("read-policy", "write-policy")
POLICY = "ResourcePolicy restore-demo.original.policy"
IMPORT = "import Table restore-demo.restored"
GRANT = "update Policy restore-demo (policy)"
WRITE_GRANT = "update Policy restore-demo.write (policy)"
FLIP = "update Parameter restore-demo (value, version)"
WRITES = ("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem")


class Writer:
    """An IAM user with both grants attached: it reads and writes the active table."""

    def __init__(self, world: World) -> None:
        world.iam.create_user(UserName="writer")
        for arn in (POLICY_ARN, WRITE_POLICY_ARN):
            world.iam.attach_user_policy(UserName="writer", PolicyArn=arn)
        key = world.iam.create_access_key(UserName="writer")["AccessKey"]
        self._dynamodb: Any = world.reader(key["AccessKeyId"], key["SecretAccessKey"])

    def may(self, table: str) -> set[str]:
        """What it may do of everything that it has a grant for."""
        key, item = {"id": {"S": "x"}}, {"id": {"S": "x"}}
        request = {table: [{"PutRequest": {"Item": item}}]}
        calls: dict[str, Callable[[], object]] = {
            "get": lambda: self._dynamodb.get_item(TableName=table, Key=key),
            "put": lambda: self._dynamodb.put_item(TableName=table, Item=item),
            "update": lambda: self._dynamodb.update_item(
                TableName=table,
                Key=key,
                UpdateExpression="SET v = :v",
                ExpressionAttributeValues={":v": {"S": "x"}},
            ),
            "delete": lambda: self._dynamodb.delete_item(TableName=table, Key=key),
            "batch": lambda: self._dynamodb.batch_write_item(RequestItems=request),
            "transaction": lambda: self._dynamodb.transact_write_items(
                TransactItems=[{"Put": {"TableName": table, "Item": item}}]
            ),
        }
        return {name for name, call in calls.items() if not _denied(call)}


EVERYTHING = {"get", "put", "update", "delete", "batch", "transaction"}


def _denied(call: Callable[[], object]) -> bool:
    try:
        call()
    except ClientError as error:
        if error.response["Error"]["Code"] != "AccessDeniedException":
            raise
        return True
    return False


@pytest.fixture
def written(at: At) -> tuple[World, Writer]:
    """A table that serves, with a grant for writing it."""
    world = at("serving")
    for n, action in enumerate(WRITES):
        world.configure(f"tables.restore-demo.writeActions[{n}]", f"dynamodb:{action}")
    world.up()
    return world, Writer(world)


def steps(world: World, *verb: str) -> list[str]:
    """What the verb did; nothing drifted after it."""
    done: list[str] = world.asked(*verb)["steps"]
    world.no_drift()
    return done


def denied_in_status(world: World) -> set[str]:
    facts = world.asked("status")["tables"]["restore-demo"]["facts"]
    return {label for label, each in facts["labels"].items() if each["writesDenied"]}


def test_a_whole_restore_under_a_freeze_and_the_way_back(written: tuple[World, Writer]) -> None:
    """Each row does what it does without one; nobody is ever moved to a frozen table."""
    world, writer = written
    assert writer.may(ORIGINAL) == EVERYTHING

    assert steps(world, "freeze", "--yes") == [f"create {POLICY}"]
    assert writer.may(ORIGINAL) == {"get"}
    assert denied_in_status(world) == {"original"}
    assert "ACTIVE, writes denied" in world.restore("status").said
    assert steps(world, "freeze", "--yes") == []

    world.restore("start", "--to", "latest")
    world.restore("wait")
    assert steps(world, "adopt") == [IMPORT]
    # The engine updates both grants at once: which one begins first is chance.
    assert set(steps(world, "prepare")[-2:]) == {GRANT, WRITE_GRANT}
    assert "No setting differs" in world.restore("verify").said
    assert steps(world, "switch", "--yes") == [FLIP]
    assert (writer.may(ORIGINAL), writer.may(RESTORED)) == ({"get"}, EVERYTHING)

    assert steps(world, "rollback", "--yes") == [f"delete {POLICY}", FLIP]
    assert writer.may(ORIGINAL) == EVERYTHING
    assert denied_in_status(world) == set()

    assert steps(world, "freeze", "--yes") == [f"create {POLICY}"]
    assert steps(world, "switch", "--yes") == [FLIP]
    assert f"delete {POLICY}" in steps(world, "drop", "--yes")
    assert "frozenTables" not in world.config_file.read_text()
    with pytest.raises(ClientError, match="PolicyNotFound"):
        world.dynamodb.get_resource_policy(ResourceArn=_arn(world, ORIGINAL))


def test_a_run_freezes_first_and_again_changes_nothing(written: tuple[World, Writer]) -> None:
    world, writer = written

    done = steps(world, "run", "--to", "latest", "--freeze", "--drain", "0", "--yes")

    assert done[:2] == [f"create {POLICY}", IMPORT]
    assert f"delete {POLICY}" in done
    assert world.pointer()[0] == RESTORED
    assert writer.may(RESTORED) == EVERYTHING


def test_a_freeze_leaves_what_the_tables_own_policy_says(written: tuple[World, Writer]) -> None:
    """A partner that reads by it must go on reading; and a thaw gives it back as it was."""
    world, writer = written
    reads = {
        "Sid": "Partner",
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::123456789012:root"},
        "Action": "dynamodb:GetItem",
        "Resource": "${table}",
    }
    with world.config() as config:
        table = config["restore-demo:tables"]["restore-demo"]
        table["resourcePolicy"] = {"Version": "2012-10-17", "Statement": [reads]}
    world.up()
    before = _policy(world)

    assert steps(world, "freeze", "--yes") == [f"update {POLICY} (policy, revisionId)"]
    assert SID in _policy(world)
    assert "Partner" in _policy(world)
    assert writer.may(ORIGINAL) == {"get"}
    assert steps(world, "thaw") == [f"update {POLICY} (policy, revisionId)"]
    assert _policy(world) == before
    assert writer.may(ORIGINAL) == EVERYTHING


def test_a_policy_that_someone_attached_by_hand_is_not_written_over(at: At) -> None:
    world = at("serving")
    arn = _arn(world, ORIGINAL)
    deny = '{"Effect": "Deny", "Principal": "*", "Action": "dynamodb:Scan", "Resource": "%s"}' % arn  # noqa: UP031 - braces
    policy = f'{{"Version": "2012-10-17", "Statement": [{deny}]}}'
    world.dynamodb.put_resource_policy(ResourceArn=arn, Policy=policy)

    blocked = world.restore("freeze", "--yes", code=3)

    assert "has a resource policy that the stack does not know" in blocked.err
    assert _policy(world) == policy


def test_an_older_commit_of_the_config_lifts_the_freeze_and_moves_no_client(at: At) -> None:
    world = at("prepared")
    world.restore("freeze", "--yes")

    world.place(standbyTables=["restored"])
    world.up()

    assert denied_in_status(world) == set()
    assert world.pointer() == (ORIGINAL, 1)
    world.no_drift()


def _arn(world: World, name: str) -> str:
    return str(world.dynamodb.describe_table(TableName=name)["Table"]["TableArn"])


def _policy(world: World) -> str:
    return str(world.dynamodb.get_resource_policy(ResourceArn=_arn(world, ORIGINAL))["Policy"])
