"""What hangs on a table and is declared by the stack: no loss, even where it drifted."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from restore.settings.answers import Answers
from tests.support.answers.bare_table import BARE, BY_CUSTOMER, INDEXED, NAME, declared, lost
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

PROVISIONED = {
    "billingMode": "PROVISIONED",
    "readCapacity": 5,
    "writeCapacity": 5,
    "attributes": INDEXED["attributes"],
    "globalSecondaryIndexes": [BY_CUSTOMER | {"readCapacity": 5}],
}


@pytest.mark.parametrize(
    ("answers", "config"),
    [
        pytest.param(
            replace(BARE, alarms=[alarm(f"{NAME}-too-many")]),
            {
                "alarms": {
                    "too-many": {
                        "metricName": "ThrottledRequests",
                        "comparisonOperator": "GreaterThanThreshold",
                        "threshold": 9,
                        "evaluationPeriods": 2,
                        "period": 60,
                        "statistic": "Sum",
                    }
                }
            },
            id="alarm-by-its-name",
        ),
        pytest.param(
            replace(BARE, mappings=[MAPPING]),
            {
                "streamEnabled": True,
                "streamViewType": "KEYS_ONLY",
                "eventSourceMappings": {
                    "any": {
                        "functionName": MAPPING["FunctionArn"],
                        "startingPosition": "TRIM_HORIZON",
                    }
                },
            },
            id="mapping-by-its-function",
        ),
        pytest.param(
            replace(BARE, targets=[TARGET], scaling_policies=[TRACKING]),
            {
                **PROVISIONED,
                "autoScaling": {
                    "indexes": {"by-customer": {"write": {**SCALING, "maxCapacity": 9}}}
                },
            },
            id="scaling-by-its-dimension",
        ),
        pytest.param(
            replace(BARE, destinations=[{"StreamArn": STREAM, "DestinationStatus": "ACTIVE"}]),
            {"kinesisStreamingDestination": {"streamArn": STREAM}},
            id="kinesis-by-its-stream",
        ),
        pytest.param(
            replace(BARE, insights=[ON]), {"contributorInsights": {"enabled": True}}, id="insights"
        ),
        pytest.param(
            replace(BARE, policy=json.dumps(POLICY)),
            {"resourcePolicy": {"Statement": [{"Resource": "${table}"}]}},
            id="resource-policy",
        ),
    ],
)
def test_what_the_stack_declares_is_not_lost_even_where_it_drifted(
    answers: Answers, config: Mapping[str, Any]
) -> None:
    """A drift is fixed by the stack; named here, it would have been written twice."""
    assert lost(answers, declared(**config)) == []
