"""What the engine answers, and the past that is read from it.

The answers have the shape of the engine's own (resources: URN → outputs; outputs of the stack).
"""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from restore.table.past import TablePast, logical_name
from restore.table.remembered import past_of

ARN = "arn:aws:dynamodb:us-east-1:123456789012:table/"
STACK = "urn:pulumi:sandbox::restore-demo::"
ROOT: dict[str, dict[str, Any]] = {f"{STACK}pulumi:pulumi:Stack::restore-demo-sandbox": {}}


def table(key: str, label: str, name: str | None = None) -> dict[str, dict[str, Any]]:
    urn = f"{STACK}aws:dynamodb/table:Table::{logical_name(key, label)}"
    name = name or f"{key}-{label}-table"
    return {urn: {"name": name, "arn": ARN + name}}


def parameter(key: str, value: str) -> dict[str, dict[str, Any]]:
    urn = f"{STACK}aws:ssm/parameter:Parameter::{key}"
    return {urn: {"name": f"{key}-table-name", "value": value, "version": 1}}


def policy(key: str, statements: Any) -> dict[str, dict[str, Any]]:
    document = json.dumps({"Version": "2012-10-17", "Statement": statements})
    return {
        f"{STACK}aws:iam/policy:Policy::{key}": {"name": f"{key}-read-policy", "policy": document}
    }


def allow(resource: str | Sequence[str]) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": ["dynamodb:GetItem"], "Resource": resource}


def exported(key: str, history: list[str], *labels: str) -> dict[str, Any]:
    names = {label: {"name": f"{key}-{label}-table", "arn": ARN} for label in labels}
    known = {label: {"name": f"{key}-{label}-table", "furnished": True} for label in labels}
    return {key: {"active": history[-1], "history": history, "labels": names, "known": known}}


ORIGINAL, RESTORED = "restore-demo-original-table", "restore-demo-restored-table"
WHOLE = {
    **ROOT,
    **table("restore-demo", "original"),
    **table("restore-demo", "restored"),
    **policy("restore-demo", [allow([ARN + ORIGINAL, ARN + RESTORED])]),
    **parameter("restore-demo", RESTORED),
}


def test_the_urn_of_a_table_is_its_key_and_its_label() -> None:
    """State that older versions of the program wrote has to be found again."""
    assert f"{STACK}aws:dynamodb/table:Table::restore-demo.original" in WHOLE


@pytest.mark.parametrize("resources", [{}, ROOT], ids=["never-deployed", "only-the-stack-itself"])
@pytest.mark.parametrize("outputs", [{}, {"tables": {}}, {"tables": None}, {"other": 1}])
def test_a_stack_that_holds_nothing_knows_no_table(
    resources: dict[str, Any], outputs: dict[str, Any]
) -> None:
    assert past_of(resources, outputs) == {}


def test_a_complete_update_is_read_from_resources_and_outputs() -> None:
    outputs = {"tables": exported("restore-demo", ["original", "restored"], "restored", "original")}
    assert past_of(WHOLE, outputs) == {
        "restore-demo": TablePast(
            physical={"original": ORIGINAL, "restored": RESTORED},
            arns={"original": ARN + ORIGINAL, "restored": ARN + RESTORED},
            exported={"original": ORIGINAL, "restored": RESTORED},
            pointed=RESTORED,
            parameter="restore-demo-table-name",
            policy="restore-demo-read-policy",
            covered=frozenset({ORIGINAL, RESTORED}),
            history=("original", "restored"),
            was_configured=frozenset({"original", "restored"}),
        )
    }


def test_a_first_update_killed_after_the_table_has_the_table() -> None:
    past = past_of({**ROOT, **table("restore-demo", "original")}, {})
    made = TablePast(physical={"original": ORIGINAL}, arns={"original": ARN + ORIGINAL})
    assert past == {"restore-demo": made}
    assert past["restore-demo"].known


def test_a_first_update_killed_after_the_policy_has_table_and_policy() -> None:
    resources = {
        **table("restore-demo", "original"),
        **policy("restore-demo", [allow([ARN + ORIGINAL])]),
    }
    assert past_of(resources, {}) == {
        "restore-demo": TablePast(
            physical={"original": ORIGINAL},
            arns={"original": ARN + ORIGINAL},
            policy="restore-demo-read-policy",
            covered=frozenset({ORIGINAL}),
        )
    }


def test_a_pointer_newer_than_the_outputs_is_read_beside_them() -> None:
    """The update was killed after the flip: the two differ, and nobody may be lost."""
    outputs = {"tables": exported("restore-demo", ["original"], "original")}
    past = past_of(WHOLE, outputs)["restore-demo"]
    assert past.pointed == RESTORED
    assert past.history == ("original",)
    assert past.exported == {"original": ORIGINAL}


def test_a_table_known_to_the_outputs_alone_is_known() -> None:
    """All resources were deleted by hand and refreshed away."""
    past = past_of(ROOT, {"tables": exported("restore-demo", ["original"], "original")})
    assert past["restore-demo"].known
    assert past["restore-demo"].physical == {}


