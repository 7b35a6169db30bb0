"""What the policies of a user and of its groups allow, for keys issued here.

From the IAM user guide's "Policy evaluation logic", "Troubleshoot access denied error messages" and
its pages on a policy's elements, one test a documented statement.
"""

from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from tests.support.emulator.access import ITEM, USER, client_of, code
from tests.support.emulator.process import REGION, Emulator, allow, arn, document

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient


@pytest.mark.usefixtures("tables")
def test_a_policy_allows_its_table_and_no_other(emulator: Emulator, iam: "IAMClient") -> None:
    """Evaluation logic: what no statement allows is denied. A grant must name its table."""
    reader = client_of(emulator, iam, allow("dynamodb:GetItem", on=arn("orders")))

    assert reader.get_item(TableName="orders", Key=ITEM)["Item"] == ITEM
    assert code(lambda: reader.get_item(TableName="others", Key=ITEM)) == "AccessDeniedException"
    assert code(lambda: reader.put_item(TableName="orders", Item=ITEM)) == "AccessDeniedException"
    assert code(reader.list_tables) == "AccessDeniedException"


@pytest.mark.usefixtures("tables")
def test_a_denial_says_who_what_and_where(emulator: Emulator, iam: "IAMClient") -> None:
    """Troubleshooting page: the message's form. DynamoDB answers it with status 400, as JSON."""
    reader = client_of(emulator, iam)

    with pytest.raises(ClientError) as denied:
        reader.get_item(TableName="orders", Key=ITEM)

    assert denied.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert denied.value.response["Error"]["Message"] == (
        f"User: {USER} is not authorized to perform: dynamodb:GetItem on resource: {arn('orders')}"
        " because no identity-based policy allows the dynamodb:GetItem action"
    )


@pytest.mark.usefixtures("tables")
def test_an_explicit_deny_wins(emulator: Emulator, iam: "IAMClient") -> None:
    """Evaluation logic: a Deny beats every Allow."""
    reader = client_of(
        emulator,
        iam,
        allow("dynamodb:*", on="*"),
        {"Effect": "Deny", "Action": "dynamodb:Get*", "Resource": arn("oth*")},
    )

    assert code(lambda: reader.get_item(TableName="orders", Key=ITEM)) == ""
    with pytest.raises(ClientError, match="with an explicit deny in an identity-based policy"):
        reader.get_item(TableName="others", Key=ITEM)


@pytest.mark.usefixtures("tables")
def test_attached_and_group_policies_count(emulator: Emulator, iam: "IAMClient") -> None:
    """Evaluation logic: all identity-based policies. Its default version is the one in force."""
    reader = client_of(emulator, iam)

    def reads(table: str) -> str:
        return document(allow("dynamodb:GetItem", on=arn(table)))

    policy = iam.create_policy(PolicyName="read", PolicyDocument=reads("orders"))["Policy"]
    iam.create_group(GroupName="readers")
    iam.add_user_to_group(GroupName="readers", UserName="reader")
    iam.attach_group_policy(GroupName="readers", PolicyArn=policy["Arn"])
    assert code(lambda: reader.get_item(TableName="orders", Key=ITEM)) == ""

    iam.create_policy_version(
        PolicyArn=policy["Arn"], PolicyDocument=reads("others"), SetAsDefault=True
    )
    assert code(lambda: reader.get_item(TableName="others", Key=ITEM)) == ""
    assert code(lambda: reader.get_item(TableName="orders", Key=ITEM)) == "AccessDeniedException"


@pytest.mark.usefixtures("tables")
@pytest.mark.parametrize(
    ("condition", "allowed"),
    [
        ({"StringEquals": {"aws:RequestedRegion": REGION}}, True),
        ({"StringEquals": {"aws:RequestedRegion": ["eu-west-1", "eu-west-2"]}}, False),
        ({"StringNotLike": {"aws:RequestedRegion": "eu-*"}}, True),
        ({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:user/read*"}}, True),
        ({"Bool": {"aws:SecureTransport": "false"}}, False),
        ({"Bool": {"aws:ViaAWSService": "false"}}, True),
        ({"IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "127.0.0.0/8"]}}, True),
        ({"NotIpAddress": {"aws:SourceIp": "127.0.0.1"}}, False),
        ({"StringEquals": {"aws:PrincipalTag/team": "shop"}}, False),
        ({"StringEqualsIfExists": {"aws:PrincipalTag/team": "shop"}}, True),
        ({"Null": {"aws:PrincipalTag/team": "true"}}, True),
        (
            {
                "StringEquals": {"aws:RequestedRegion": REGION},
                "StringLike": {"aws:PrincipalArn": "*:user/writer"},
            },
            False,
        ),
    ],
)
def test_conditions_decide_whether_a_statement_counts(
    emulator: Emulator, iam: "IAMClient", condition: dict[str, Any], *, allowed: bool
) -> None:
    """IAM guide, Condition: all must hold; an absent key fails all but negated and IfExists."""
    statement = allow("dynamodb:GetItem", on=arn("orders")) | {"Condition": condition}
    reader = client_of(emulator, iam, statement)

    answer = code(lambda: reader.get_item(TableName="orders", Key=ITEM))

    assert answer == ("" if allowed else "AccessDeniedException")


@pytest.mark.usefixtures("tables")
def test_not_action_and_not_resource_turn_a_statement_round(
    emulator: Emulator, iam: "IAMClient"
) -> None:
    """IAM guide, NotAction and NotResource."""
    reader = client_of(
        emulator,
        iam,
        {"Effect": "Allow", "NotAction": "dynamodb:Put*", "NotResource": arn("others")},
    )

    assert code(lambda: reader.get_item(TableName="orders", Key=ITEM)) == ""
    assert code(lambda: reader.put_item(TableName="orders", Item=ITEM)) == "AccessDeniedException"
    assert code(lambda: reader.get_item(TableName="others", Key=ITEM)) == "AccessDeniedException"
