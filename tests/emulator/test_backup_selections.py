"""AWS Backup's selections, which may name a table.

Written from AWS's documentation, one test a documented statement, each through boto3 over HTTP
against the emulator's process. The pages: the AWS Backup API reference's
{Create,Get,List,Delete}BackupSelection and DeleteBackupPlan. Not here: backups by AWS Backup.
"""

from typing import TYPE_CHECKING, Any, cast

import pytest

from tests.support.emulator.process import ACCOUNT, Emulator, arn

if TYPE_CHECKING:
    from mypy_boto3_backup import BackupClient

SELECTION: Any = {
    "SelectionName": "tables",
    "IamRoleArn": f"arn:aws:iam::{ACCOUNT}:role/backup",
    "Resources": [arn("orders"), arn("others")],
    "NotResources": [arn("scratch")],
    "ListOfTags": [
        {"ConditionType": "STRINGEQUALS", "ConditionKey": "backup", "ConditionValue": "daily"}
    ],
    "Conditions": {
        "StringLike": [{"ConditionKey": "aws:ResourceTag/team", "ConditionValue": "sh*"}]
    },
}


@pytest.fixture
def backup(emulator: Emulator) -> "BackupClient":
    return cast("BackupClient", emulator.client("backup"))


@pytest.fixture
def plan(backup: "BackupClient") -> str:
    return make_plan(backup, "daily")


def make_plan(backup: "BackupClient", name: str) -> str:
    rule: Any = {"RuleName": "daily", "TargetBackupVaultName": "Default"}
    return backup.create_backup_plan(BackupPlan={"BackupPlanName": name, "Rules": [rule]})[
        "BackupPlanId"
    ]


def select(backup: "BackupClient", plan: str, name: str = "tables", **more: Any) -> str:
    return backup.create_backup_selection(
        BackupPlanId=plan, BackupSelection=SELECTION | {"SelectionName": name}, **more
    )["SelectionId"]


def listed(backup: "BackupClient", plan: str) -> list[Any]:
    return list(backup.list_backup_selections(BackupPlanId=plan)["BackupSelectionsList"])


def test_a_selection_is_kept_whole(backup: "BackupClient", plan: str) -> None:
    """Create and Get: resources, exceptions, tags and conditions, as they were given."""
    selection = select(backup, plan)

    found = backup.get_backup_selection(BackupPlanId=plan, SelectionId=selection)

    assert found["BackupSelection"] == SELECTION
    assert (found["SelectionId"], found["BackupPlanId"]) == (selection, plan)
    assert found["CreationDate"]


def test_selections_are_listed_by_plan(backup: "BackupClient", plan: str) -> None:
    """List: name and role, but no resources: these are in GetBackupSelection."""
    other = make_plan(backup, "weekly")
    uuids = [select(backup, plan), select(backup, plan, "others")]
    select(backup, other)

    found = listed(backup, plan)

    assert [each["SelectionId"] for each in found] == uuids
    assert [each["SelectionName"] for each in found] == ["tables", "others"]
    assert {each["IamRoleArn"] for each in found} == {SELECTION["IamRoleArn"]}
    assert {each["BackupPlanId"] for each in found} == {plan}
    assert "BackupSelection" not in found[0]


def test_selections_come_in_pages(backup: "BackupClient", plan: str) -> None:
    """List: NextToken follows on where MaxResults ended a page."""
    uuids = [select(backup, plan, name) for name in ("one", "two", "three")]

    pages = backup.get_paginator("list_backup_selections").paginate(
        BackupPlanId=plan, PaginationConfig={"PageSize": 2}
    )

    found = [[each["SelectionId"] for each in page["BackupSelectionsList"]] for page in pages]
    assert found == [uuids[:2], uuids[2:]]


def test_a_request_that_is_made_again_makes_no_second_one(
    backup: "BackupClient", plan: str
) -> None:
    """Create, CreatorRequestId: a retry does not run the operation twice."""
    once, twice = (select(backup, plan, CreatorRequestId="mine") for _ in range(2))

    assert once == twice
    assert [each["CreatorRequestId"] for each in listed(backup, plan)] == ["mine"]


def test_a_deleted_selection_is_gone(backup: "BackupClient", plan: str) -> None:
    """Delete and Get: ResourceNotFoundException from then on."""
    selection = select(backup, plan)
    backup.delete_backup_selection(BackupPlanId=plan, SelectionId=selection)

    assert listed(backup, plan) == []
    missing = pytest.raises(backup.exceptions.ResourceNotFoundException)
    with missing:
        backup.get_backup_selection(BackupPlanId=plan, SelectionId=selection)
    with missing:
        backup.delete_backup_selection(BackupPlanId=plan, SelectionId=selection)


def test_a_plan_goes_only_without_its_selections(backup: "BackupClient", plan: str) -> None:
    """DeleteBackupPlan: only after all its selections have been deleted; it is then not listed."""
    selection = select(backup, plan)
    with pytest.raises(backup.exceptions.InvalidRequestException):
        backup.delete_backup_plan(BackupPlanId=plan)
    backup.delete_backup_selection(BackupPlanId=plan, SelectionId=selection)
    backup.delete_backup_plan(BackupPlanId=plan)

    assert backup.list_backup_plans()["BackupPlansList"] == []
    with pytest.raises(backup.exceptions.ResourceNotFoundException):
        listed(backup, plan)
    with pytest.raises(backup.exceptions.InvalidParameterValueException):
        select(backup, plan)


@pytest.mark.parametrize("missing", ["SelectionName", "IamRoleArn"])
def test_a_selection_has_a_name_and_a_role(backup: "BackupClient", plan: str, missing: str) -> None:
    """BackupSelection: both are required."""
    body = {name: value for name, value in SELECTION.items() if name != missing}
    with pytest.raises(backup.exceptions.InvalidParameterValueException):
        backup.create_backup_selection(BackupPlanId=plan, BackupSelection=cast("Any", body))
