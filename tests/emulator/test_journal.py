"""The journal and the window where they span days, which no test over HTTP can wait for.

The facts are AWS's: the developer guide's "Point-in-time backups for DynamoDB" and the API
reference's RecoveryPeriodInDays.
"""

from typing import TYPE_CHECKING

import pytest
from moto.dynamodb.models.dynamo_type import DynamoType, Item

from sandbox.emulator.dynamodb.errors import InvalidRestoreTimeError
from sandbox.emulator.dynamodb.journal import Journal
from sandbox.emulator.dynamodb.window import DAY, Recovery

if TYPE_CHECKING:
    from sandbox.emulator.dynamodb.journal import Key

NOW = 100 * DAY
KEY: "Key" = (DynamoType({"S": "one"}), None)


def item(state: str) -> Item:
    return Item(KEY[0], None, {"id": {"S": "one"}, "state": {"S": state}})


def test_the_state_at_each_moment() -> None:
    """A write at the very moment is in; the one after it is out."""
    first, second = item("first"), item("second")
    journal = Journal()
    journal.note(10, KEY, None)
    journal.note(20, KEY, first)
    journal.note(30, KEY, second)

    states = {moment: journal.as_of(moment, {}).get(KEY) for moment in (9, 10, 19, 20, 29, 30)}

    assert states == {9: None, 10: first, 19: first, 20: second, 29: second, 30: None}


def test_writes_of_one_moment_are_undone_together() -> None:
    """A transaction is at one moment; half of it must never be restored."""
    first = item("first")
    journal = Journal()
    journal.note(10, KEY, first)
    journal.note(10, KEY, item("between"))

    assert journal.as_of(9, {}) == {KEY: first}
    assert journal.as_of(10, {}) == {}


def test_a_clock_put_back_hides_no_write() -> None:
    """Entries are read from the newest back until one is old enough."""
    first = item("first")
    journal = Journal()
    journal.note(20, KEY, first)
    journal.note(15, KEY, item("second"))

    assert journal.as_of(19, {}) == {KEY: first}


def test_the_window_is_as_long_as_the_period() -> None:
    """Guide: 35 days, or as many as RecoveryPeriodInDays says."""
    recovery = Recovery(since=0)
    assert recovery.earliest(NOW) == NOW - 35 * DAY

    recovery.keep_for(7, NOW)
    assert recovery.earliest(NOW) == NOW - 7 * DAY
    with pytest.raises(InvalidRestoreTimeError):
        recovery.restore_point(NOW - 7 * DAY - 1, NOW, 0)
    assert recovery.restore_point(NOW - 7 * DAY, NOW, 0) == NOW - 7 * DAY


def test_a_longer_period_does_not_bring_back_what_a_shorter_one_dropped() -> None:
    """Backups that were dropped are gone; the window must not promise them."""
    recovery = Recovery(since=0)
    recovery.keep_for(7, NOW)
    recovery.keep_for(35, NOW)

    assert recovery.earliest(NOW) == NOW - 7 * DAY


def test_what_no_restore_needs_is_forgotten() -> None:
    """A sandbox may run for long; its memory must not grow with every write ever made."""
    recovery = Recovery(since=0)
    for day in range(100):
        recovery.journal.note(day * DAY, KEY, None)
        recovery.journal.forget(recovery.earliest(day * DAY))

    assert len(recovery.journal) == 35


def test_an_asked_time_is_cut_to_its_second() -> None:
    """Guide: a restore is to a second."""
    assert Recovery(since=0).restore_point(NOW - 0.4, NOW, 0) == NOW - 1
