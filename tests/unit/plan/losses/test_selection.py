"""Which backup plans lose the table, from AWS Backup's API reference (BackupSelection)."""

from typing import Any

import pytest

from restore.plan.losses.mention import Route, Side
from restore.plan.losses.selection import Missed, Selection, missed

ARN = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders"
TAGS = {"backup": "daily", "team": "shop"}


def judged(target_tags: dict[str, str] | None = None, **described: Any) -> Missed | None:
    route = Route(
        Side("orders", ARN, TAGS), Side("orders-2", f"{ARN}-2", target_tags or {}), stream=None
    )
    return missed(Selection.of(described), route)


def equals(tag: str, value: str) -> dict[str, Any]:
    return {"ConditionKey": tag, "ConditionValue": value}


def listed(tag: str, value: str) -> list[dict[str, Any]]:
    return [{"ConditionType": "STRINGEQUALS", **equals(tag, value)}]


BY_TAG = Missed("by its tag backup=daily", {"backup": "daily"})
BY_ARN = Missed("by its ARN")


@pytest.mark.parametrize(
    ("described", "expected"),
    [
        pytest.param({"Resources": [ARN]}, BY_ARN, id="by-arn"),
        pytest.param({"Resources": ["arn:aws:dynamodb:*:*:table/order?"]}, BY_ARN, id="by-pattern"),
        pytest.param({"ListOfTags": listed("backup", "daily")}, BY_TAG, id="by-tag"),
        pytest.param(
            {
                "Resources": ["*"],
                "Conditions": {"StringEquals": [equals("aws:ResourceTag/backup", "daily")]},
            },
            Missed("by its ARN and by its tags backup=daily", {"backup": "daily"}),
            id="by-a-condition-on-all-resources",
        ),
        pytest.param(
            {"Conditions": {"StringLike": [equals("aws:ResourceTag/backup", "d*")]}},
            Missed("with all others and by its tags backup=daily", {"backup": "daily"}),
            id="by-a-condition-alone",
        ),
        pytest.param(
            {"Resources": ["*"], "NotResources": [f"{ARN}-*"]}, BY_ARN, id="the-target-is-excluded"
        ),
        pytest.param(
            {
                "Resources": [ARN],
                "Conditions": {"StringNotLike": [equals("aws:ResourceTag/team", "b*")]},
            },
            Missed("by its ARN and by its tags team=shop"),
            id="by-arn-and-condition",
        ),
    ],
)
def test_a_selection_that_takes_the_source_alone_is_missed(
    described: dict[str, Any], expected: Missed
) -> None:
    """Nobody notices a backup that is no longer made, until it is needed."""
    assert judged(**described) == expected


@pytest.mark.parametrize(
    "described",
    [
        pytest.param({"Resources": ["*"]}, id="both"),
        pytest.param({}, id="everything"),
        pytest.param({"Resources": [f"{ARN}-3"]}, id="neither-by-arn"),
        pytest.param({"ListOfTags": listed("backup", "weekly")}, id="neither-by-tag"),
        pytest.param({"Resources": [ARN], "NotResources": [ARN]}, id="excluded"),
        pytest.param(
            {"Resources": ["*"], "Conditions": {"StringNotEquals": [equals("backup", "daily")]}},
            id="only-the-target",
        ),
        pytest.param(
            {
                "Resources": [ARN],
                "Conditions": {
                    "StringEquals": [equals("backup", "daily"), equals("team", "finance")]
                },
            },
            id="every-condition-has-to-hold",
        ),
    ],
)
def test_a_selection_that_does_not_take_the_source_alone_is_not_named(
    described: dict[str, Any],
) -> None:
    assert judged(**described) is None


def test_a_tag_that_the_stack_declares_keeps_the_table_in_the_plan() -> None:
    assert judged({"backup": "daily"}, ListOfTags=listed("backup", "daily")) is None
