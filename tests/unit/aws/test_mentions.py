"""What in an account names a table, from AWS's answers as its API reference shows them.

Answers stand in the tests: what an emulator knows of this is tested in tests/settings.
"""

from typing import Any

import pytest

from restore.plan.losses.mention import Kind
from tests.support.answers.mentions import ORIGINAL, RESTORED, STREAM, Answers, found, named
from tests.support.memory.facts import arn


def test_where_nothing_names_the_table_nothing_is_found(aws: Answers) -> None:
    aws()

    assert found() == []


def test_scheduled_actions_of_the_table_and_of_its_indexes_are_found(aws: Answers) -> None:
    action = {
        "ScheduledActionName": "sale",
        "Schedule": "at(2026-11-27T08:00:00)",
        "ScalableDimension": "dynamodb:index:ReadCapacityUnits",
        "ScalableTargetAction": {"MinCapacity": 50, "MaxCapacity": 90},
    }
    asked = aws(DescribeScheduledActions=[{"ScheduledActions": []}, {"ScheduledActions": [action]}])

    (mention,) = found()

    assert [
        request["ResourceId"] for what, request in asked if what == "DescribeScheduledActions"
    ] == [f"table/{ORIGINAL}", f"table/{ORIGINAL}/index/by-customer"]
    assert f"--resource-id table/{RESTORED}/index/by-customer" in mention.by_hand
    assert "MinCapacity=50,MaxCapacity=90" in mention.by_hand


def test_the_policy_of_the_stream_is_found(aws: Answers) -> None:
    """The stream's ARN is a new one, so the policy cannot follow by itself."""
    aws(GetResourcePolicy={"Policy": "{}"})

    assert named() == [(Kind.STREAM_POLICY, STREAM)]


def test_policies_are_found_wherever_they_are_attached_and_on_every_page(aws: Answers) -> None:
    document = {
        "Statement": {"Effect": "Allow", "Action": "dynamodb:Query", "Resource": arn("original")}
    }
    other = {"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}
    inline = [{"PolicyName": "orders", "PolicyDocument": document}]
    versions = [
        {"IsDefaultVersion": False, "Document": document},
        {"IsDefaultVersion": True, "Document": other},
    ]
    first = {
        "UserDetailList": [{"UserName": "ann", "UserPolicyList": inline}, {"UserName": "bob"}],
        "Policies": [
            {"PolicyName": "old", "PolicyVersionList": versions},
            {
                "PolicyName": "admin",
                "PolicyVersionList": [{"IsDefaultVersion": True, "Document": document}],
            },
        ],
        "IsTruncated": True,
        "Marker": "more",
    }
    second = {
        "RoleDetailList": [{"RoleName": "job", "RolePolicyList": inline}],
        "GroupDetailList": [{"GroupName": "team", "GroupPolicyList": inline}],
        "IsTruncated": False,
    }
    asked = aws(GetAccountAuthorizationDetails=[first, second])

    assert named() == [
        (Kind.IAM_POLICY, "admin"),
        (Kind.INLINE_POLICY, "orders of the user ann"),
        (Kind.INLINE_POLICY, "orders of the role job"),
        (Kind.INLINE_POLICY, "orders of the group team"),
    ]
    assert "AWSManagedPolicy" not in str(asked)


def backups(**selection: Any) -> dict[str, Any]:
    return {
        "ListBackupPlans": {
            "BackupPlansList": [{"BackupPlanId": "p", "BackupPlanName": "nightly"}]
        },
        "ListBackupSelections": {"BackupSelectionsList": [{"SelectionId": "s"}]},
        "GetBackupSelection": {"BackupSelection": {"SelectionName": "tables", **selection}},
    }


@pytest.mark.parametrize(
    ("selection", "config"),
    [
        pytest.param({"Resources": [arn("original")]}, None, id="by-arn"),
        pytest.param(
            {"ListOfTags": [{"ConditionKey": "backup", "ConditionValue": "daily"}]},
            {"tags": {"backup": "daily"}},
            id="by-tag",
        ),
    ],
)
def test_a_backup_plan_that_takes_the_source_alone_is_found(
    aws: Answers, selection: dict[str, Any], config: dict[str, Any] | None
) -> None:
    aws(**backups(**selection))

    (mention,) = found()

    assert (mention.kind, mention.name) == (Kind.BACKUP, "tables of the plan nightly")
    assert mention.config == config
    assert "--backup-plan-id p" in mention.by_hand


def test_a_backup_plan_that_takes_both_is_not_named(aws: Answers) -> None:
    aws(**backups(Resources=["*"]))

    assert found() == []
