"""All that stands against a restore is said at once, before anything is started."""

from dataclasses import replace

import pytest

from restore.decide.preflight import preflight
from restore.decide.restore import StartRestore
from restore.decide.update import Nothing
from restore.model.errors import BlockedError, RestoreError, UsageError
from restore.model.facts import Facts, StackState
from restore.model.when import LATEST, When
from restore.table.holders import holders_of
from tests.support.memory.facts import NOW, facts, original, restored
from tests.support.memory.stack_facts import URN, observed, other


def refusal(whole: Facts, when: When = LATEST) -> RestoreError:
    with pytest.raises(RestoreError) as refused:
        preflight(whole, when, NOW, None)
    return refused.value


def test_where_nothing_stands_against_it_each_table_has_its_restore() -> None:
    found = preflight(observed(facts("serving"), facts("serving", restored())), LATEST, NOW, None)

    assert [type(each) for each in found] == [StartRestore, Nothing]


def test_a_global_table_is_refused_with_its_regions() -> None:
    """Its restore has no replicas, and clients in the other regions keep the bad data."""
    table = facts("serving", original(replicas=("us-east-1", "ap-south-1")))

    error = refusal(observed(table))

    assert isinstance(error, BlockedError)
    assert "restore-demo-original-table is a global table" in error.wrong
    assert "us-east-1, ap-south-1" in error.wrong
    assert error.untouched == "Nothing was started."
    assert "aws " not in error.fix  # no message prints a command that deletes


def test_a_table_that_cannot_be_read_is_not_said_to_lack_recovery() -> None:
    """AWS tells no window of it, which would look as if point-in-time recovery were off."""
    table = facts("serving", original(status="DELETING", window=None))

    assert refusal(observed(table)).wrong == "restore-demo-original-table is DELETING."


def test_a_table_without_its_retain_flag_stops_the_start_already() -> None:
    """Found only at adopt, the restore would have been made for nothing."""
    assert "restore-demo.original" in refusal(observed(facts("serving"), retained=False)).wrong


def test_a_table_of_a_teams_own_without_the_flag_stops_nothing() -> None:
    """The program does not declare it: its own fix would have been wrong for it."""
    theirs = StackState(retained={URN.replace("restore-demo.original", "orders"): False})
    whole = replace(observed(facts("serving")), state=theirs)

    assert [type(each) for each in preflight(whole, LATEST, NOW, None)] == [StartRestore]


def test_no_fix_for_the_flag_is_printed_where_the_table_is_held_under_another_urn() -> None:
    """The `pulumi up` that sets the flag would be the one that deletes the table."""
    elsewhere = URN.replace("restore-demo.original", "orders")
    held = holders_of({elsewhere: {"name": "restore-demo-original-table"}})
    state = StackState(retained={URN: False}, holders=held)

    error = refusal(replace(observed(facts("serving")), state=state))

    assert f"is in this stack as {elsewhere}" in error.wrong
    assert "which sets it" not in error.fix


def test_one_finding_is_told_as_it_is() -> None:
    error = refusal(observed(facts("serving", original(window=None))))

    assert error.wrong == "Point-in-time recovery is off on restore-demo-original-table."


def test_several_findings_are_one_refusal_that_names_each_with_its_fix() -> None:
    """One at a time, a team in an incident would find the third after the second hour."""
    off = facts("serving", original(window=None))
    far = other(facts("serving", original(replicas=("us-east-1",))))

    error = refusal(observed(off, far, retained=False))

    assert isinstance(error, BlockedError)
    assert error.wrong.startswith("3 things stand against it:")
    for part in ("retainOnDelete", "recovery is off", "is a global table"):
        assert part in error.wrong
    assert error.wrong.count("fix: ") == 3


def test_a_wrong_time_alone_is_wrong_usage_and_not_a_block() -> None:
    tables = (facts("serving"), other(facts("serving")))
    early = When(at=NOW.replace(year=2020))

    error = refusal(observed(*tables), early)

    assert isinstance(error, UsageError)
    assert error.wrong.startswith("2 things stand against it:")
