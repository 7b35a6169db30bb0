"""What DescribeTable answers: none of it is passed over, and some of it cannot be declared."""

from typing import Any

import botocore.session
import pytest

from restore.model.errors import BlockedError
from restore.settings.document import document
from tests.support.answers.plain_table import INDEX, answers

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
