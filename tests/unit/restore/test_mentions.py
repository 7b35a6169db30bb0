"""What in an account names a table, from AWS's answers as its API reference shows them.

Answers stand in the tests: what an emulator knows of this is tested in tests/settings.
"""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from restore.aws.lenient import denied
from restore.aws.mentions import mentions, survey
from restore.losses.mention import Kind, Mention, Route, Side, Unseen
from tests.unit.restore.worlds import arn, name

ORIGINAL, RESTORED = name("original"), name("restored")
STREAM = f"{arn('original')}/stream/2026-01-31T14:02:00.000"
ROUTE = Route(
    Side(ORIGINAL, arn("original"), {"backup": "daily"}),
    Side(RESTORED, arn("restored")),
    indexes=("by-customer",),
    stream=STREAM,
)
NOTHING: dict[str, Any] = {
    "DescribeAlarms": {},
    "DescribeScheduledActions": {"ScheduledActions": []},
    "GetResourcePolicy": "PolicyNotFoundException",
    "GetAccountAuthorizationDetails": {"IsTruncated": False},
    "ListBackupPlans": {"BackupPlansList": []},
}
Answers = Callable[..., list[tuple[str, dict[str, Any]]]]


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """Lets AWS give these answers, several one after the other; a text is an error's code.

    Returns what is asked from then on.
    """
    for key in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(key, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    for key in ("AWS_ENDPOINT_URL", "AWS_PROFILE", "AWS_REGION"):
        monkeypatch.delenv(key, raising=False)

    def use(**answers: Any) -> list[tuple[str, dict[str, Any]]]:
        asked: list[tuple[str, dict[str, Any]]] = []
        left = {
            operation: list(said) if isinstance(said, list) else [said]
            for operation, said in {**NOTHING, **answers}.items()
        }

        def call(client: Any, operation: str, request: dict[str, Any]) -> Any:
            asked.append((operation, request))
            said = left[operation].pop(0) if len(left[operation]) > 1 else left[operation][0]
            if isinstance(said, str):
                error = {"Error": {"Code": said, "Message": "no"}}
                raise client.exceptions.from_code(said)(error, operation)
            return said

        monkeypatch.setattr("botocore.client.BaseClient._make_api_call", call)
        return asked

    return use


def found() -> list[Mention]:
    mentioned, unseen = mentions(ROUTE)
    assert unseen == []
    return mentioned


def named() -> list[tuple[Kind, str]]:
    return [(each.kind, each.name) for each in found()]


def dimensions(table: str) -> list[dict[str, str]]:
    return [{"Name": "TableName", "Value": table}]


def plain(called: str, table: str = ORIGINAL) -> dict[str, Any]:
    return {
        "AlarmName": called,
        "AlarmArn": f"arn:alarm:{called}",
        "MetricName": "ThrottledRequests",
        "Dimensions": dimensions(table),
    }


def math(called: str, *tables: str) -> dict[str, Any]:
    metric = {"Namespace": "AWS/DynamoDB", "MetricName": "UserErrors"}
    return {
        "AlarmName": called,
        "AlarmArn": f"arn:alarm:{called}",
        "Metrics": [
            *({"MetricStat": {"Metric": {**metric, "Dimensions": dimensions(t)}}} for t in tables),
            {"Id": "sum", "Expression": "SUM(METRICS())"},
        ],
    }


def composite(called: str, rule: str) -> dict[str, Any]:
    return {"AlarmName": called, "AlarmArn": f"arn:alarm:{called}", "AlarmRule": rule}


def test_where_nothing_names_the_table_nothing_is_found(aws: Answers) -> None:
    aws()

    assert found() == []


def test_an_alarm_that_computes_with_the_table_is_found(aws: Answers) -> None:
    """It has no dimension of its own, and so a look at the dimensions alone passes it by."""
    aws(DescribeAlarms={"MetricAlarms": [math("share", "carts", ORIGINAL), math("other", "carts")]})

    (alarm,) = found()

    assert (alarm.kind, alarm.name) == (Kind.MATH_ALARM, "share")
    assert alarm.detail == "computes with UserErrors"
    assert f"TableName {RESTORED}" in alarm.by_hand


@pytest.mark.parametrize(
    ("rule", "is_found"),
    [
        pytest.param('ALARM("throttles")', True, id="quoted"),
        pytest.param("OK(throttles) OR ALARM(errors)", True, id="bare"),
        pytest.param("NOT INSUFFICIENT_DATA( arn:alarm:throttles )", True, id="by-arn"),
        pytest.param("ALARM(share)", True, id="a-metric-math-alarm"),
        pytest.param("ALARM(errors) AND TRUE", False, id="another-alarm"),
        pytest.param("ALARM(throttles-of-carts)", False, id="a-name-that-begins-alike"),
    ],
)
def test_a_composite_alarm_is_found_by_the_alarms_that_its_rule_names(
    aws: Answers, rule: str, *, is_found: bool
) -> None:
    """Its rule goes on naming alarms that watch a table which nobody uses any more."""
    metric = [plain("throttles"), math("share", ORIGINAL), plain("errors", "carts")]
    aws(DescribeAlarms={"MetricAlarms": metric, "CompositeAlarms": [composite("page", rule)]})

    assert ((Kind.COMPOSITE_ALARM, "page") in named()) is is_found


def test_a_composite_alarm_over_another_one_is_found_as_well(aws: Answers) -> None:
    composites = [composite("outer", "ALARM(inner)"), composite("inner", "ALARM(throttles)")]
    pages = [
        {"CompositeAlarms": composites, "NextToken": "more"},
        {"MetricAlarms": [plain("throttles")]},
    ]
    aws(DescribeAlarms=pages)

    assert named() == [(Kind.COMPOSITE_ALARM, each) for each in ("inner", "outer")]


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

    mentioned, unseen = mentions(ROUTE)

    assert mentioned == []
    assert [each.action for each in unseen] == [action]


def test_what_was_found_before_a_refusal_is_kept(aws: Answers) -> None:
    page = {"MetricAlarms": [math("share", ORIGINAL)], "NextToken": "more"}
    aws(DescribeAlarms=[page, "AccessDenied"])

    mentioned, unseen = mentions(ROUTE)

    assert [each.name for each in mentioned] == ["share"]
    assert len(unseen) == 1


def test_any_other_error_of_aws_is_no_missing_permission(aws: Answers) -> None:
    aws(DescribeAlarms="InternalServiceFault")

    with pytest.raises(ClientError):
        mentions(ROUTE)


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

    found_out = survey(ROUTE.source, ROUTE.target)

    assert found_out.answers is None
    assert [each.name for each in found_out.mentions] == ["share"]
    assert found_out.unseen == ()


def test_a_table_that_may_not_be_described_is_told_as_unseen(aws: Answers) -> None:
    aws(DescribeTable="AccessDeniedException")

    found_out = survey(ROUTE.source, ROUTE.target)

    assert found_out.answers is None
    assert [each.action for each in found_out.unseen] == ["dynamodb:DescribeTable"]
