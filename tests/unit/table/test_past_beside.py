"""What hangs on a table, and what else a team declares beside it, as the past reads them.

Not here: tables, pointers and grants by themselves (test_past.py).
"""

from typing import Any

from restore.table.kinds import ALARM, SCALING_TARGET
from restore.table.past import TablePast
from restore.table.remembered import past_of

STACK = "urn:pulumi:sandbox::restore-demo::"
POLICY = {"name": "orders-read", "policy": '{"Statement": []}'}
ORDERS: dict[str, dict[str, Any]] = {
    f"{STACK}aws:dynamodb/table:Table::orders.original": {"name": "orders"},
    f"{STACK}aws:iam/policy:Policy::orders": POLICY,
    f"{STACK}aws:ssm/parameter:Parameter::orders": {"name": "/orders", "value": "orders"},
}


def orders(resources: dict[str, dict[str, Any]]) -> TablePast:
    return past_of(resources, {})["orders"]


def test_a_second_grant_is_not_taken_for_the_first_one() -> None:
    grant = f"{STACK}aws:iam/policy:Policy::orders.write"
    write = {grant: {"name": "orders-write", "policy": '{"Statement": []}'}}
    past = orders({**ORDERS, **write})
    assert (past.policy, past.write_policy) == ("orders-read", "orders-write")


def test_what_aws_moves_of_a_table_is_kept_and_the_rest_is_not() -> None:
    """Capacity is taken as it stands; a tag of the state would be taken for one of the config."""
    moved = {"readCapacity": 30, "globalSecondaryIndexes": [], "warmThroughput": None}
    urn = f"{STACK}aws:dynamodb/table:Table::orders.original"
    past = orders({**ORDERS, urn: {"name": "orders", "tags": {"a": "b"}, **moved}})
    assert past.held == {"original": moved}
    assert orders(ORDERS).held == {}


def test_what_hangs_on_a_label_is_known_by_its_type_and_name() -> None:
    hanging: dict[str, dict[str, Any]] = {
        f"{STACK}{ALARM}::orders.original.alarm.slow": {},
        f"{STACK}{SCALING_TARGET}::orders.restored.scaling.read": {},
        f"{STACK}{ALARM}::orders.copy.alarm.slow": {},
        f"{STACK}{ALARM}::orders.original": {},
        f"{STACK}{ALARM}::others.original.alarm.slow": {},
    }
    assert orders({**ORDERS, **hanging}).hanging == {
        (ALARM, "orders.original.alarm.slow"),
        (SCALING_TARGET, "orders.restored.scaling.read"),
    }


def test_what_a_team_declares_under_a_like_name_is_none_of_the_tables() -> None:
    """A parameter of theirs would be taken for the pointer, and its value for the active table."""
    theirs = {
        f"{STACK}aws:ssm/parameter:Parameter::orders.endpoint": {"name": "/url", "value": "https"},
        f"{STACK}aws:iam/policy:Policy::orders.audit": {**POLICY, "name": "audit"},
        f"{STACK}aws:dynamodb/table:Table::orders.audit": {"name": "audit"},
    }
    assert orders({**ORDERS, **theirs}) == orders({**theirs, **ORDERS}) == orders(ORDERS)
