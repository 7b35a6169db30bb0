"""The operator's document: its rights, on what, and what is said of one that is too long."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from restore.errors import BlockedError, UsageError
from restore.policy.document import document, size, too_large
from restore.policy.scope import Where
from restore.report import Report
from restore.verbs.policy import policy
from stacks.parse import parse
from tests.unit.restore.fakes import world
from tests.unit.restore.worlds import arn, past_by
from tests.unit.stacks.documents import TABLE, entry, texts
from tests.unit.stacks.stands import TO_PREPARED

PAGE = Path(__file__).parents[3] / "docs" / "permissions.md"
ACCOUNT = "123456789012"
HERE = Where("aws", "eu-west-1", ACCOUNT)
LATER = arn("restored-*")
KEY_ID = "00000000-1111-2222-3333-444444444444"
KEYS = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key"
FUNCTIONS = f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function"
STREAMS = {"streamEnabled": True, "streamViewType": "KEYS_ONLY"}
ALARM = {
    "metricName": "ReadThrottleEvents",
    "comparisonOperator": "GreaterThanThreshold",
    "threshold": 0,
    "evaluationPeriods": 1,
    "period": 60,
    "statistic": "Sum",
}
PARTNER = {
    "Effect": "Allow",
    "Principal": "*",
    "Action": ["dynamodb:GetItem"],
    "Resource": "${table}",
}
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


def statements(
    *tables: dict[str, Any], way: str = "", where: Where = HERE
) -> dict[str, dict[str, Any]]:
    """Sid → statement of a stack with these entries; the first one is the walk-through's."""
    names = [TABLE, *(f"{TABLE}-{number}" for number in range(2, len(tables) + 1))]
    config = parse(texts({"tables": dict(zip(names, tables, strict=True))}))
    made = document(config.tables, {TABLE: past_by(way)} if way else {}, where)
    found = {each["Sid"]: each for each in made["Statement"]}
    assert len(found) == len(made["Statement"])
    return found


def everything() -> dict[str, Any]:
    return entry(
        **STREAMS,
        billingMode="PROVISIONED",
        readCapacity=5,
        writeCapacity=5,
        serverSideEncryption={"enabled": True, "kmsKeyArn": "alias/shop"},
        tags={"team": "shop"},
        ttl={"enabled": True, "attributeName": "expires"},
        autoScaling={"read": {"minCapacity": 5, "maxCapacity": 9, "targetValue": 70}},
        alarms={"throttled": {**ALARM, "tags": {"team": "shop"}}},
        resourcePolicy={"Version": "2012-10-17", "Statement": [PARTNER]},
        kinesisStreamingDestination={
            "streamArn": f"arn:aws:kinesis:eu-west-1:{ACCOUNT}:stream/changes"
        },
        contributorInsights={"enabled": True},
        eventSourceMappings={
            "indexer": {
                "functionName": "indexer",
                "startingPosition": "LATEST",
                "tags": {"team": "shop"},
            }
        },
        writeActions=["dynamodb:PutItem"],
    )


def test_the_items_of_the_original_are_out_of_the_operators_reach() -> None:
    """A restore writes its target; whoever may write the source as well can spoil the evidence."""
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


def test_a_bare_table_asks_for_nothing_that_hangs_on_others() -> None:
    bare, whole = statements(entry()), statements(everything())

    assert set(whole) - set(bare) == {
        "ChangeMappings",
        "Insights",
        "LookAtAwsKey",
        "LookAtKey",
        "LookAtMappings",
        "MakeAlarms",
        "MapFunctions",
        "PlanStreams",
        "Scale",
        "StreamTo",
        "UseKey",
    }
    services = {action.partition(":")[0] for each in bare.values() for action in each["Action"]}
    assert services == {"application-autoscaling", "backup", "cloudwatch", "dynamodb", "iam", "ssm"}


@pytest.mark.parametrize(
    ("setting", "sid", "actions"),
    [
        ({"alarms": {"slow": ALARM}}, "MakeAlarms", {"cloudwatch:TagResource"}),
        (
            {
                **STREAMS,
                "eventSourceMappings": {
                    "indexer": {"functionName": "indexer", "startingPosition": "LATEST"}
                },
            },
            "ChangeMappings",
            {"lambda:TagResource"},
        ),
    ],
)
def test_tags_are_set_only_where_the_config_has_some(
    setting: dict[str, Any], sid: str, actions: set[str]
) -> None:
    whole, plain = statements(everything()), statements(entry(**setting))

    assert set(whole[sid]["Action"]) - set(plain[sid]["Action"]) == actions


ANY_KEY = [f"{KEYS}/*"]


def by_alias(alias: str) -> dict[str, Any]:
    return {"ForAnyValue:StringEquals": {"kms:ResourceAliases": [alias]}}


