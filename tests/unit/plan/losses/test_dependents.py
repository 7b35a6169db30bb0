"""What hangs on a table and is lost: live, not copied, and not in the stack config."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from restore.plan.losses.loss import merged
from restore.settings.answers import Answers
from tests.support.answers.bare_table import BARE, NAME, declared, described, lost, only
from tests.support.answers.dependents import (
    MAPPING,
    ON,
    POLICY,
    SCALING,
    STREAM,
    TARGET,
    TRACKING,
    alarm,
)

ON_CAPACITY = described(
    BillingModeSummary={"BillingMode": "PROVISIONED"},
    ProvisionedThroughput={"ReadCapacityUnits": 5, "WriteCapacityUnits": 5},
)

DEPENDENTS = [
    pytest.param(
        replace(BARE, alarms=[alarm("too-many")]),
        ("alarm", "too-many"),
        {"alarms": {"too-many": {}}},
        id="alarm",
    ),
    pytest.param(
        replace(BARE, mappings=[MAPPING]),
        ("event source mapping", "indexer:live"),
        {"eventSourceMappings": {"indexer": {}}},
        id="event-source-mapping",
    ),
    pytest.param(
        replace(ON_CAPACITY, targets=[TARGET], scaling_policies=[TRACKING]),
        ("auto scaling", f"table/{NAME}/index/by-customer write"),
        {"autoScaling": {"indexes": {"by-customer": {"write": SCALING}}}},
        id="auto-scaling",
    ),
    pytest.param(
        replace(BARE, destinations=[{"StreamArn": STREAM, "DestinationStatus": "ACTIVE"}]),
        ("Kinesis destination", STREAM),
        {"kinesisStreamingDestination": {"streamArn": STREAM}},
        id="kinesis",
    ),
    pytest.param(
        replace(BARE, insights=[ON]),
        ("Contributor Insights", NAME),
        {"contributorInsights": {"enabled": True}},
        id="insights",
    ),
    pytest.param(
        replace(BARE, policy=json.dumps(POLICY)),
        ("resource policy", "of the table"),
        {"resourcePolicy": {}},
        id="resource-policy",
    ),
]


@pytest.mark.parametrize(("answers", "which", "config"), DEPENDENTS)
def test_what_hangs_on_the_table_and_is_not_declared_is_lost(
    answers: Answers, which: tuple[str, str], config: Mapping[str, Any]
) -> None:
    loss = only(answers)

    assert (loss.kind, loss.name) == which
    assert loss.config
    assert loss.config == merged([config, loss.config])


@pytest.mark.parametrize(
    ("answers", "exists"),
    [
        pytest.param(
            replace(BARE, alarms=[alarm("too many!")]),
            {"alarms": {"too-many-": "too many!"}},
            id="alarm",
        ),
        pytest.param(
            replace(BARE, mappings=[MAPPING]),
            {"eventSourceMappings": {"indexer": MAPPING["UUID"]}},
            id="mapping",
        ),
        pytest.param(replace(BARE, insights=[ON]), {"contributorInsights": True}, id="insights"),
    ],
)
def test_what_was_made_by_hand_is_imported_rather_than_made_twice(
    answers: Answers, exists: Mapping[str, Any]
) -> None:
    """AWS refuses a second mapping of one function; to delete the first stops production."""
    loss = only(answers)

    assert loss.config is not None
    assert loss.config["adoptDependents"] == {"original": exists}
    assert "delete" not in loss.todo


def test_an_alarm_that_was_taken_over_under_its_own_name_is_not_lost() -> None:
    answers = replace(BARE, alarms=[alarm("too many!")])
    (loss,) = lost(answers)
    assert loss.config is not None

    assert lost(answers, declared(**loss.config)) == []


def test_auto_scaling_is_of_no_use_to_a_table_on_demand_and_still_named() -> None:
    """The config refuses it there, so to offer it would lead into an error."""
    loss = only(replace(BARE, targets=[TARGET], scaling_policies=[TRACKING]))

    assert (loss.kind, loss.config) == ("auto scaling", None)
    assert "billed on demand" in loss.todo


def test_insights_of_an_index_are_lost_one_by_one() -> None:
    answers = replace(
        BARE,
        insights=[
            ON | {"ContributorInsightsMode": "THROTTLED_KEYS"},
            ON | {"IndexName": "by-customer", "ContributorInsightsMode": "THROTTLED_KEYS"},
        ],
    )

    table, index = lost(answers)

    assert (table.name, index.name) == (NAME, f"{NAME}/index/by-customer")
    assert merged([table.config or {}, index.config or {}]) == {
        "contributorInsights": {
            "enabled": True,
            "mode": "THROTTLED_KEYS",
            "indexes": ["by-customer"],
        },
        "adoptDependents": {"original": {"contributorInsights": True}},
    }
