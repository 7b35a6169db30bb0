"""What hangs on a table, by the names that the config has for it: alarms, scaling, functions."""

from restore.settings.document import document
from restore.table.config.document import TableEntry
from tests.support.answers.plain_table import (
    KINESIS,
    PROVISIONED,
    alarm,
    answers,
    mapping,
    scaling,
)


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
