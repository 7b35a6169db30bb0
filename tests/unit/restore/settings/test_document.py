"""Answers of AWS → one entry of `tables`.

What boto3 really answers is in `tests/settings`; here are the answers that an emulator does not
give, and those that are easily read wrong.
"""

import json
from typing import Any

import botocore.session
import pytest

from restore.errors import BlockedError
from restore.settings.answers import Key
from restore.settings.document import document
from restore.settings.throughput import declared
from stacks.document import TableEntry
from tests.unit.restore.settings.answered import (
    ARN,
    ENTRY,
    INDEX,
    PROVISIONED,
    alarm,
    answers,
    mapping,
    scaling,
)

KEY = "arn:aws:kms:eu-west-1:123456789012:key/k"
COLD = {"ReadUnitsPerSecond": 12_000, "WriteUnitsPerSecond": 4_000}
WARM = {"ReadUnitsPerSecond": 20_000, "WriteUnitsPerSecond": 4_000}
STREAM = {"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"}
KINESIS = "arn:aws:kinesis:eu-west-1:123456789012:stream/changes"


def test_a_plain_table_has_nothing_but_its_key() -> None:
    """Each line more would be one that a person has to judge in the middle of an incident."""
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


def test_a_table_without_a_billing_mode_is_provisioned() -> None:
    """DescribeTable leaves the summary out for a table that never was on demand."""
    entry = document(answers(PROVISIONED | {"GlobalSecondaryIndexes": [INDEX]}))

    assert (entry["billingMode"], entry["readCapacity"], entry["writeCapacity"]) == (
        "PROVISIONED",
        5,
        6,
    )
    [index] = entry["globalSecondaryIndexes"]
    assert (index["readCapacity"], index["writeCapacity"]) == (7, 8)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        pytest.param({"WarmThroughput": COLD}, False, id="cold"),
        pytest.param({"WarmThroughput": WARM}, True, id="warm"),
        pytest.param({**PROVISIONED, "WarmThroughput": WARM}, False, id="provisioned"),
        pytest.param({}, False, id="unsaid"),
    ],
)
def test_warm_throughput_is_declared_only_where_somebody_raised_it(
    table: dict[str, Any], *, said: bool
) -> None:
    """AWS raises it by itself, and a lower one in the program would replace the table."""
    entry = declared(document(answers(table | {"GlobalSecondaryIndexes": [{**INDEX, **table}]})))

    assert ("warmThroughput" in entry) is said
    assert ("warmThroughput" in entry["globalSecondaryIndexes"][0]) is said


def test_a_policy_is_fit_for_whichever_table_carries_it() -> None:
    """Only the table's own ARN is replaced, not one that begins like it."""
    resources = [ARN, f"{ARN}/index/*", f"{ARN}-2", f"{ARN}*"]
    policy = {"Version": "2012-10-17", "Statement": [{"Sid": ARN[:9], "Resource": resources}]}

    entry = document(answers(policy=json.dumps(policy)))

    [statement] = entry["resourcePolicy"]["Statement"]
    assert statement["Resource"] == ["${table}", "${table}/index/*", f"{ARN}-2", f"{ARN}*"]


def test_alarms_go_by_their_names_less_the_tables() -> None:
    """Two that come to the same key: the one that is called as the program calls it has it."""
    named = ["errors", "orders-errors", "Orders: hot!", "orders-" + 120 * "x"]

    entry = document(answers(alarms=[alarm(name) for name in named]))

    assert [*entry["alarms"]] == ["errors", 100 * "x", "Orders--hot-", "errors-2"]
    assert TableEntry.model_validate(entry)


def test_an_alarm_says_what_it_does_not_leave_to_cloudwatch() -> None:
    more = {
        "Dimensions": [
            {"Name": "TableName", "Value": "orders"},
            {"Name": "Operation", "Value": "PutItem"},
        ],
        "Namespace": "Shop",
        "TreatMissingData": "breaching",
        "ActionsEnabled": False,
        "OKActions": [KINESIS],
        "AlarmActions": [],
        "Tags": {"team": "shop"},
    }

    entry = document(answers(alarms=[alarm("orders-errors", **more)]))

    assert entry["alarms"]["errors"] == {
        "metricName": "SystemErrors",
        "comparisonOperator": "GreaterThanThreshold",
        "threshold": 0.0,
        "evaluationPeriods": 1,
        "period": 60,
        "statistic": "Sum",
        "okActions": [KINESIS],
        "namespace": "Shop",
        "dimensions": {"Operation": "PutItem"},
        "treatMissingData": "breaching",
        "tags": {"team": "shop"},
        "actionsEnabled": False,
    }


def test_the_alarms_of_auto_scaling_are_its_own() -> None:
    """Deleted by hand or declared twice, they stop the scaling or double it."""
    owned = alarm("TargetTracking-table/orders-AlarmHigh")

    entry = document(answers(PROVISIONED, alarms=[owned], **scaling()))

    assert "alarms" not in entry
    assert entry["autoScaling"] == {
        "read": {"minCapacity": 5, "maxCapacity": 50, "targetValue": 70.0}
    }