def test_a_table_known_to_its_pointer_and_grant_alone_is_known() -> None:
    past = past_of(
        {**policy("restore-demo", allow(ARN + ORIGINAL)), **parameter("restore-demo", ORIGINAL)}, {}
    )
    assert past["restore-demo"].known


def test_what_else_a_team_declares_is_no_table_of_ours() -> None:
    """A parameter of their own must not be refused as a table that was forgotten."""
    past = past_of({**parameter("theirs", "anything"), **policy("theirs", allow("*"))}, {})
    assert not past["theirs"].ours


@pytest.mark.parametrize(
    "tables",
    [
        "arn:aws:dynamodb:…",
        ["orders", "carts"],
        {"orders": "arn:aws:dynamodb:…"},
        {"orders": {"name": "orders", "arn": "…"}},
        {"orders": {"history": ["v1"]}},
        {"orders": {"history": ["original"], "known": ["original"]}},
        {"orders": {"history": ["original"], "known": {"original": "orders"}}},
    ],
)
def test_a_teams_own_output_called_tables_is_no_past(tables: Any) -> None:
    """It was a traceback in the program and in every verb, and no update could end it."""
    assert past_of(ROOT, {"tables": tables}) == {}


def test_a_teams_own_policy_without_a_document_is_read_without_an_error() -> None:
    urn = f"{STACK}aws:iam/policy:Policy::orders"
    past = past_of({urn: {"name": "theirs"}, f"{STACK}aws:ssm/parameter:Parameter::orders": {}}, {})
    assert past["orders"].policy == "theirs"
    assert not past["orders"].ours


def test_a_table_that_nobody_has_heard_of_is_not_known() -> None:
    assert not TablePast().known


@pytest.mark.parametrize(
    ("statements", "covered"),
    [
        pytest.param([allow(ARN + ORIGINAL)], {ORIGINAL}, id="one-text"),
        pytest.param(allow([ARN + ORIGINAL]), {ORIGINAL}, id="one-statement-without-a-list"),
        pytest.param(
            [allow(ARN + ORIGINAL), allow(f"{ARN}{RESTORED}/index/by-owner")],
            {ORIGINAL, RESTORED},
            id="two-statements-one-with-an-index",
        ),
        pytest.param(
            [{"Effect": "Allow", "NotResource": ARN + ORIGINAL}], set(), id="not-resource"
        ),
    ],
)
def test_the_tables_of_a_grant_are_read_in_every_form_that_iam_takes(
    statements: Any, covered: set[str]
) -> None:
    """A person edited it, or it was adopted, and the update was killed before it was fixed."""
    resources = {**table("restore-demo", "original"), **policy("restore-demo", statements)}
    assert past_of(resources, {})["restore-demo"].covered == covered


@pytest.mark.parametrize("late", ["restore-demo", "restore-demo.write"])
def test_a_table_is_covered_once_both_grants_cover_it(late: str) -> None:
    """An update that ended between the two: an application that writes would be denied."""
    both, one = [allow([ARN + ORIGINAL, ARN + RESTORED])], [allow(ARN + ORIGINAL)]
    resources = {**WHOLE, **policy("restore-demo", both), **policy("restore-demo.write", both)}
    whole = past_of(resources, {})["restore-demo"]
    assert whole.covered == {ORIGINAL, RESTORED}
    assert whole.half_covered == set()

    past = past_of({**resources, **policy(late, one)}, {})["restore-demo"]
    assert past.covered == {ORIGINAL}
    assert past.half_covered == {RESTORED}
    assert past.configured == {"original", "restored"}  # a grant is widened once all else is there


def test_several_tables_are_told_apart() -> None:
    """`orders` is the start of `orders-archive`: only a whole key is the key."""
    resources = {
        **table("orders", "original"),
        **table("orders-archive", "original"),
        **table("orders-archive", "restored-2"),
        **parameter("orders", "orders-original-table"),
        **parameter("orders-archive", "orders-archive-original-table"),
        **policy("orders", [allow(ARN + "orders-original-table")]),
    }
    outputs = {"tables": exported("orders-archive", ["original"], "original")}
    past = past_of(resources, outputs)
    assert list(past) == ["orders", "orders-archive"]
    assert past["orders"].physical == {"original": "orders-original-table"}
    assert past["orders"].covered == {"orders-original-table"}
    assert past["orders"].history == ()
    assert list(past["orders-archive"].physical) == ["original", "restored-2"]
    assert past["orders-archive"].policy is None
    assert past["orders-archive"].history == ("original",)


def test_resources_of_other_types_are_none_of_our_tables() -> None:
    alarm = {f"{STACK}aws:cloudwatch/metricAlarm:MetricAlarm::orders.throttles": {"name": "x"}}
    child = {f"{STACK}my:app:Shop$aws:dynamodb/table:Table::orders.original": {"name": "t"}}
    assert past_of(alarm, {}) == {}
    assert past_of({**alarm, **child}, {}) == {"orders": TablePast(physical={"original": "t"})}
