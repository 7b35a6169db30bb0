"""The rows of the design's table, and the past that an update of each leaves behind.

A past is named by the way to it: the configs deployed one after the other. `after` is what an
update does to the stack, in the engine's order: tables, grant, pointer, and at the very end the
deletes and the outputs. It can be killed after any of the first three.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from restore.table.config.parse import parse
from restore.table.decide import Declaration, decide
from restore.table.kinds import RESOURCE_POLICY
from restore.table.past import TablePast
from tests.support.configs.documents import TABLE, walk_through

ROWS: Mapping[str, dict[str, Any]] = {
    "serving": {},
    "adopted": {"adoptTables": ["restored"]},
    "prepared": {"standbyTables": ["restored"]},
    "switched": {"activeTable": "restored", "standbyTables": ["original"]},
    "dropped": {"activeTable": "restored"},
    "rolled-back": {"standbyTables": ["restored"], "rollbackFrom": "restored"},
    # After a rollback the same again: forward …
    "switched-again": {
        "activeTable": "restored",
        "standbyTables": ["original"],
        "rollbackFrom": "original",
    },
    # … and back.
    "rolled-back-again": {"standbyTables": ["restored"], "rollbackFrom": "restored:2"},
    # A second incident, after `dropped`.
    "adopted-2": {"activeTable": "restored", "adoptTables": ["restored-2"]},
    "prepared-2": {"activeTable": "restored", "standbyTables": ["restored-2"]},
    "switched-2": {"activeTable": "restored-2", "standbyTables": ["restored"]},
    "dropped-2": {"activeTable": "restored-2"},
    "rolled-back-2": {
        "activeTable": "restored",
        "standbyTables": ["restored-2"],
        "rollbackFrom": "restored-2",
    },
    # The first restore, already prepared, proves useless: a second one beside it.
    "beside": {"standbyTables": ["restored"], "adoptTables": ["restored-2"]},
    "switched-beside": {
        "activeTable": "restored-2",
        "standbyTables": ["original", "restored"],
    },
}

STOPS = ("tables", "grant", "pointer", "end")
"""The last thing that an update did before it was killed; `end` is an update not killed."""


def deploy(past: TablePast, row: Mapping[str, Any]) -> Declaration:
    """What the program declares where `row` is deployed over `past`.

    Raises:
        RefusedError: it declares nothing.
    """
    known = {TABLE: past} if past.known else {}
    (declaration,) = decide(parse(walk_through(**row)), known)
    return declaration


def after(past: TablePast, declared: Declaration, stop: str = "end") -> TablePast:
    """The past that an update of `declared` over `past` leaves."""
    names = {physical.label: physical.name for physical in declared.physical}
    if stop not in STOPS:
        raise ValueError(stop)
    denied = frozenset(physical.label for physical in declared.physical if physical.frozen)
    policies = frozenset((RESOURCE_POLICY, f"{TABLE}.{label}.policy") for label in denied)
    left = replace(past, physical={**past.physical, **names}, frozen=denied, hanging=policies)
    if stop == "tables":
        return left
    readable = frozenset(physical.name for physical in declared.physical if physical.configured)
    left = replace(left, policy=declared.policy, covered=readable)
    if stop == "grant":
        return left
    left = replace(left, parameter=declared.parameter, pointed=names[declared.active])
    if stop == "pointer":
        return left
    return replace(
        left,
        physical=names,
        exported={label: known.name for label, known in declared.known.items()},
        was_configured=frozenset(
            label for label, each in declared.known.items() if each.configured
        ),
        history=declared.history,
        tagged={label: frozenset(known.tags) for label, known in declared.known.items()},
    )


@cache
def past_by(way: str) -> TablePast:
    """The past at the end of `way`: rows with spaces between, `!` and a stop where one was killed.

    `serving switched!pointer` is a switch straight from serving, killed after the pointer's flip.
    """
    past = TablePast()
    for step in way.split():
        row, _, stop = step.partition("!")
        past = after(past, deploy(past, ROWS[row]), stop or "end")
    return past
