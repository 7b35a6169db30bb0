"""What the state holds under another URN than the program would declare."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from restore.table import kinds
from restore.table.config.parse import parse
from restore.table.config.problems import Problem
from restore.table.held import held_elsewhere
from restore.table.holders import holders_of
from tests.support.configs.documents import TABLE, entry, texts

STACK = "urn:pulumi:dev::shop"
NAME = f"{TABLE}-original-table"
ARN = f"arn:aws:dynamodb:us-east-1:123456789012:table/{NAME}"
AT = f"tables.{TABLE}"
STREAM = "arn:aws:kinesis:us-east-1:123456789012:stream/changes"
SCALING = {"minCapacity": 1, "maxCapacity": 9, "targetValue": 70}
ALARM = {
    "metricName": "ReadThrottleEvents",
    "comparisonOperator": "GreaterThanThreshold",
    "threshold": 1,
    "evaluationPeriods": 1,
    "period": 60,
    "statistic": "Sum",
}
READERS = {
    "Effect": "Allow",
    "Principal": "*",
    "Action": "dynamodb:GetItem",
    "Resource": "${table}",
}
EVERYTHING = entry(
    billingMode="PROVISIONED",
    streamEnabled=True,
    streamViewType="KEYS_ONLY",
    writeActions=["dynamodb:PutItem"],
    alarms={"slow": ALARM},
    resourcePolicy={"Version": "2012-10-17", "Statement": [READERS]},
    kinesisStreamingDestination={"streamArn": STREAM},
    contributorInsights={"enabled": True},
    eventSourceMappings={"audit": {"functionName": "audit", "startingPosition": "LATEST"}},
    autoScaling={"read": SCALING},
    readCapacity=None,
    writeCapacity=1,
)


def problems(
    resources: Mapping[str, Mapping[str, Any]], table: dict[str, Any], **where: Any
) -> list[Problem]:
    config = parse(texts({"tables": {TABLE: table}}))
    return held_elsewhere(config, holders_of(resources), **where)


def urn(kind: str, name: str, *parents: str) -> str:
    return f"{STACK}::{'$'.join((*parents, kind))}::{name}"


OURS = urn(kinds.TABLE, f"{TABLE}.original")
HELD = {"name": NAME, "arn": ARN}


def test_a_table_under_the_urn_that_is_declared_is_no_problem() -> None:
    assert problems({OURS: HELD}, entry()) == []


def test_another_logical_name_is_handed_over_by_a_rename_under_protection() -> None:
    (problem,) = problems({urn(kinds.TABLE, "orders"): HELD}, entry())
    assert problem.path == f"{AT}.names.original"
    assert problem.fix == (
        "take it out of the program, then"
        f" pulumi state protect {urn(kinds.TABLE, 'orders')} --yes;"
        f" pulumi state rename {urn(kinds.TABLE, 'orders')} {TABLE}.original --yes; pulumi up"
    )


def test_parents_are_left_behind_by_a_move_to_another_stack() -> None:
    """A rename keeps them, and a move from a stack to itself loses the resource."""
    below = urn(kinds.TABLE, f"{TABLE}.original", "shop:index:Data")
    (problem,) = problems({below: HELD}, entry())
    assert f"pulumi state move '{below}' --source dev --dest handover --yes" in problem.fix
    assert "--source handover --dest dev --yes; pulumi up" in problem.fix
    assert "rename" not in problem.fix


def test_a_table_held_twice_leaves_the_state_alone() -> None:
    (problem,) = problems({OURS: HELD, urn(kinds.TABLE, "orders"): HELD}, entry())
    assert problem.fix == (
        f"take it out of the program, then pulumi state delete {urn(kinds.TABLE, 'orders')} --yes,"
        " which leaves AWS as it is"
    )


@pytest.mark.parametrize(("region", "found"), [("eu-west-1", 0), ("us-east-1", 1), (None, 1)])
def test_a_table_of_the_same_name_in_another_region_is_another_one(
    region: str | None, found: int
) -> None:
    held = {urn(kinds.TABLE, "orders"): HELD}
    assert len(problems(held, entry(), region=region)) == found


@pytest.mark.parametrize(
    ("pointer_below", "found"), [("shop:index:Data", 0), (None, 1)], ids=["theirs", "this program"]
)
def test_a_program_of_a_teams_own_has_its_tables_where_its_pointer_is(
    pointer_below: str | None, found: int
) -> None:
    below = urn(kinds.TABLE, f"{TABLE}.original", "shop:index:Data")
    pointer = urn(kinds.PARAMETER, TABLE, *filter(None, (pointer_below,)))
    held = {below: HELD, pointer: {"name": f"{TABLE}-table-name"}}
    assert len(problems(held, entry(), any_parent=True)) == found


OTHERS: dict[str, tuple[str, dict[str, Any]]] = {
    "parameterName": (kinds.PARAMETER, {"name": f"{TABLE}-table-name"}),
    "policyName": (kinds.POLICY, {"name": f"{TABLE}-read-policy"}),
    "writePolicyName": (kinds.POLICY, {"name": f"{TABLE}-write-policy"}),
    "alarms.slow": (kinds.ALARM, {"name": f"{NAME}-slow"}),
    "resourcePolicy": (kinds.RESOURCE_POLICY, {"resourceArn": ARN}),
    "kinesisStreamingDestination": (kinds.DESTINATION, {"tableName": NAME, "streamArn": STREAM}),
    "contributorInsights": (kinds.INSIGHTS, {"tableName": NAME, "indexName": ""}),
    "eventSourceMappings.audit": (
        kinds.MAPPING,
        {
            "eventSourceArn": f"{ARN}/stream/2026",
            "functionArn": "arn:aws:lambda:us-east-1:123456789012:function:audit",
        },
    ),
    "autoScaling.read": (
        kinds.SCALING_TARGET,
        {
            "resourceId": f"table/{NAME}",
            "scalableDimension": "dynamodb:table:ReadCapacityUnits",
        },
    ),
}


@pytest.mark.parametrize("key", OTHERS)
def test_whatever_others_hold_is_not_declared_a_second_time(key: str) -> None:
    """Two resources would own it, and a drop would delete what a team has."""
    kind, outputs = OTHERS[key]
    (problem,) = problems({urn(kind, "theirs"): outputs}, EVERYTHING)
    assert problem.path == f"{AT}.{key}"
    assert json.dumps(problem.fix).count("destroy") == 0


def test_an_alarm_that_is_held_twice_leaves_the_state_before_the_config() -> None:
    """Taken out of the config first, ours would delete the team's."""
    ours = urn(kinds.ALARM, f"{TABLE}.original.alarm.slow")
    theirs = {urn(kinds.ALARM, "slow"): {"name": f"{NAME}-slow"}}
    (problem,) = problems({ours: {"name": f"{NAME}-slow"}, **theirs}, EVERYTHING)
    assert problem.fix.startswith(f"pulumi state delete {ours} --yes; rename {AT}.alarms.slow to ")


def test_what_has_no_name_yet_is_held_by_nobody() -> None:
    """A create that failed leaves a resource without outputs."""
    assert holders_of({urn(kinds.TABLE, "orders"): {}}) == ()
