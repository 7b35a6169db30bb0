"""Two entries of `tables`: what is the same, what is not, and what is not looked at."""

from typing import Any

import pytest

from restore.model.errors import RestoreError
from restore.settings.differences import Difference, compare
from restore.settings.normal import entry_of, normal
from restore.table.config.parse import parse
from tests.support.answers.plain_table import ENTRY
from tests.support.configs.documents import TABLE, texts

PROVISIONED: dict[str, Any] = {**ENTRY, "billingMode": "PROVISIONED"}
ALARM: dict[str, Any] = {"metricName": "SystemErrors", "threshold": 0, "period": 60}
MAPPING: dict[str, Any] = {"functionName": "index", "startingPosition": "LATEST"}
ACCOUNT = "arn:aws:iam::123456789012:root"


def index(**more: Any) -> dict[str, Any]:
    return {"name": "by-date", "hashKey": "date", "projectionType": "ALL", **more}


def policy(**statement: Any) -> dict[str, Any]:
    return {"resourcePolicy": {"Version": "2012-10-17", "Statement": [statement]}}


SAME = [
    pytest.param({"tags": {"a": "1", "b": "2"}}, {"tags": {"b": "2", "a": "1"}}, id="tags"),
    pytest.param({"tags": {}}, {}, id="no-tags"),
    pytest.param({"ttl": {"enabled": False, "attributeName": "x"}}, {}, id="ttl-off"),
    pytest.param({"pointInTimeRecovery": {"enabled": False}}, {}, id="recovery-off"),
    pytest.param(
        {"pointInTimeRecovery": {"enabled": True}},
        {"pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 35}},
        id="recovery-period",
    ),
    pytest.param({"serverSideEncryption": {"enabled": False}}, {}, id="aws-owned-key"),
    pytest.param({"tableClass": "STANDARD"}, {}, id="class"),
    pytest.param({"streamEnabled": False}, {}, id="stream-off"),
    pytest.param({"deletionProtectionEnabled": False}, {}, id="unprotected"),
    pytest.param({"contributorInsights": {"enabled": False, "indexes": []}}, {}, id="insights-off"),
    pytest.param(
        {"contributorInsights": {"enabled": True, "mode": "ACCESSED_AND_THROTTLED_KEYS"}},
        {"contributorInsights": {"enabled": True}},
        id="insights-mode",
    ),
    pytest.param(
        {"globalSecondaryIndexes": [index(), index(name="by-size")]},
        {"globalSecondaryIndexes": [index(name="by-size"), index()]},
        id="indexes-in-another-order",
    ),
    pytest.param(
        {"localSecondaryIndexes": [index(nonKeyAttributes=["a", "b"])]},
        {"localSecondaryIndexes": [index(nonKeyAttributes=["b", "a"])]},
        id="carried-attributes-in-another-order",
    ),
    pytest.param(
        {"attributes": [{"name": "id", "type": "S"}, {"name": "date", "type": "N"}]},
        {"attributes": [{"name": "date", "type": "N"}, {"name": "id", "type": "S"}]},
        id="attributes-in-another-order",
    ),
    pytest.param(
        {"autoScaling": {"read": {"minCapacity": 1, "scaleInCooldown": 0}, "indexes": {}}},
        {"autoScaling": {"read": {"minCapacity": 1}}},
        id="cooldown",
    ),
    pytest.param(
        {
            "alarms": {
                "a": {
                    **ALARM,
                    "namespace": "AWS/DynamoDB",
                    "treatMissingData": "missing",
                    "actionsEnabled": True,
                    "dimensions": {},
                    "alarmActions": ["arn:b", "arn:a"],
                }
            }
        },
        {"alarms": {"a": {**ALARM, "threshold": 0.0, "alarmActions": ["arn:a", "arn:b"]}}},
        id="alarm",
    ),
    pytest.param(
        {"eventSourceMappings": {"any": {**MAPPING, "enabled": True, "batchSize": 100}}},
        {
            "eventSourceMappings": {
                "index": {
                    **MAPPING,
                    "functionName": "arn:aws:lambda:eu-west-1:123456789012:function:index",
                }
            }
        },
        id="function-by-its-arn",
    ),
    pytest.param(
        policy(Action="dynamodb:GetItem", Principal={"AWS": "123456789012"}),
        policy(Principal={"AWS": [ACCOUNT]}, Action=["dynamodb:GetItem"]),
        id="policy-in-other-words",
    ),
    pytest.param(policy(Principal="*"), policy(Principal={"AWS": "*"}), id="policy-for-everybody"),
    pytest.param(
        policy(Condition={"Bool": {"aws:SecureTransport": True}}),
        policy(Condition={"Bool": {"aws:SecureTransport": ["true"]}}),
        id="policy-with-a-condition",
    ),
    pytest.param(
        {"resourcePolicy": {"Statement": {"Sid": "a"}}},
        {"resourcePolicy": {"Statement": [{"Sid": "a"}]}},
        id="policy-of-one-statement",
    ),
    pytest.param(
        {"kinesisStreamingDestination": {"streamArn": "arn:a"}},
        {
            "kinesisStreamingDestination": {
                "streamArn": "arn:a",
                "approximateCreationDateTimePrecision": "MILLISECOND",
            }
        },
        id="precision",
    ),
    pytest.param(
        {"warmThroughput": {"readUnitsPerSecond": 20_000, "writeUnitsPerSecond": 4_000}},
        {"warmThroughput": {"readUnitsPerSecond": 13_000}},
        id="warmer",
    ),
    pytest.param({"warmThroughput": {"readUnitsPerSecond": 12_000}}, {}, id="warm-unasked"),
    pytest.param({"names": {"original": "a"}, "adoptPointer": True}, {}, id="no-settings"),
]


@pytest.mark.parametrize(("here", "there"), SAME)
def test_what_says_the_same_is_the_same(here: dict[str, Any], there: dict[str, Any]) -> None:
    """A false alarm teaches people to ignore the true ones."""
    assert compare(ENTRY | here, ENTRY | there, configured=True).differences == ()


DIFFERENT = [
    pytest.param({"hashKey": "nr"}, {}, [(("hashKey",), "nr", "id")], id="key"),
    pytest.param(
        {"attributes": [{"name": "id", "type": "N"}]},
        {},
        [(("attributes", "id"), "N", "S")],
        id="attribute",
    ),
    pytest.param(
        {"billingMode": "PROVISIONED"},
        {},
        [(("billingMode",), "PROVISIONED", "PAY_PER_REQUEST")],
        id="billing",
    ),
    pytest.param(
        {},
        {"globalSecondaryIndexes": [index()]},
        [
            (
                ("globalSecondaryIndexes",),
                None,
                {"by-date": {"hashKey": "date", "projectionType": "ALL"}},
            )
        ],
        id="index-lost",
    ),
    pytest.param(
        {"globalSecondaryIndexes": [index(projectionType="KEYS_ONLY")]},
        {"globalSecondaryIndexes": [index()]},
        [(("globalSecondaryIndexes", "by-date", "projectionType"), "KEYS_ONLY", "ALL")],
        id="projection",
    ),
    pytest.param(
        {},
        {"ttl": {"enabled": True, "attributeName": "x"}},
        [(("ttl",), None, {"enabled": True, "attributeName": "x"})],
        id="ttl-lost",
    ),
    pytest.param(
        {"tags": {"namespace": "AWS/DynamoDB"}},
        {"tags": {}},
        [(("tags",), {"namespace": "AWS/DynamoDB"}, None)],
        id="tag-that-looks-like-a-default",
    ),
    pytest.param(
        {"alarms": {"a": ALARM}},
        {"alarms": {"a": ALARM, "b": ALARM}},
        [(("alarms", "b"), None, ALARM)],
        id="alarm-lost",
    ),
    pytest.param(
        {"alarms": {"a": {**ALARM, "actionsEnabled": False}}},
        {"alarms": {"a": ALARM}},
        [(("alarms", "a", "actionsEnabled"), False, None)],
        id="alarm-muted",
    ),
    pytest.param(
        {"eventSourceMappings": {"index": {**MAPPING, "enabled": False}}},
        {"eventSourceMappings": {"index": MAPPING}},
        [(("eventSourceMappings", "index", "enabled"), False, None)],
        id="function-off",
    ),
    pytest.param(
        policy(Sid="a", Action="dynamodb:GetItem"),
        policy(Sid="a", Action="dynamodb:*"),
        [
            (
                ("resourcePolicy",),
                {
                    "Version": "2012-10-17",
                    "Statement": [{"Action": ["dynamodb:GetItem"], "Sid": "a"}],
                },
                {"Version": "2012-10-17", "Statement": [{"Action": ["dynamodb:*"], "Sid": "a"}]},
            )
        ],
        id="policy",
    ),
    pytest.param(
        {"warmThroughput": {"readUnitsPerSecond": 12_000}},
        {"warmThroughput": {"readUnitsPerSecond": 13_000}},
        [
            (
                ("warmThroughput",),
                {"readUnitsPerSecond": 12_000},
                {"readUnitsPerSecond": 13_000},
            )
        ],
        id="colder",
    ),
]


@pytest.mark.parametrize(("here", "there", "found"), DIFFERENT)
def test_every_difference_is_named_with_both_values(
    here: dict[str, Any], there: dict[str, Any], found: list[Any]
) -> None:
    """Someone has to decide which of the two is right."""
    compared = compare(ENTRY | here, ENTRY | there, configured=True)

    assert compared.differences == tuple(Difference(*each) for each in found)


READS = {"autoScaling": {"read": {"minCapacity": 1}}}
INDEX_READS = {"autoScaling": {"indexes": {"by-date": {"read": {"minCapacity": 1}}}}}


@pytest.mark.parametrize(
    ("scaling", "paths"),
    [
        pytest.param(
            {},
            [
                ("readCapacity",),
                ("writeCapacity",),
                ("globalSecondaryIndexes", "by-date", "readCapacity"),
            ],
            id="nobody",
        ),
        pytest.param(
            READS,
            [("writeCapacity",), ("globalSecondaryIndexes", "by-date", "readCapacity")],
            id="reads-of-the-table",
        ),
        pytest.param(INDEX_READS, [("readCapacity",), ("writeCapacity",)], id="reads-of-the-index"),
    ],
)
@pytest.mark.parametrize("configured", [True, False])
@pytest.mark.parametrize("scaled_here", [True, False])
def test_capacity_that_auto_scaling_owns_is_not_compared(
    scaling: dict[str, Any], paths: list[tuple[str, ...]], *, configured: bool, scaled_here: bool
) -> None:
    """It moves by the minute. A restored table that is not scaled yet has what the source had."""
    few = {**PROVISIONED, "readCapacity": 1, "writeCapacity": 1}
    many = {**PROVISIONED, "readCapacity": 9, "writeCapacity": 9}
    here = few | {"globalSecondaryIndexes": [index(readCapacity=1)]}
    there = many | {"globalSecondaryIndexes": [index(readCapacity=9)]}
    here, there = (here | scaling, there) if scaled_here else (here, there | scaling)

    compared = compare(here, there, configured=configured)

    found = [each.path for each in compared.differences if each.path != ("autoScaling",)]
    assert sorted(found) == sorted(paths)


def test_a_bare_table_is_compared_in_what_a_restore_copies() -> None:
    """All else comes with prepare: to miss it before would stop every run."""
    wanted = ENTRY | {
        "tags": {"team": "shop"},
        "alarms": {"a": ALARM},
        "globalSecondaryIndexes": [index(onDemandThroughput={"maxReadRequestUnits": 5})],
    }
    bare = ENTRY | {"globalSecondaryIndexes": [index(projectionType="KEYS_ONLY")]}

    compared = compare(bare, wanted, configured=False)

    path = ("globalSecondaryIndexes", "by-date", "projectionType")
    assert compared.differences == (Difference(path, "KEYS_ONLY", "ALL"),)
    assert compared.compared == 5


def test_how_much_was_compared_is_counted() -> None:
    """Three settings that are the same say less than thirty."""
    assert compare(ENTRY, ENTRY, configured=True).compared == 3
    ttl = {"ttl": {"enabled": True, "attributeName": "x"}}
    assert compare(ENTRY, ENTRY | ttl, configured=True).compared == 5


@pytest.mark.parametrize(("here", "there"), [({}, ENTRY), (ENTRY, {}), ({}, {})])
def test_nothing_read_is_never_equal(here: dict[str, Any], there: dict[str, Any]) -> None:
    """A reader that broke would call every restore a success."""
    with pytest.raises(RestoreError, match="no setting was read"):
        compare(here, there, configured=True)


def test_the_config_speaks_in_the_same_form() -> None:
    """What the program fills in (a namespace, an empty list) is no setting."""
    settings = {
        **ENTRY,
        "names": {"original": "orders"},
        "alarms": {
            "a": {
                **ALARM,
                "comparisonOperator": "GreaterThanThreshold",
                "evaluationPeriods": 1,
                "statistic": "Sum",
            }
        },
        "contributorInsights": {"enabled": True},
    }
    [config] = parse(texts({"tables": {TABLE: settings}})).tables

    assert normal(entry_of(config)) == normal(settings)
