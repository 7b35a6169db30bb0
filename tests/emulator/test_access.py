"""IAM is enforced for keys issued here, and for no other.

Written from AWS's documentation, one test a documented statement, each through boto3 over HTTP
against the emulator's process. The pages: the IAM user guide's "Policy evaluation logic" and
"Troubleshoot access denied error messages"; the service authorization reference of DynamoDB,
Systems Manager and IAM; the developer guide's "Required permissions" of a restore.
"""

from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from tests.emulator.support import (
    ACCOUNT,
    KEYED_BY_ID,
    REGION,
    Emulator,
    allow,
    arn,
    document,
    next_second,
    put,
    recoverable_table,
    restore,
    user_with,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_iam import IAMClient

ITEM: Any = {"id": {"S": "one"}}
USER = f"arn:aws:iam::{ACCOUNT}:user/reader"


@pytest.fixture
def tables(dynamodb: "DynamoDBClient") -> list[str]:
    names = ["orders", "others"]
    for name in names:
        dynamodb.create_table(TableName=name, **KEYED_BY_ID)
        put(dynamodb, name, "one")
    return names


def client_of(
    emulator: Emulator, iam: "IAMClient", *statements: dict[str, Any]
) -> "DynamoDBClient":
    client: DynamoDBClient = emulator.client("dynamodb", user_with(iam, "reader", *statements))
    return client


def code(call: "Callable[[], Any]") -> str:
    """Return the error's code of a call, "" where it succeeds."""
    try:
        call()
    except ClientError as error:
        return error.response["Error"]["Code"]
    return ""


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
def test_a_session_has_its_roles_policies(emulator: Emulator, iam: "IAMClient") -> None:
    """Evaluation logic: a role session is judged by the role's policies."""
    trust = {"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "sts:AssumeRole"}
    role = iam.create_role(
        RoleName="reading",
        AssumeRolePolicyDocument=document(trust),
    )["Role"]
    statement = allow("dynamodb:GetItem", on=arn("orders"))
    iam.put_role_policy(
        RoleName="reading",
        PolicyName="inline",
        PolicyDocument=document(statement),
    )
    session = emulator.client("sts").assume_role(RoleArn=role["Arn"], RoleSessionName="me")
    key = session["Credentials"]
    reader = emulator.client(
        "dynamodb", (key["AccessKeyId"], key["SecretAccessKey"], key["SessionToken"])
    )

    assert code(lambda: reader.get_item(TableName="orders", Key=ITEM)) == ""
    with pytest.raises(ClientError, match="assumed-role/reading/me is not authorized"):
        reader.get_item(TableName="others", Key=ITEM)


@pytest.mark.usefixtures("tables")
def test_a_key_that_was_never_issued_may_do_everything(emulator: Emulator) -> None:
    """Ours, not AWS's: the sandbox's dummy key needs no set-up."""
    anyone = emulator.client("dynamodb", ("AKIAIOSFODNN7EXAMPLE", "secret", None))

    assert anyone.get_item(TableName="orders", Key=ITEM)["Item"] == ITEM


@pytest.mark.usefixtures("tables")
def test_an_issued_session_key_needs_its_token(emulator: Emulator, iam: "IAMClient") -> None:
    """IAM guide, temporary credentials: the session token is part of them."""
    iam.create_role(RoleName="reading", AssumeRolePolicyDocument="{}")
    role = iam.get_role(RoleName="reading")["Role"]
    session = emulator.client("sts").assume_role(RoleArn=role["Arn"], RoleSessionName="me")
    key = session["Credentials"]
    reader = emulator.client("dynamodb", (key["AccessKeyId"], key["SecretAccessKey"], "wrong"))

    assert code(reader.list_tables) == "UnrecognizedClientException"


CALLS: "list[tuple[str, Callable[[DynamoDBClient], Any]]]" = [
    ("BatchGetItem", lambda c: c.batch_get_item(RequestItems={"orders": {"Keys": [ITEM]}})),
    (
        "BatchWriteItem",
        lambda c: c.batch_write_item(RequestItems={"orders": [{"PutRequest": {"Item": ITEM}}]}),
    ),
    (
        "PutItem",
        lambda c: c.transact_write_items(
            TransactItems=[{"Put": {"TableName": "orders", "Item": ITEM}}]
        ),
    ),
    (
        "GetItem",
        lambda c: c.transact_get_items(
            TransactItems=[{"Get": {"TableName": "orders", "Key": ITEM}}]
        ),
    ),
    ("PartiQLSelect", lambda c: c.execute_statement(Statement='SELECT * FROM "orders"')),
    (
        "PartiQLDelete",
        lambda c: c.execute_statement(Statement="DELETE FROM orders WHERE id='nobody'"),
    ),
    ("DescribeTable", lambda c: c.describe_table(TableName="orders")),
    ("DescribeTable", lambda c: c.describe_table(TableName=arn("orders"))),
    ("ListTagsOfResource", lambda c: c.list_tags_of_resource(ResourceArn=arn("orders"))),
    ("UpdateTable", lambda c: c.update_table(TableName="orders", TableClass="STANDARD")),
]


@pytest.mark.usefixtures("tables")
@pytest.mark.parametrize(("action", "call"), CALLS)
def test_a_call_needs_its_action_on_its_table(
    emulator: Emulator,
    iam: "IAMClient",
    action: str,
    call: "Callable[[DynamoDBClient], Any]",
) -> None:
    """Service authorization reference: which action and which resource type each call needs."""
    reader = client_of(emulator, iam, allow(f"dynamodb:{action}", on=arn("orders")))
    other = emulator.client(
        "dynamodb", user_with(iam, "other", allow(f"dynamodb:{action}", on=arn("others")))
    )

    assert code(lambda: call(reader)) == ""
    assert code(lambda: call(other)) == "AccessDeniedException"


def test_an_index_has_an_arn_of_its_own(
    emulator: Emulator, iam: "IAMClient", dynamodb: "DynamoDBClient"
) -> None:
    """Service authorization reference: Query on an index needs the index's ARN."""
    keys: Any = [{"AttributeName": "id", "KeyType": "HASH"}]
    index: Any = {
        "IndexName": "again",
        "KeySchema": keys,
        "Projection": {"ProjectionType": "ALL"},
    }
    dynamodb.create_table(TableName="orders", GlobalSecondaryIndexes=[index], **KEYED_BY_ID)
    query: Any = {
        "TableName": "orders",
        "KeyConditionExpression": "id = :id",
        "ExpressionAttributeValues": {":id": {"S": "one"}},
    }
    reader = client_of(emulator, iam, allow("dynamodb:Query", on=arn("orders") + "/index/*"))

    assert code(lambda: reader.query(**query, IndexName="again")) == ""
    assert code(lambda: reader.query(**query)) == "AccessDeniedException"


def test_a_restore_needs_its_target_too(
    emulator: Emulator, iam: "IAMClient", dynamodb: "DynamoDBClient"
) -> None:
    """Guide, required permissions: the source's restore, and writes and reads of the target."""
    recoverable_table(dynamodb)
    source = allow("dynamodb:RestoreTableToPointInTime", "dynamodb:Describe*", on=arn("orders"))
    target = allow(
        *(
            f"dynamodb:{action}"
            for action in (
                "BatchWriteItem",
                "DeleteItem",
                "DescribeTable",
                "GetItem",
                "PutItem",
                "Query",
                "Scan",
                "UpdateItem",
            )
        ),
        on=arn("restored"),
    )
    half = client_of(emulator, iam, source)
    whole = emulator.client("dynamodb", user_with(iam, "operator", source, target))

    assert code(lambda: restore(half)) == "AccessDeniedException"
    assert restore(whole)["TableStatus"] == "ACTIVE"


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


@pytest.mark.usefixtures("tables")
def test_a_resource_policy_can_freeze_and_open_a_table(
    emulator: Emulator, iam: "IAMClient", dynamodb: "DynamoDBClient"
) -> None:
    """Guide, resource-based policies: an Allow of either kind is enough, a Deny of either wins."""
    reader = client_of(emulator, iam, allow("dynamodb:PutItem", on="*"))
    opens = allow("dynamodb:GetItem", on=arn("orders")) | {"Principal": {"AWS": USER}}
    freezes = allow("dynamodb:PutItem", on=arn("orders")) | {"Effect": "Deny", "Principal": "*"}
    dynamodb.put_resource_policy(ResourceArn=arn("orders"), Policy=document(opens, freezes))

    assert code(lambda: reader.get_item(TableName="orders", Key=ITEM)) == ""
    assert code(lambda: reader.put_item(TableName="others", Item=ITEM)) == ""
    with pytest.raises(ClientError, match="with an explicit deny in a resource-based policy"):
        reader.put_item(TableName="orders", Item=ITEM)


def test_a_streams_policy_opens_the_stream_and_no_table(
    emulator: Emulator, iam: "IAMClient", dynamodb: "DynamoDBClient"
) -> None:
    """Guide, resource-based policies: a table and its stream have one each."""
    recoverable_table(
        dynamodb, StreamSpecification={"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"}
    )
    stream = dynamodb.describe_table(TableName="orders")["Table"]["LatestStreamArn"]
    reader = emulator.client("dynamodbstreams", user_with(iam, "reader"))

    def opened(owner: str) -> str:
        statement = allow("dynamodb:DescribeStream", on=stream) | {"Principal": {"AWS": USER}}
        dynamodb.put_resource_policy(ResourceArn=owner, Policy=document(statement))
        return code(lambda: reader.describe_stream(StreamArn=stream))

    assert opened(arn("orders")) == "AccessDeniedException"
    assert opened(stream) == ""


def test_parameters_are_guarded_by_name(emulator: Emulator, iam: "IAMClient") -> None:
    """Service authorization reference, Systems Manager: parameter/name, no second slash."""
    admin = emulator.client("ssm")
    for name in ("/shop/table", "other"):
        admin.put_parameter(Name=name, Value="x", Type="String")
    prefix = f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/"
    reader = emulator.client(
        "ssm", user_with(iam, "reader", allow("ssm:GetParameter*", on=f"{prefix}shop/*"))
    )

    assert reader.get_parameter(Name="/shop/table")["Parameter"]["Value"] == "x"
    assert code(lambda: reader.get_parameters_by_path(Path="/shop/")) == ""
    assert code(lambda: reader.get_parameter(Name="other")) == "AccessDeniedException"
    both = ["/shop/table", "other"]
    assert code(lambda: reader.get_parameters(Names=both)) == "AccessDeniedException"


def test_policies_are_guarded_by_arn(emulator: Emulator, iam: "IAMClient") -> None:
    """Service authorization reference, IAM. IAM answers in XML, with code AccessDenied."""
    anything = document(allow("iam:Get*", on="*"))
    own, other = (
        iam.create_policy(PolicyName=name, PolicyDocument=anything)["Policy"]["Arn"]
        for name in ("own", "other")
    )
    reader = emulator.client("iam", user_with(iam, "reader", allow("iam:GetPolicy", on=own)))

    assert reader.get_policy(PolicyArn=own)["Policy"]["PolicyName"] == "own"
    assert code(lambda: reader.get_policy(PolicyArn=other)) == "AccessDenied"
    assert code(lambda: reader.get_user(UserName="reader")) == "AccessDenied"


def test_everyone_may_ask_who_they_are(emulator: Emulator, iam: "IAMClient") -> None:
    """API reference, GetCallerIdentity: no permissions are required."""
    sts = emulator.client("sts", user_with(iam, "reader"))

    assert sts.get_caller_identity()["Arn"] == USER


def test_a_users_writes_are_restored_like_any(
    emulator: Emulator, iam: "IAMClient", dynamodb: "DynamoDBClient"
) -> None:
    """Guide: recovery knows no authors."""
    recoverable_table(dynamodb)
    writer = client_of(emulator, iam, allow("dynamodb:PutItem", on=arn("orders")))
    put(writer, "orders", "one")
    point = next_second()
    put(writer, "orders", "two")

    restore(dynamodb, point)

    assert dynamodb.scan(TableName="restored")["Items"] == [ITEM]