def test_auto_scaling_of_an_index_stands_below_it() -> None:
    entry = document(answers(PROVISIONED, **scaling("Write", "by.date")))

    assert [*entry["autoScaling"]] == ["indexes"]
    assert [*entry["autoScaling"]["indexes"]["by.date"]] == ["write"]
    assert entry["readCapacity"] == 5


def test_functions_go_by_their_short_names() -> None:
    """A version of a function and the function itself are two readers of one name."""
    listed = [mapping("index:live"), mapping("index"), mapping("gone", State="Deleting")]

    entry = document(answers(mappings=listed))

    assert entry["eventSourceMappings"] == {
        "index": {"functionName": "index", "startingPosition": "LATEST"},
        "index-2": {"functionName": "index:live", "startingPosition": "LATEST"},
    }


def test_a_mapping_says_what_it_does_not_leave_to_lambda() -> None:
    more = {
        "State": "Disabling",
        "BatchSize": 7,
        "MaximumRetryAttempts": 0,
        "FilterCriteria": {"Filters": [{"Pattern": "{}"}]},
        "DestinationConfig": {"OnFailure": {"Destination": KINESIS}},
    }

    entry = document(answers(mappings=[mapping("index", **more)]))

    assert entry["eventSourceMappings"]["index"] == {
        "functionName": "index",
        "startingPosition": "LATEST",
        "enabled": False,
        "batchSize": 7,
        "maximumRetryAttempts": 0,
        "filterCriteria": {"filters": [{"pattern": "{}"}]},
        "destinationConfig": {"onFailure": {"destinationArn": KINESIS}},
    }


REFUSED = [
    pytest.param({"TableStatus": "CREATING"}, "orders is CREATING", id="creating"),
    pytest.param({"TableStatus": "ARCHIVED"}, "orders is ARCHIVED", id="archived"),
    pytest.param(
        {"Replicas": [{"RegionName": "us-east-1"}, {"RegionName": "eu-north-1"}]},
        "orders is a global table with replicas in eu-north-1, us-east-1.",
        id="global",
    ),
    pytest.param({"VectorIndexes": [{}]}, "orders has vector indexes", id="vectors"),
    pytest.param(
        {
            "GlobalSecondaryIndexes": [
                {
                    **INDEX,
                    "KeySchema": [
                        {"AttributeName": "a", "KeyType": "HASH"},
                        {"AttributeName": "b", "KeyType": "HASH"},
                    ],
                }
            ]
        },
        "The hashKey of by-date is of several attributes",
        id="key-of-several-attributes",
    ),
]


@pytest.mark.parametrize(("table", "says"), REFUSED)
def test_a_table_that_cannot_be_declared_is_refused(table: dict[str, Any], says: str) -> None:
    """A config that leaves out what it cannot say would take the table over without it."""
    with pytest.raises(BlockedError) as refused:
        document(answers(table))

    assert str(refused.value).startswith(says)
    assert "Nothing was touched." in str(refused.value)


READ = {
    "AttributeDefinitions",
    "KeySchema",
    "TableStatus",
    "ProvisionedThroughput",
    "BillingModeSummary",
    "LocalSecondaryIndexes",
    "GlobalSecondaryIndexes",
    "StreamSpecification",
    "SSEDescription",
    "TableClassSummary",
    "DeletionProtectionEnabled",
    "OnDemandThroughput",
    "WarmThroughput",
}
REFUSED_WITH = {"Replicas", "VectorIndexes", "ArchivalSummary"}
OF_GLOBAL_TABLES = {
    "GlobalTableVersion",
    "GlobalTableWitnesses",
    "GlobalTableSettingsReplicationMode",
    "MultiRegionConsistency",
    "DisassociationProtectionEnabled",
}
MUST_DIFFER = {
    "TableName": "each label has a name of its own",
    "TableArn": "it holds the name; `${table}` stands for it in a resource policy",
    "TableId": "AWS gives each table one",
    "LatestStreamArn": "it holds the name, and the moment when the stream was turned on",
    "LatestStreamLabel": "the moment when the stream was turned on",
    "CreationDateTime": "a restored table is younger",
    "RestoreSummary": "only a restored table has one",
    "AlarmName": "it begins with the table's name",
    "EventSourceMapping.UUID": "Lambda gives each mapping one",
}
"""What two tables that carry the same settings never share, and why: it is not compared."""
MEASURED = {"TableSizeBytes", "ItemCount"}


def test_nothing_that_describe_table_answers_is_passed_over() -> None:
    """A setting that AWS adds one day would else be lost in a restore and called equal."""
    model = botocore.session.get_session().get_service_model("dynamodb")
    answered = set(model.shape_for("TableDescription").members)  # type: ignore[attr-defined]

    known = READ | REFUSED_WITH | OF_GLOBAL_TABLES | MEASURED
    assert answered == known | (MUST_DIFFER.keys() & answered)