@pytest.mark.parametrize(
    ("key", "resource", "condition"),
    [
        ("alias/shop", ANY_KEY, by_alias("alias/shop")),
        (
            "arn:aws:kms:eu-west-1:999999999999:alias/theirs",
            ["arn:aws:kms:eu-west-1:999999999999:key/*"],
            by_alias("alias/theirs"),
        ),
        (KEY_ID, [f"{KEYS}/{KEY_ID}"], {}),
        (f"{KEYS}/{KEY_ID}", [f"{KEYS}/{KEY_ID}"], {}),
    ],
)
def test_a_key_is_meant_by_whatever_name_the_config_has_for_it(
    key: str, resource: list[str], condition: dict[str, Any]
) -> None:
    """A policy that names an alias as its resource allows nothing on the key behind it."""
    encryption = {"enabled": True, "kmsKeyArn": key}
    found = statements(entry(serverSideEncryption=encryption))

    assert found["LookAtKey"]["Resource"] == found["UseKey"]["Resource"] == resource
    assert found["LookAtKey"].get("Condition", {}) == condition
    via = {"StringEquals": {"kms:ViaService": ["dynamodb.eu-west-1.amazonaws.com"]}}
    assert found["UseKey"]["Condition"] == {**condition, **via}
    assert found["LookAtAwsKey"]["Condition"] == by_alias("alias/aws/dynamodb")


def test_the_key_that_aws_manages_is_looked_at_and_needs_no_right_to_use_it() -> None:
    found = statements(entry(serverSideEncryption={"enabled": True}))

    assert [sid for sid in found if "Key" in sid] == ["LookAtAwsKey"]


def test_encryption_with_the_key_that_aws_owns_asks_for_no_key() -> None:
    found = statements(entry(serverSideEncryption={"enabled": False}))

    assert not [sid for sid in found if "Key" in sid]


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


def test_what_is_made_once_is_allowed_until_it_is_made() -> None:
    new, known = statements(entry()), statements(entry(), way="serving")

    assert new["CreateTable"]["Resource"] == [arn("original")]
    assert set(new) - set(known) == {"CreateTable", "CreateGrant"}


def test_a_grant_for_writing_that_is_yet_to_be_made_can_be_made() -> None:
    found = statements(entry(writeActions=["dynamodb:PutItem"]), way=TO_PREPARED)

    writing = f"arn:aws:iam::{ACCOUNT}:policy/restore-demo-write-policy"
    assert found["CreateGrant"]["Resource"] == [writing]
    assert "CreateTable" not in found


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


@pytest.mark.parametrize(
    ("length", "says"),
    [
        (6_144, None),
        (6_145, "inline policy (10,240)"),
        (10_240, "inline policy (10,240)"),
        (10_241, "--table NAME"),
    ],
)
def test_a_document_that_iam_would_not_take_is_told(length: int, says: str | None) -> None:
    said = too_large(length)

    assert said is None if says is None else says in str(said)


def test_the_page_says_what_each_statement_is_for() -> None:
    """Whoever reviews the document reads the page beside it."""
    explained = re.findall(r"^\| `(\w+)` \|", PAGE.read_text(), re.MULTILINE)

    assert explained == [*statements(without_a_policy())]


def without_a_policy() -> dict[str, Any]:
    """Everything but a resource policy, in whose place a freeze makes one."""
    return {key: value for key, value in everything().items() if key != "resourcePolicy"}


def test_a_freeze_asks_for_no_more_where_the_table_has_a_policy_anyway() -> None:
    """A statement that nothing misses is a right that an operator has for nothing."""
    assert {*statements(without_a_policy())} - {*statements(everything())} == {"Freeze"}


# The verb.


def test_the_document_alone_is_on_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    """`policy > operator.json` is what everybody types."""
    there = world("")
    answer = policy(there.session())

    assert json.loads(capsys.readouterr().out) == answer["policy"]
    assert answer["size"] == size(answer["policy"])
    assert there.effects == []


def test_json_has_it_as_one_field(capsys: pytest.CaptureFixture[str]) -> None:
    policy(world().session(report=Report(as_json=True)))

    assert capsys.readouterr().out == ""


def test_one_that_is_too_long_is_printed_all_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    there = world()
    there.stack.texts = texts({"tables": {f"table-{number}": entry() for number in range(20)}})
    policy(there.session())

    printed = capsys.readouterr()
    assert len(json.loads(printed.out)["Statement"]) > 10
    assert "--table NAME" in printed.err

    policy(there.session(tables=("table-7",)))
    assert "table-7-" in (only := capsys.readouterr().out)
    assert "table-8-" not in only


def test_a_table_that_the_config_lacks_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="has no table carts"):
        policy(world().session(tables=("carts",)))


def test_in_another_region_there_is_no_document(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would allow everything on tables that are not there."""
    there = world()
    state = replace(there.stack.state(), arns={"restore-demo.original": arn("original")})
    monkeypatch.setattr(there.stack, "state", lambda: state)
    monkeypatch.setattr(there.aws, "region", "us-east-1")

    with pytest.raises(BlockedError, match="is in another place"):
        policy(there.session())
