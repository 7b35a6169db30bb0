"""A resource policy on a table that is to be frozen: the stack's own, or someone else's."""

from dataclasses import replace

import boto3
import pytest
from moto import mock_aws

from restore.aws.account import Account
from restore.aws.tables import Aws
from restore.model.errors import BlockedError
from restore.model.steps import Step
from restore.perform.transition import update
from restore.table.kinds import RESOURCE_POLICY
from tests.support.configs.positions import O
from tests.support.memory.account_and_stack import World, world
from tests.support.memory.facts import arn


def foreign() -> World:
    there = world()
    there.aws.policies = frozenset({arn(O)})
    return there


def test_a_policy_that_the_stack_does_not_know_is_not_written_over() -> None:
    """A thaw would then delete it, and nobody would know what it said."""
    there = foreign()

    with pytest.raises(BlockedError, match="has a resource policy that the stack does not know"):
        update(there.session(sure=True), Step.FREEZE)

    assert there.effects == []


def test_a_policy_that_the_stack_has_itself_is_no_hindrance() -> None:
    there = foreign()
    ours = frozenset({(RESOURCE_POLICY, "restore-demo.original.policy")})
    there.stack.past["restore-demo"] = replace(there.past, hanging=ours)

    update(there.session(sure=True), Step.FREEZE)

    assert there.past.frozen == {O}


def test_a_policy_is_there_or_it_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """What AWS answers where there is none is an error (GetResourcePolicy)."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    for key in ("AWS_ENDPOINT_URL", "AWS_PROFILE", "AWS_REGION"):
        monkeypatch.delenv(key, raising=False)
    with mock_aws():
        client = boto3.client("dynamodb")
        its_arn = client.create_table(
            TableName="orders",
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )["TableDescription"]["TableArn"]
        before = Aws(Account()).policy(its_arn)
        client.put_resource_policy(ResourceArn=its_arn, Policy="{}")

        assert (before, Aws(Account()).policy(its_arn)) == (None, "{}")
