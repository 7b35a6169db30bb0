"""Names of what a table brings with it: two policies, and an alarm for each label and key."""

from typing import Any

import pytest

from restore.table.config.parse import parse
from restore.table.config.problems import Problem
from tests.support.configs.documents import TABLE, entry, texts
from tests.support.configs.mistakes import AT, in_table, problems_of

ALARM = {
    "metricName": "SystemErrors",
    "comparisonOperator": "GreaterThanThreshold",
    "threshold": 0,
    "evaluationPeriods": 1,
    "period": 60,
    "statistic": "Sum",
}
NAMES = [
    in_table(
        {"writeActions": ["dynamodb:PutItem"], "writePolicyName": f"{TABLE}-read-policy"},
        "writePolicyName",
        f"'{TABLE}-read-policy' is the name of a second policy, see {AT}.policyName",
        "pulumi config set --path {path} <another name>",
        id="one-policy-for-reading-and-writing",
    ),
    pytest.param(
        {
            "tables": {
                "t" * 115: entry(writeActions=["dynamodb:PutItem"]),
                "u" * 116: entry(writeActions=["dynamodb:PutItem"]),
            }
        },
        Problem(
            f"tables.{'u' * 116}.writePolicyName",
            f"'{'u' * 116}-write-policy' is longer than the 128 characters that AWS allows",
            f"pulumi config set --path tables.{'u' * 116}.writePolicyName <a shorter name>",
        ),
        id="default-write-policy-name-too-long",
    ),
    in_table(
        {
            "names": {"original": "orders", "restored": "orders-restored"},
            "alarms": {"slow": ALARM, "restored-slow": ALARM},
        },
        "alarms.slow",
        f"'orders-restored-slow' is the name of a second alarm, see {AT}.alarms.restored-slow",
        "rename {path} to <another key> in the file where it stands",
        id="alarms-of-two-labels-with-one-name",
    ),
    in_table(
        {"names": {"original": "t" * 250}, "alarms": {"fine": ALARM, "too-long": ALARM}},
        "alarms.too-long",
        f"'{'t' * 250}-too-long' is longer than the 255 characters that AWS allows",
        "rename {path} to <a shorter key> in the file where it stands",
        id="alarm-name-too-long",
    ),
]


@pytest.mark.parametrize(("document", "expected"), NAMES)
def test_a_name_that_is_not_to_be_had_is_one_problem(
    document: dict[str, Any], expected: Problem
) -> None:
    """CloudWatch overwrites an alarm of the same name: one of two tables would be watched."""
    assert problems_of(document) == (expected,)


def test_alarms_of_one_key_on_several_labels_have_names_of_their_own() -> None:
    document = {"tables": {TABLE: entry(alarms={"slow": ALARM}, standbyTables=["restored"])}}
    assert parse(texts(document))


def test_a_name_for_a_second_policy_that_there_is_not_is_in_nobodys_way() -> None:
    keys = {"writePolicyName": f"{TABLE}-read-policy"}
    (table,) = parse(texts({"tables": {TABLE: entry(**keys)}})).tables
    assert table.write_policy is None
