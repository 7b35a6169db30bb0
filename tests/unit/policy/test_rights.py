"""The rights in the operator's document: those that a table needs, and the page about them."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.support.configs.documents import entry
from tests.support.configs.positions import TO_PREPARED
from tests.support.memory.facts import arn
from tests.support.policy_statements import ACCOUNT, ALARM, STREAMS, everything, statements

SCALED = {
    **STREAMS,
    "billingMode": "PROVISIONED",
    "readCapacity": 5,
    "writeCapacity": 5,
    "autoScaling": {"read": {"minCapacity": 5, "maxCapacity": 9, "targetValue": 70}},
    "alarms": {"slow": ALARM},
    "eventSourceMappings": {"indexer": {"functionName": "indexer", "startingPosition": "LATEST"}},
}

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "permissions.md"


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
        "PlanFunctions",
        "PlanStreams",
        "Scale",
        "StreamTo",
        "UseKey",
    }
    services = {action.partition(":")[0] for each in bare.values() for action in each["Action"]}
    assert services == {"application-autoscaling", "backup", "cloudwatch", "dynamodb", "iam", "ssm"}


def test_a_provider_with_default_tags_may_tag_all_that_it_makes() -> None:
    """Else the update after the restore is denied, over tags that no table's config has."""
    plain = statements(entry(**SCALED))
    tagged = statements(entry(**SCALED), tagged=True)

    more = {
        sid: set(each["Action"]) - set(plain[sid]["Action"] if sid in plain else ())
        for sid, each in tagged.items()
    }

    assert {sid: actions for sid, actions in more.items() if actions} == {
        "FurnishTables": {"dynamodb:TagResource"},
        "TagPointer": {"ssm:AddTagsToResource"},
        "TagGrant": {"iam:TagPolicy"},
        "MakeAlarms": {"cloudwatch:TagResource"},
        "ChangeMappings": {"lambda:TagResource"},
        "Scale": {"application-autoscaling:TagResource"},
    }


def test_an_alarm_that_was_taken_over_may_be_dropped_under_its_own_name() -> None:
    adopted = {"original": {"alarms": {"slow": "Orders: too hot!"}}}
    whole = statements(entry(alarms={"slow": ALARM}, adoptDependents=adopted))

    arn_of_it = f"arn:aws:cloudwatch:eu-west-1:{ACCOUNT}:alarm:Orders: too hot!"
    assert arn_of_it in whole["MakeAlarms"]["Resource"]


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


def test_what_is_made_once_is_allowed_until_it_is_made() -> None:
    new, known = statements(entry()), statements(entry(), way="serving")

    assert new["CreateTable"]["Resource"] == [arn("original")]
    assert set(new) - set(known) == {"CreateTable", "CreateGrant"}


def test_a_grant_for_writing_that_is_yet_to_be_made_can_be_made() -> None:
    found = statements(entry(writeActions=["dynamodb:PutItem"]), way=TO_PREPARED)

    writing = f"arn:aws:iam::{ACCOUNT}:policy/restore-demo-write-policy"
    assert found["CreateGrant"]["Resource"] == [writing]
    assert "CreateTable" not in found


def test_the_page_says_what_each_statement_is_for() -> None:
    """Anyone who reviews the document reads the page beside it."""
    explained = re.findall(r"^\| `(\w+)` \|", PAGE.read_text(), re.MULTILINE)

    assert explained == [*statements(without_a_policy())]


def without_a_policy() -> dict[str, Any]:
    """Everything but a resource policy, in whose place a freeze makes one."""
    return {key: value for key, value in everything().items() if key != "resourcePolicy"}


def test_a_freeze_asks_for_no_more_where_the_table_has_a_policy_anyway() -> None:
    """A statement that nothing misses is a right that an operator has for nothing."""
    assert {*statements(without_a_policy())} - {*statements(everything())} == {"Freeze"}
