"""The document that `policy` prints is enough for everything, and no statement of it is idle."""

import re
from collections.abc import Callable

import pytest
from botocore.exceptions import ClientError

from tests.support.engine.operators import CLEAN, RUN, Removal, acting, printed, without
from tests.support.engine.removals import REMOVALS
from tests.support.engine.world import CHECKOUT, PARAMETER, World

At = Callable[[str], World]
PAGE = CHECKOUT / "docs" / "reference" / "permissions.md"


def test_the_document_is_enough_from_the_first_update_to_the_last_delete(world: World) -> None:
    """One action that is missing ends a run in the middle of a row, in the night."""
    with acting(world):
        document = printed(world)
    with acting(world, document):
        world.up()
        plan = world.asked("plan")
        assert not [each for each in plan["findings"] if each["level"] != "ok"]
        assert plan["tables"]["restore-demo"]["notLookedAt"] == []
        world.restore(*RUN, "--freeze")
        world.restore(*CLEAN)
        world.no_drift()


def test_once_the_table_is_there_nobody_needs_to_create_one(at: At) -> None:
    """An operator of every day can then make no empty table, under whatever name."""
    sids = {each["Sid"] for each in printed(at("serving"))["Statement"]}

    assert not {"CreateTable", "CreateGrant"} & sids


def test_every_statement_is_taken_away_once(at: At) -> None:
    """A statement that nobody misses is a right that an operator has for nothing."""
    assert {each["Sid"] for each in printed(at("serving"))["Statement"]} == {*REMOVALS}


@pytest.mark.parametrize("sid", REMOVALS)
def test_without_one_statement_what_needs_it_names_the_action(at: At, sid: str) -> None:
    """Anyone who widens the document by hand has to know by what."""
    REMOVALS[sid].prove(at, sid)


def test_a_plan_names_what_is_missing_before_anything_is_restored(at: At) -> None:
    """The grant is widened after the restore: an hour later is too late to ask for a right."""
    Removal("around", ("plan",), "iam:CreatePolicyVersion", 3).prove(at, "GrantToClients")


@pytest.mark.parametrize(
    ("sid", "action"),
    [("CreateTable", "dynamodb:CreateTable"), ("CreateGrant", "iam:CreatePolicy")],
)
def test_without_the_right_to_create_the_first_update_names_it(
    world: World, sid: str, action: str
) -> None:
    with acting(world, without(printed(world), sid)):
        assert action in world.up(fails=True).said


def test_the_pages_document_and_the_stacks_policies_are_enough_for_an_application(
    world: World,
) -> None:
    """What a team copies into its role must be neither short nor wide."""
    (example,) = re.findall(r"```json\n(.*?)```", PAGE.read_text(), re.DOTALL)
    with world.config() as config:
        config["restore-demo:tables"]["restore-demo"]["writeActions"] = ["dynamodb:PutItem"]
    world.up()
    outputs = world.outputs()["restore-demo"]
    world.iam.create_user(UserName="shop")
    world.iam.put_user_policy(UserName="shop", PolicyName="inline", PolicyDocument=example)
    for policy in ("policyArn", "writePolicyArn"):
        world.iam.attach_user_policy(UserName="shop", PolicyArn=outputs[policy])
    key = world.iam.create_access_key(UserName="shop")["AccessKey"]
    credentials = (key["AccessKeyId"], key["SecretAccessKey"])
    tables = world.reader(*credentials)

    parameter = world.reader(*credentials, "ssm").get_parameter(Name=PARAMETER)["Parameter"]
    item = {"id": {"S": "kept"}}
    tables.put_item(TableName=parameter["Value"], Item=item)
    assert tables.get_item(TableName=parameter["Value"], Key=item)["Item"] == item
    with pytest.raises(ClientError, match="not authorized to perform: dynamodb:DeleteItem"):
        tables.delete_item(TableName=parameter["Value"], Key=item)
    with pytest.raises(ClientError, match="not authorized to perform: ssm:PutParameter"):
        world.reader(*credentials, "ssm").put_parameter(Name=PARAMETER, Value="x", Overwrite=True)
