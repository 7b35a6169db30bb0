"""Resource-based policies of tables and streams.

Written from AWS's documentation, one test a documented statement, each through boto3 over HTTP
against the emulator's process. The pages: the API reference's {Put,Get,Delete}ResourcePolicy; the
developer guide's "Using resource-based policies for DynamoDB". What such a policy allows and denies
is in test_resource_policy_access.py.
"""

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.emulator.process import (
    KEYED_BY_ID,
    allow,
    arn,
    document,
    recoverable_table,
    restore,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

STREAMING: Any = {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}
ORDERS = arn("orders")
POLICY = document(allow("dynamodb:GetItem", on=ORDERS) | {"Principal": {"AWS": "123456789012"}})
OTHER_POLICY = document(allow("dynamodb:Scan", on=ORDERS) | {"Principal": {"AWS": "123456789012"}})


@pytest.fixture(autouse=True)
def orders(dynamodb: "DynamoDBClient") -> str:
    return recoverable_table(dynamodb, StreamSpecification=STREAMING)


def put_policy(dynamodb: "DynamoDBClient", policy: str = POLICY, **more: Any) -> str:
    return dynamodb.put_resource_policy(ResourceArn=ORDERS, Policy=policy, **more)["RevisionId"]


def kept(dynamodb: "DynamoDBClient", resource: str = ORDERS) -> tuple[str, str]:
    found = dynamodb.get_resource_policy(ResourceArn=resource)
    return found["Policy"], found["RevisionId"]


def test_a_policy_is_put_anew_under_another_revision(dynamodb: "DynamoDBClient") -> None:
    """Put: it replaces what is there; the revision tells one policy from the next."""
    first = put_policy(dynamodb)
    assert kept(dynamodb) == (POLICY, first)

    second = put_policy(dynamodb, OTHER_POLICY)

    assert second != first
    assert kept(dynamodb) == (OTHER_POLICY, second)


def test_the_same_policy_can_be_put_again(dynamodb: "DynamoDBClient") -> None:
    """Put: idempotent. The same document for the same resource changes nothing."""
    assert put_policy(dynamodb) == put_policy(dynamodb)


def test_there_is_none_until_one_is_put(dynamodb: "DynamoDBClient") -> None:
    """Get: PolicyNotFoundException."""
    with pytest.raises(dynamodb.exceptions.PolicyNotFoundException):
        kept(dynamodb)


def test_a_policy_can_be_deleted_any_number_of_times(dynamodb: "DynamoDBClient") -> None:
    """Delete: idempotent; it returns the revision that it took away, if there was one."""
    revision = put_policy(dynamodb)

    assert dynamodb.delete_resource_policy(ResourceArn=ORDERS)["RevisionId"] == revision
    assert "RevisionId" not in dynamodb.delete_resource_policy(ResourceArn=ORDERS)

    with pytest.raises(dynamodb.exceptions.PolicyNotFoundException):
        kept(dynamodb)


def test_another_revision_than_expected_is_refused(dynamodb: "DynamoDBClient") -> None:
    """Put and Delete, ExpectedRevisionId: PolicyNotFoundException, and nothing is changed."""
    refused = pytest.raises(dynamodb.exceptions.PolicyNotFoundException)
    with refused:
        put_policy(dynamodb, ExpectedRevisionId="1")
    with refused:
        dynamodb.delete_resource_policy(ResourceArn=ORDERS, ExpectedRevisionId="1")
    revision = put_policy(dynamodb)
    for wrong in ("NO_POLICY", f"{revision}0"):
        with refused:
            put_policy(dynamodb, OTHER_POLICY, ExpectedRevisionId=wrong)
    assert kept(dynamodb) == (POLICY, revision)

    put_policy(dynamodb, OTHER_POLICY, ExpectedRevisionId=revision)
    assert kept(dynamodb)[0] == OTHER_POLICY


def test_no_policy_can_be_expected(dynamodb: "DynamoDBClient") -> None:
    """Put, ExpectedRevisionId: NO_POLICY puts a policy only where there is none."""
    put_policy(dynamodb, ExpectedRevisionId="NO_POLICY")

    assert kept(dynamodb)[0] == POLICY


def test_a_stream_has_a_policy_of_its_own(dynamodb: "DynamoDBClient") -> None:
    """Put, ResourceArn: of a table or of a stream."""
    stream = dynamodb.describe_table(TableName="orders")["Table"]["LatestStreamArn"]
    put_policy(dynamodb)
    dynamodb.put_resource_policy(ResourceArn=stream, Policy=OTHER_POLICY)

    assert kept(dynamodb)[0] == POLICY
    assert kept(dynamodb, stream)[0] == OTHER_POLICY
    with pytest.raises(dynamodb.exceptions.ResourceNotFoundException):
        kept(dynamodb, f"{stream}0")


def test_policies_go_with_their_table(dynamodb: "DynamoDBClient") -> None:
    """Guide: a policy is the resource's. A table made again under the name has none."""
    stream = dynamodb.describe_table(TableName="orders")["Table"]["LatestStreamArn"]
    for resource in (ORDERS, stream):
        dynamodb.put_resource_policy(ResourceArn=resource, Policy=POLICY)
    dynamodb.delete_table(TableName="orders")
    with pytest.raises(dynamodb.exceptions.ResourceNotFoundException):
        kept(dynamodb)
    dynamodb.create_table(TableName="orders", **KEYED_BY_ID)

    with pytest.raises(dynamodb.exceptions.PolicyNotFoundException):
        kept(dynamodb)


def test_a_restored_table_has_none(dynamodb: "DynamoDBClient") -> None:
    """Known from users (terraform-provider-aws#46797), on no page: the policy is not copied."""
    put_policy(dynamodb)

    restore(dynamodb)

    with pytest.raises(dynamodb.exceptions.PolicyNotFoundException):
        kept(dynamodb, arn("restored"))


@pytest.mark.parametrize("call", ["put", "get", "delete"])
def test_a_table_that_is_not_there_has_no_policies(dynamodb: "DynamoDBClient", call: str) -> None:
    """Each: ResourceNotFoundException."""
    request = {"ResourceArn": arn("nowhere")} | ({"Policy": POLICY} if call == "put" else {})

    with pytest.raises(dynamodb.exceptions.ResourceNotFoundException):
        getattr(dynamodb, f"{call}_resource_policy")(**request)


@pytest.mark.parametrize("wrong", ["", "{", "[]"])
def test_a_policy_is_a_json_document(dynamodb: "DynamoDBClient", wrong: str) -> None:
    """Put, Policy: a JSON document. ValidationException."""
    with pytest.raises(dynamodb.exceptions.ClientError, match="ValidationException"):
        put_policy(dynamodb, wrong)
