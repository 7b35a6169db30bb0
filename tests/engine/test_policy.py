"""The document that `policy` prints is enough for everything, and no statement of it is idle."""

from collections.abc import Callable

import pytest

from tests.engine.operators import CLEAN, RUN, Removal, acting, printed, without
from tests.engine.world import World

At = Callable[[str], World]


def test_the_document_is_enough_from_the_first_update_to_the_last_delete(world: World) -> None:
    """One action that is missing ends a run in the middle of a row, in the night."""
    with acting(world):
        document = printed(world)
    with acting(world, document):
        world.up()
        assert not [each for each in world.asked("plan")["findings"] if each["level"] != "ok"]
        world.restore(*RUN)
        world.restore(*CLEAN)
        world.no_drift()


def test_once_the_table_is_there_nobody_needs_to_create_one(at: At) -> None:
    """An operator of every day can then make no empty table, under whatever name."""
    sids = {each["Sid"] for each in printed(at("serving"))["Statement"]}

    assert not {"CreateTable", "CreateGrant"} & sids


REMOVALS = {
    "ReadTables": Removal("serving", RUN, "dynamodb:DescribeContinuousBackups"),
    "FurnishTables": Removal("adopted", RUN, "dynamodb:UpdateContinuousBackups"),
    "PointClients": Removal("serving", RUN, "ssm:GetParameter"),
    "GrantToClients": Removal("restored", RUN, "iam:GetPolicy"),
    "RestoreFrom": Removal("serving", RUN, "dynamodb:RestoreTableToPointInTime"),
    "RestoreInto": Removal("serving", RUN, "dynamodb:BatchWriteItem"),
    "RestoreDeleted": Removal("lost", RUN, "dynamodb:RestoreTableFromBackup"),
    "LookAround": Removal("restored", RUN, "ssm:DescribeParameters"),
    "LookAtAlarms": Removal("restored", ("verify",), "cloudwatch:DescribeAlarms"),
    "LookAtAwsKey": Removal("restored", ("verify",), "kms:DescribeKey"),
    "PlanAround": Removal("around", ("plan",), "iam:GetAccountAuthorizationDetails", 0),
    "PlanQuota": Removal("around", ("plan",), "dynamodb:DescribeTable", 0),
    "PlanBackups": Removal("around", ("plan",), "backup:ListBackupSelections", 0),
    "PlanPermissions": Removal("around", ("plan",), "iam:SimulatePrincipalPolicy", 0),
    "Clean": Removal("dropped", CLEAN, "dynamodb:DeleteTable"),
}


def test_every_statement_is_taken_away_once(at: At) -> None:
    """A statement that nobody misses is a right that an operator has for nothing."""
    assert {each["Sid"] for each in printed(at("serving"))["Statement"]} == {*REMOVALS}


@pytest.mark.parametrize("sid", REMOVALS)
def test_without_one_statement_what_needs_it_names_the_action(at: At, sid: str) -> None:
    """Whoever widens the document by hand has to know by what."""
    REMOVALS[sid].prove(at, sid)


@pytest.mark.parametrize(
    ("sid", "action"),
    [("CreateTable", "dynamodb:CreateTable"), ("CreateGrant", "iam:CreatePolicy")],
)
def test_without_the_right_to_create_the_first_update_names_it(
    world: World, sid: str, action: str
) -> None:
    with acting(world, without(printed(world), sid)):
        assert action in world.up(fails=True).said
