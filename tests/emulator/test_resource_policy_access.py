"""What the policy of a table or of a stream allows and denies.

From the developer guide's "Using resource-based policies for DynamoDB", one test a documented
statement.
"""

from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ClientError

from tests.support.emulator.access import ITEM, USER, client_of, code
from tests.support.emulator.process import (
    Emulator,
    allow,
    arn,
    document,
    recoverable_table,
    user_with,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_iam import IAMClient


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


@pytest.mark.usefixtures("tables")
def test_a_resource_policy_denies_to_the_root_user_as_well(dynamodb: "DynamoDBClient") -> None:
    """IAM guide, the root user: no policy of an identity binds it, a resource's own does."""
    freezes = allow("dynamodb:PutItem", on=arn("orders")) | {"Effect": "Deny", "Principal": "*"}
    dynamodb.put_resource_policy(ResourceArn=arn("orders"), Policy=document(freezes))

    assert code(lambda: dynamodb.get_item(TableName="orders", Key=ITEM)) == ""
    with pytest.raises(ClientError, match=":root is not authorized to perform: dynamodb:PutItem"):
        dynamodb.put_item(TableName="orders", Item=ITEM)

    dynamodb.delete_resource_policy(ResourceArn=arn("orders"))
    assert code(lambda: dynamodb.put_item(TableName="orders", Item=ITEM)) == ""
