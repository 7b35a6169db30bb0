"""Reads folded into a report, and what it means for the run."""

from datetime import timedelta
from typing import Any

import pytest

from restore.decide.probe import (
    key_of,
    pause,
    refuse_the_end,
    refuse_to_begin,
    refuse_to_drop,
    sides,
)
from restore.decide.probed import Probed, Read, Seen
from restore.model.command import Scope
from restore.model.errors import BlockedError, DifferencesError
from restore.table.config.settings import TableSettings
from tests.support.configs.positions import TO_DROPPED, TO_PREPARED, TO_ROLLED_BACK, TO_SWITCHED
from tests.support.memory.facts import facts, name
from tests.support.memory.probes import AT, DENIED, probed

ORDERS = Scope("", "--table orders", apart=True)


def second(number: int) -> str:
    return (AT + timedelta(seconds=number)).isoformat()


@pytest.mark.parametrize(
    ("reads", "figures"),
    [
        pytest.param([], (0, 0, None, None, None), id="nothing-read"),
        pytest.param([("old", None)] * 3, (3, 0, None, second(2), None), id="never-switched"),
        pytest.param([("new", None)] * 3, (3, 0, None, None, second(0)), id="switched-before"),
        pytest.param(
            [("old", None), ("new", None), ("old", None), ("new", None)],
            (4, 0, None, second(2), second(1)),
            id="a-cached-name-outlives-the-switch",
        ),
        pytest.param(
            [("old", None), ("new", DENIED), ("new", "gone"), ("new", None)],
            (4, 2, second(1), second(0), second(3)),
            id="a-failed-read-is-no-read-of-a-table",
        ),
        pytest.param([(None, DENIED)], (1, 1, second(0), None, None), id="no-pointer"),
        pytest.param([("third", None)], (1, 0, None, None, None), id="somewhere-else"),
    ],
)
def test_reads_are_counted_and_the_two_that_matter_are_kept(
    reads: list[tuple[str | None, str | None]], figures: tuple[Any, ...]
) -> None:
    shown = probed(*reads).tables["orders"].fields()
    failure = shown["firstFailure"]
    assert figures == (
        shown["requests"],
        shown["failures"],
        failure and failure["at"],
        shown["lastOld"],
        shown["firstNew"],
    )


def test_the_first_failure_says_who_asked_for_what_and_was_told_what() -> None:
    """A count alone does not tell a missing grant from a network that was down for a moment."""
    shown = probed(("old", None), ("old", DENIED), ("new", "later")).tables["orders"].fields()
    assert shown["firstFailure"] == {
        "at": second(1),
        "name": "old",
        "cacheSeconds": 60,
        "error": DENIED,
    }


def test_each_table_is_counted_for_itself() -> None:
    two = Probed({"orders": Seen("old", "new"), "carts": Seen("a", "b")})
    two = two.after(Read(AT, "carts", "a", 0)).after(Read(AT, "carts", "b", 0, DENIED))
    assert [(each.requests, each.failures) for each in two.tables.values()] == [(0, 0), (2, 1)]
    assert two.failures == 1


def test_a_line_says_what_a_person_wants_to_know() -> None:
    (line,) = probed(("old", None), ("new", None), ("old", None)).lines
    assert line == (
        "probe of orders: 3 requests, 0 failed;"
        " last read of old 14:02:02.000, first of new 14:02:01.000"
    )
    (line,) = probed().lines
    assert line.endswith("last read of old never, first of new never")


@pytest.mark.parametrize(
    ("way", "between"),
    [
        pytest.param(TO_PREPARED, ("original", "restored"), id="before-the-switch"),
        pytest.param(TO_SWITCHED, ("original", "restored"), id="after-it"),
        pytest.param("", None, id="undeployed"),
        pytest.param("serving", None, id="serving"),
        pytest.param("serving adopted", None, id="adopted"),
        pytest.param(TO_ROLLED_BACK, None, id="rolled-back"),
        pytest.param(TO_DROPPED, None, id="dropped"),
    ],
)
def test_clients_are_taken_from_one_table_to_the_other(
    way: str, between: tuple[str, str] | None
) -> None:
    assert sides(facts(way, row="serving" if not way else None), None) == (
        between and tuple(name(label) for label in between)
    )


def test_a_probe_reads_by_a_key_of_the_types_that_the_table_has() -> None:
    """DynamoDB refuses a key that lacks an attribute or has one of another type."""
    types = {"at": "N", "id": "S", "indexed": "B"}
    attributes = [{"name": attribute, "type": type_} for attribute, type_ in types.items()]

    def key(**keys: str) -> dict[str, dict[str, Any]]:
        return key_of(TableSettings.model_validate({**keys, "attributes": attributes}))

    assert key(hashKey="id", rangeKey="at") == {"id": {"S": "restore-probe"}, "at": {"N": "0"}}
    assert key(hashKey="indexed") == {"indexed": {"B": b"restore-probe"}}


@pytest.mark.parametrize(("tables", "a_second"), [(1, 5), (2, 10), (4, 20), (50, 20)])
def test_the_rate_has_a_bound_for_each_table_and_one_for_all(tables: int, a_second: int) -> None:
    """GetParameter's quota is shared with the applications that are to notice nothing."""
    assert 1 / pause(tables) == pytest.approx(a_second)


def test_reads_that_fail_before_anything_moved_stop_the_run_there() -> None:
    """A profile without the grant would look like a switch that fails everybody."""
    refuse_to_begin(probed(("old", None)), set(), Scope())
    with pytest.raises(BlockedError, match="cannot read before anything moves") as blocked:
        refuse_to_begin(probed((None, DENIED)), set(), Scope())
    first = "at 14:02:00.000 on the parameter of orders, by a client that keeps the name for 0 s"
    assert f"{first}: {DENIED}. No client was moved." in str(blocked.value)


def test_a_failure_by_the_end_of_the_drain_stops_before_the_drop() -> None:
    """Until the drop both tables are there for clients, and so is the way back."""
    refuse_to_drop(probed(("old", None), ("new", None)), Scope())
    with pytest.raises(BlockedError, match="1 of 2 requests fail") as blocked:
        refuse_to_drop(probed(("old", None), ("new", DENIED)), ORDERS)
    assert "Nothing was dropped" in str(blocked.value)
    assert blocked.value.fix.endswith(": python -m restore rollback --table orders")


def test_reads_that_fail_once_clients_were_moved_lead_back_and_not_on() -> None:
    """The same run again: leaving the probe out would drop the table that still serves."""
    with pytest.raises(BlockedError, match="2 of 2 requests fail") as blocked:
        refuse_to_begin(probed(("new", DENIED), ("new", DENIED)), {"orders"}, Scope())
    assert blocked.value.fix == (
        "correct what the reads say, then the same command; or, to take clients back to the old"
        " table: python -m restore rollback"
    )
    assert "clients may use both tables" in blocked.value.untouched


@pytest.mark.parametrize("reads", [[], [("old", None)] * 5, [("third", None)]])
def test_a_probe_that_never_read_the_new_table_is_no_proof(
    reads: list[tuple[str | None, str | None]],
) -> None:
    """No failure among no reads must not pass for well."""
    with pytest.raises(BlockedError, match="was never led to new"):
        refuse_to_drop(probed(*reads), Scope())


def test_a_failure_after_the_drop_is_told_as_a_difference() -> None:
    refuse_the_end(probed(("new", None)), Scope())
    with pytest.raises(DifferencesError, match="1 of 2 requests fail, the first one at 14:02:01"):
        refuse_the_end(probed(("new", None), ("old", DENIED)), Scope())
