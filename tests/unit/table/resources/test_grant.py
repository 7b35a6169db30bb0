"""What a grant's policy document allows, and on what.

Not here: which labels it covers (test_declare_any_grant.py).
"""

import json
from typing import Any

import pytest

from restore.table.resources.grant import policy_document

ONE, TWO = "arn:aws:dynamodb:eu-west-1:1:table/one", "arn:aws:dynamodb:eu-west-1:1:table/two"


def statement(actions: list[str], *arns: str, indexed: bool) -> Any:
    document = json.loads(policy_document(actions, arns, indexed=indexed))
    assert document["Version"] == "2012-10-17"
    (only,) = document["Statement"]
    assert only["Effect"] == "Allow"
    return only


@pytest.mark.parametrize(
    ("actions", "reads_indexes"),
    [
        (["dynamodb:GetItem"], False),
        (["dynamodb:GetItem", "dynamodb:Query"], True),
        (["dynamodb:Scan"], True),
        (["dynamodb:PartiQLSelect"], True),
        (["dynamodb:*"], True),
        (["dynamodb:S*"], True),
        (["dynamodb:Quer?"], True),
        (["dynamodb:query"], True),
        (["dynamodb:Get*", "dynamodb:Batch*"], False),
    ],
)
def test_indexes_are_covered_where_an_action_reads_them(
    actions: list[str],
    reads_indexes: bool,  # noqa: FBT001
) -> None:
    """An index has an ARN of its own: a query on it would be denied, and only there."""
    indexes = [f"{ONE}/index/*"] if reads_indexes else []
    assert statement(actions, ONE, indexed=True)["Resource"] == [ONE, *indexes]


def test_a_table_without_indexes_has_no_index_to_cover() -> None:
    assert statement(["dynamodb:Query"], ONE, indexed=False)["Resource"] == [ONE]


def test_actions_stay_as_they_are_written() -> None:
    """In another order the document would be another version of the policy."""
    assert statement(["dynamodb:Scan", "dynamodb:GetItem"], ONE, indexed=False)["Action"] == [
        "dynamodb:Scan",
        "dynamodb:GetItem",
    ]


def test_the_order_of_tables_makes_no_difference() -> None:
    """A switch turns it around, and must change nothing but the parameter."""
    before = statement(["dynamodb:Query"], ONE, TWO, indexed=True)
    after = statement(["dynamodb:Query"], TWO, ONE, indexed=True)
    assert before == after
    assert after["Resource"] == [
        ONE,
        f"{ONE}/index/*",
        TWO,
        f"{TWO}/index/*",
    ]
