"""Answers of AWS → one entry of `tables`.

What boto3 really answers is in `tests/settings`; here are the answers that an emulator does not
give, and those that are easily read wrong.
"""

import json
from typing import Any

import pytest

from restore.settings.answers import Key
from restore.settings.document import document, less_inherited
from restore.table.config.document import TableEntry
from restore.table.tags import ProviderTags
from tests.support.answers.plain_table import ARN, ENTRY, INDEX, KINESIS, answers

KEY = "arn:aws:kms:eu-west-1:123456789012:key/k"
STREAM = {"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"}


def test_a_plain_table_has_nothing_but_its_key() -> None:
    """Each line more would be one that someone has to judge in the middle of an incident."""
    assert document(answers()) == ENTRY


OWN = [
    pytest.param({}, {"key": None}, {}, id="aws-owned-key"),
    pytest.param(
        {},
        {"key": Key(KEY, managed=True)},
        {"serverSideEncryption": {"enabled": True}},
        id="managed",
    ),
    pytest.param(
        {},
        {"key": Key(KEY, managed=False)},
        {"serverSideEncryption": {"enabled": True, "kmsKeyArn": KEY}},
        id="customer-key",
    ),
    pytest.param(
        {}, {"ttl": {"TimeToLiveStatus": "DISABLED", "AttributeName": "x"}}, {}, id="ttl-off"
    ),
    pytest.param(
        {},
        {"ttl": {"TimeToLiveStatus": "ENABLING", "AttributeName": "x"}},
        {"ttl": {"enabled": True, "attributeName": "x"}},
        id="ttl-on-its-way",
    ),
    pytest.param(
        {},
        {"recovery": {"PointInTimeRecoveryStatus": "ENABLED", "RecoveryPeriodInDays": 35}},
        {"pointInTimeRecovery": {"enabled": True}},
        id="recovery-of-35-days",
    ),
    pytest.param(
        {},
        {"recovery": {"PointInTimeRecoveryStatus": "ENABLED", "RecoveryPeriodInDays": 7}},
        {"pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 7}},
        id="recovery-of-7-days",
    ),
    pytest.param(
        {}, {"recovery": {"PointInTimeRecoveryStatus": "DISABLED"}}, {}, id="recovery-off"
    ),
    pytest.param({"DeletionProtectionEnabled": False}, {}, {}, id="unprotected"),
    pytest.param(
        {"DeletionProtectionEnabled": True}, {}, {"deletionProtectionEnabled": True}, id="protected"
    ),
    pytest.param({"TableClassSummary": {"TableClass": "STANDARD"}}, {}, {}, id="class-standard"),
    pytest.param({"StreamSpecification": {"StreamEnabled": False}}, {}, {}, id="stream-off"),
    pytest.param(
        {"StreamSpecification": STREAM},
        {},
        {"streamEnabled": True, "streamViewType": "NEW_IMAGE"},
        id="stream-on",
    ),
    pytest.param(
        {"OnDemandThroughput": {"MaxReadRequestUnits": -1, "MaxWriteRequestUnits": 9}},
        {},
        {"onDemandThroughput": {"maxWriteRequestUnits": 9}},
        id="one-maximum",
    ),
    pytest.param(
        {},
        {"tags": {"aws:cloudformation:stack-name": "s", "team": "shop"}},
        {"tags": {"team": "shop"}},
        id="tags-that-aws-sets",
    ),
    pytest.param(
        {"GlobalSecondaryIndexes": [{**INDEX, "IndexStatus": "DELETING"}]}, {}, {}, id="index-going"
    ),
    pytest.param(
        {"GlobalSecondaryIndexes": [INDEX]},
        {},
        {
            "globalSecondaryIndexes": [
                {
                    "name": "by-date",
                    "hashKey": "date",
                    "rangeKey": "id",
                    "projectionType": "INCLUDE",
                    "nonKeyAttributes": ["total"],
                }
            ]
        },
        id="index-on-demand",
    ),
    pytest.param(
        {"LocalSecondaryIndexes": [{**INDEX, "Projection": {"ProjectionType": "ALL"}}]},
        {},
        {"localSecondaryIndexes": [{"name": "by-date", "rangeKey": "id", "projectionType": "ALL"}]},
        id="local-index",
    ),
    pytest.param(
        {},
        {
            "destinations": [
                {"StreamArn": KINESIS, "DestinationStatus": "DISABLED"},
                {"StreamArn": KINESIS + "-2", "DestinationStatus": "ACTIVE"},
            ]
        },
        {"kinesisStreamingDestination": {"streamArn": KINESIS + "-2"}},
        id="kinesis-that-was-moved",
    ),
    pytest.param(
        {},
        {
            "insights": [
                {"ContributorInsightsStatus": "DISABLED"},
                {
                    "ContributorInsightsStatus": "ENABLED",
                    "IndexName": "by-date",
                    "ContributorInsightsMode": "THROTTLED_KEYS",
                },
            ]
        },
        {
            "contributorInsights": {
                "enabled": False,
                "mode": "THROTTLED_KEYS",
                "indexes": ["by-date"],
            }
        },
        id="insights-of-an-index-only",
    ),
]


@pytest.mark.parametrize(("table", "besides", "more"), OWN)
def test_what_is_as_aws_makes_it_is_not_said(
    table: dict[str, Any], besides: dict[str, Any], more: dict[str, Any]
) -> None:
    """What an import reads must equal what is declared, or the first preview shows a change."""
    entry = document(answers(table, **besides))

    assert entry == ENTRY | more
    assert TableEntry.model_validate(entry)


def test_a_policy_is_fit_for_whichever_table_carries_it() -> None:
    """Only the table's own ARN is replaced, not one that begins like it."""
    resources = [ARN, f"{ARN}/index/*", f"{ARN}-2", f"{ARN}*"]
    policy = {"Version": "2012-10-17", "Statement": [{"Sid": ARN[:9], "Resource": resources}]}

    entry = document(answers(policy=json.dumps(policy)))

    [statement] = entry["resourcePolicy"]["Statement"]
    assert statement["Resource"] == ["${table}", "${table}/index/*", f"{ARN}-2", f"{ARN}*"]


def test_tags_that_the_provider_adds_are_no_settings() -> None:
    """Written into the config they would be the table's own, and differ from the default ones."""
    provider = ProviderTags.of(
        {"defaultTags": '{"tags": {"Env": "prod"}}', "ignoreTags": '{"keys": ["Auto"]}'}
    )
    inherited = {"Env": "prod", "Auto": "x"}
    entry = {
        "hashKey": "id",
        "tags": {**inherited, "team": "shop"},
        "alarms": {"slow": {"period": 60, "tags": inherited}},
        "eventSourceMappings": {"f": {"tags": {"Env": "other"}}},
    }

    assert less_inherited(entry, provider) == {
        "hashKey": "id",
        "tags": {"team": "shop"},
        "alarms": {"slow": {"period": 60}},
        "eventSourceMappings": {"f": {"tags": {"Env": "other"}}},
    }
    assert less_inherited(entry, ProviderTags()) == entry
