"""What AWS refuses to show of what names a table, or has no longer."""

import pytest
from botocore.exceptions import ClientError

from restore.aws.account import Account
from restore.aws.lenient import denied
from restore.aws.mentions import mentions, survey
from restore.plan.losses.mention import Unseen
from tests.support.answers.mentions import ORIGINAL, ROUTE, Answers, math


@pytest.mark.parametrize(
    ("operation", "code", "action"),
    [
        pytest.param("DescribeAlarms", "AccessDenied", "cloudwatch:DescribeAlarms", id="alarms"),
        pytest.param(
            "DescribeScheduledActions",
            "AccessDeniedException",
            "application-autoscaling:DescribeScheduledActions",
            id="schedules",
        ),
        pytest.param(
            "GetResourcePolicy", "AccessDeniedException", "dynamodb:GetResourcePolicy", id="stream"
        ),
        pytest.param(
            "GetAccountAuthorizationDetails",
            "AccessDenied",
            "iam:GetAccountAuthorizationDetails",
            id="iam",
        ),
        pytest.param(
            "ListBackupPlans", "AccessDeniedException", "backup:ListBackupPlans", id="backup"
        ),
    ],
)
def test_what_may_not_be_looked_at_is_told_with_the_permission_that_it_takes(
    aws: Answers, operation: str, code: str, action: str
) -> None:
    """'Nothing found' would be believed."""
    aws(**{operation: code})

    mentioned, unseen = mentions(Account(), ROUTE)

    assert mentioned == []
    assert [each.action for each in unseen] == [action]


def test_what_was_found_before_a_refusal_is_kept(aws: Answers) -> None:
    page = {"MetricAlarms": [math("share", ORIGINAL)], "NextToken": "more"}
    aws(DescribeAlarms=[page, "AccessDenied"])

    mentioned, unseen = mentions(Account(), ROUTE)

    assert [each.name for each in mentioned] == ["share"]
    assert len(unseen) == 1


def test_any_other_error_of_aws_is_no_missing_permission(aws: Answers) -> None:
    aws(DescribeAlarms="InternalServiceFault")

    with pytest.raises(ClientError):
        mentions(Account(), ROUTE)


def test_a_refusal_names_what_it_hides() -> None:
    error = ClientError({"Error": {"Code": "AccessDenied"}}, "ListKeys")

    assert denied(error, "keys", "kms") == Unseen("keys", "kms:ListKeys")


def test_of_a_table_that_is_gone_only_what_others_say_is_found(aws: Answers) -> None:
    """A deleted table took its settings with it; its alarms and policies are still there."""
    aws(
        DescribeTable="ResourceNotFoundException",
        DescribeAlarms={"MetricAlarms": [math("share", ORIGINAL)]},
        GetResourcePolicy="not to be asked for",
    )

    found_out = survey(Account(), ROUTE.source, ROUTE.target)

    assert found_out.answers is None
    assert [each.name for each in found_out.mentions] == ["share"]
    assert found_out.unseen == ()


def test_a_table_that_may_not_be_described_is_told_as_unseen(aws: Answers) -> None:
    aws(DescribeTable="AccessDeniedException")

    found_out = survey(Account(), ROUTE.source, ROUTE.target)

    assert found_out.answers is None
    assert [each.action for each in found_out.unseen] == ["dynamodb:DescribeTable"]
