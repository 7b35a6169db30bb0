"""Losses as lines of the stack config: one that is long, and several written once."""

from dataclasses import replace

from restore.plan.losses.loss import lines, merged
from tests.support.answers.bare_table import BARE, only
from tests.support.answers.dependents import alarm
from tests.support.configs.documents import TABLE


def test_what_is_long_is_given_as_lines_to_write() -> None:
    loss = only(replace(BARE, alarms=[alarm("too-many")]))

    assert loss.in_lines
    assert loss.todo.splitlines()[:4] == [
        "restore-demo:tables:",
        f"  {TABLE}:",
        "    alarms:",
        "      too-many:",
    ]


def test_lists_and_maps_of_several_losses_are_written_once() -> None:
    assert merged([{"a": {"b": [1]}}, {"a": {"b": [1, 2], "c": 3}}]) == {"a": {"b": [1, 2], "c": 3}}
    assert lines(TABLE, {"a": {"b": [1]}}).splitlines()[2:] == ["    a:", "      b:", "        - 1"]
