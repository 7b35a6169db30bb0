"""Settings of a table that a restore loses: live, not copied, and not in the stack config."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from restore.settings.answers import Answers
from tests.support.answers.bare_table import BARE, declared, described, lost, only, set_
from tests.support.configs.documents import TABLE


def test_a_table_as_it_is_declared_loses_nothing() -> None:
    assert lost(BARE) == []


SETTINGS = [
    pytest.param(
        replace(BARE, ttl={"TimeToLiveStatus": "ENABLED", "AttributeName": "expires"}),
        "ttl",
        "on, expires",
        {"ttl": {"enabled": True, "attributeName": "expires"}},
        id="ttl",
    ),
    pytest.param(
        described(StreamSpecification={"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"}),
        "streamEnabled",
        "on, KEYS_ONLY",
        {"streamEnabled": True, "streamViewType": "KEYS_ONLY"},
        id="stream",
    ),
    pytest.param(
        described(DeletionProtectionEnabled=True),
        "deletionProtectionEnabled",
        "on",
        {"deletionProtectionEnabled": True},
        id="deletion-protection",
    ),
    pytest.param(
        described(TableClassSummary={"TableClass": "STANDARD_INFREQUENT_ACCESS"}),
        "tableClass",
        "STANDARD_INFREQUENT_ACCESS",
        {"tableClass": "STANDARD_INFREQUENT_ACCESS"},
        id="table-class",
    ),
    pytest.param(
        described(OnDemandThroughput={"MaxReadRequestUnits": 50, "MaxWriteRequestUnits": -1}),
        "onDemandThroughput",
        "50",
        {"onDemandThroughput": {"maxReadRequestUnits": 50}},
        id="on-demand-maximum",
    ),
    pytest.param(
        described(WarmThroughput={"ReadUnitsPerSecond": 20_000, "WriteUnitsPerSecond": 4_000}),
        "warmThroughput",
        "20000, 4000",
        {"warmThroughput": {"readUnitsPerSecond": 20_000, "writeUnitsPerSecond": 4_000}},
        id="warm-throughput",
    ),
]


@pytest.mark.parametrize(("answers", "name", "detail", "config"), SETTINGS)
def test_a_setting_that_the_config_does_not_say_is_lost(
    answers: Answers, name: str, detail: str, config: Mapping[str, Any]
) -> None:
    loss = only(answers)

    assert (loss.kind, loss.name, loss.detail, loss.config) == ("setting", name, detail, config)
    assert loss.todo.startswith(f"pulumi config set --path tables.{TABLE}.{name}")


@pytest.mark.parametrize(("answers", "_name", "_detail", "config"), SETTINGS)
def test_the_same_setting_in_the_config_is_not_lost(
    answers: Answers, _name: str, _detail: str, config: Mapping[str, Any]
) -> None:
    """What the plan says to write must be what makes it fall silent."""
    assert lost(answers, declared(**config)) == []


def test_a_period_of_recovery_that_the_config_does_not_say_is_lost() -> None:
    answers = replace(BARE, recovery={**BARE.recovery, "RecoveryPeriodInDays": 7})

    loss = only(answers)

    assert loss.detail == "on, 7; the stack config says on"
    assert set_(f"tables.{TABLE}.pointInTimeRecovery.recoveryPeriodInDays", "7") in loss.todo


def test_recovery_itself_is_lost_where_the_config_leaves_it_out() -> None:
    assert only(BARE, declared(pointInTimeRecovery=None)).name == "pointInTimeRecovery"


def test_a_setting_that_the_config_says_otherwise_is_lost_and_both_are_told() -> None:
    answers = replace(BARE, ttl={"TimeToLiveStatus": "ENABLED", "AttributeName": "expires"})

    loss = only(answers, declared(ttl={"enabled": True, "attributeName": "until"}))

    assert loss.detail == "on, expires; the stack config says on, until"


def test_warm_throughput_may_be_declared_higher_than_it_is() -> None:
    warm = {"readUnitsPerSecond": 30_000, "writeUnitsPerSecond": 4_000}
    answers = described(WarmThroughput={"ReadUnitsPerSecond": 20_000, "WriteUnitsPerSecond": 4_000})

    assert lost(answers, declared(warmThroughput=warm)) == []
