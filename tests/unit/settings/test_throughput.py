"""What a table and its indexes can take: provisioned, and at once."""

from typing import Any

import pytest

from restore.settings.document import document
from restore.settings.throughput import declared
from tests.support.answers.plain_table import INDEX, PROVISIONED, answers

COLD = {"ReadUnitsPerSecond": 12_000, "WriteUnitsPerSecond": 4_000}
WARM = {"ReadUnitsPerSecond": 20_000, "WriteUnitsPerSecond": 4_000}


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
def test_warm_throughput_is_declared_only_where_someone_raised_it(
    table: dict[str, Any], *, said: bool
) -> None:
    """AWS raises it by itself, and a lower one in the program would replace the table."""
    entry = declared(document(answers(table | {"GlobalSecondaryIndexes": [{**INDEX, **table}]})))

    assert ("warmThroughput" in entry) is said
    assert ("warmThroughput" in entry["globalSecondaryIndexes"][0]) is said
