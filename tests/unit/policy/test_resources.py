"""On what the operator's document allows its rights: ARNs, and conditions where AWS has none."""

from typing import Any

import pytest

from restore.policy.scope import Where
from tests.support.configs.documents import entry
from tests.support.memory.facts import arn
from tests.support.policy_statements import ACCOUNT, HERE, STREAMS, everything, statements

LATER = arn("restored-*")
FUNCTIONS = f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function"
WITHOUT_A_RESOURCE = {
    "application-autoscaling:DescribeScalableTargets",
    "application-autoscaling:DescribeScalingPolicies",
    "application-autoscaling:DescribeScheduledActions",
    "backup:ListBackupPlans",
    "dynamodb:ListBackups",
    "dynamodb:ListContributorInsights",
    "dynamodb:ListTables",
    "iam:GetAccountAuthorizationDetails",
    "kinesis:ListStreams",
    "lambda:CreateEventSourceMapping",
    "lambda:ListEventSourceMappings",
    "ssm:DescribeParameters",
}
"""Actions of ours that AWS lists without a resource type (Service Authorization Reference)."""


def test_the_items_of_the_original_are_out_of_the_operators_reach() -> None:
    """A restore writes its target; who may write the source as well can spoil the evidence."""
    found = statements(entry())

    writing = [each for each in found.values() if "dynamodb:PutItem" in each["Action"]]
    assert [each["Resource"] for each in writing] == [[LATER, arn("restored")]]


def test_restores_yet_to_come_are_meant_as_well() -> None:
    """The night of the second incident is no time to widen a role."""
    assert statements(entry())["ReadTables"]["Resource"] == [
        arn("original"),
        LATER,
        arn("restored"),
    ]


def test_names_of_ones_own_are_meant_as_they_are() -> None:
    names = {"original": "carts", "restored-2": "carts-again"}
    found = statements(
        entry(names=names, parameterName="/shop/carts", policyName="carts-read"), where=HERE
    )

    tables = "arn:aws:dynamodb:eu-west-1:123456789012:table"
    assert found["RestoreInto"]["Resource"] == [f"{tables}/carts-again", LATER, arn("restored")]
    assert f"{tables}/carts" in found["RestoreFrom"]["Resource"]
    assert found["PointClients"]["Resource"] == [
        f"arn:aws:ssm:eu-west-1:{ACCOUNT}:parameter/shop/carts"
    ]
    assert found["GrantToClients"]["Resource"] == [f"arn:aws:iam::{ACCOUNT}:policy/carts-read"]


@pytest.mark.parametrize("table", [entry(), everything()], ids=["bare", "everything"])
def test_everything_is_allowed_only_where_aws_knows_no_resource(table: dict[str, Any]) -> None:
    """`*` on an action that could be held to a resource is what a review sends back."""
    for each in statements(table).values():
        assert each["Effect"] == "Allow"
        assert each["Action"] == sorted(each["Action"])
        if each["Resource"] == ["*"]:
            assert set(each["Action"]) <= WITHOUT_A_RESOURCE
        else:
            assert not set(each["Action"]) & WITHOUT_A_RESOURCE
            assert "*" not in each["Resource"]


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("indexer", f"{FUNCTIONS}:indexer"),
        ("indexer:live", f"{FUNCTIONS}:indexer"),
        (f"{ACCOUNT}:function:indexer", f"{FUNCTIONS}:indexer"),
        (
            "arn:aws:lambda:eu-west-1:999999999999:function:theirs:3",
            "arn:aws:lambda:eu-west-1:999999999999:function:theirs",
        ),
    ],
)
def test_a_mapping_can_be_made_for_the_configs_own_functions_alone(
    name: str, function: str
) -> None:
    """AWS knows no resource for it: without the condition any function could be fed."""
    mapping = {"functionName": name, "startingPosition": "LATEST"}
    found = statements(entry(**STREAMS, eventSourceMappings={"indexer": mapping}))

    assert found["MapFunctions"]["Resource"] == ["*"]
    assert found["MapFunctions"]["Condition"] == {
        "ArnLike": {"lambda:FunctionArn": [function, f"{function}:*"]}
    }


def test_the_other_partitions_have_arns_of_their_own() -> None:
    found = statements(everything(), where=Where("aws-us-gov", "us-gov-west-1", ACCOUNT))

    assert all(
        resource == "*" or resource.startswith(("arn:aws-us-gov:", "arn:aws:kinesis:"))
        for each in found.values()
        for resource in each["Resource"]
    )


def test_tables_that_are_alike_share_their_statements() -> None:
    """With a copy of each for every table no document would hold five of them."""
    one, both = statements(entry()), statements(entry(), entry())

    assert set(one) == set(both)
    assert set(one["Clean"]["Resource"]) < set(both["Clean"]["Resource"])
    assert len(both["Clean"]["Resource"]) == 2 * len(one["Clean"]["Resource"])


def test_tables_that_differ_are_allowed_no_more_than_each_needs() -> None:
    """One list for all would let the operator tag a table that has no tags."""
    found = statements(entry(), entry(tags={"team": "shop"}))

    assert "dynamodb:TagResource" not in found["FurnishTables"]["Action"]
    assert "dynamodb:TagResource" in found["FurnishTables2"]["Action"]
    assert all("-2-" in each for each in found["FurnishTables2"]["Resource"])
