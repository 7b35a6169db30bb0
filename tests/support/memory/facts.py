"""Facts to start a test from: where the walk-through's table stands after some updates.

A way is what `past_by` of tests/support/configs/transitions.py takes, the rows deployed one after
the other, and may hold the further rows below.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from restore.model.facts import LiveTable, Origin, TableFacts, Window
from restore.table.config.parse import parse
from restore.table.config.resolved import TableConfig
from restore.table.past import TablePast
from tests.support.configs.documents import walk_through
from tests.support.configs.positions import TO_DROPPED, TO_PREPARED
from tests.support.configs.transitions import ROWS, after, deploy

WAYS: Mapping[str, Mapping[str, Any]] = {
    **ROWS,
    # The first restore proved useless before it was adopted: the second one takes its place.
    "prepared-other": {"standbyTables": ["restored-2"]},
    "switched-other": {"activeTable": "restored-2", "standbyTables": ["original"]},
    "rolled-back-other": {"standbyTables": ["restored-2"], "rollbackFrom": "restored-2"},
    # The first restore given up, then taken up once more after the second was left again.
    "beside-prepared": {"standbyTables": ["restored", "restored-2"]},
    "rolled-back-beside": {
        "standbyTables": ["restored", "restored-2"],
        "rollbackFrom": "restored-2",
    },
    "switched-to-first": {
        "activeTable": "restored",
        "standbyTables": ["original", "restored-2"],
    },
    # Nobody may write to the original while the restore runs.
    "frozen": {"frozenTables": ["original"]},
    "adopted-frozen": {"adoptTables": ["restored"], "frozenTables": ["original"]},
    "prepared-frozen": {"standbyTables": ["restored"], "frozenTables": ["original"]},
    "switched-frozen": {
        "activeTable": "restored",
        "standbyTables": ["original"],
        "frozenTables": ["original"],
    },
    # A second incident before the first was dropped, and a restore beside it.
    "prepared-3": {
        "activeTable": "restored-2",
        "standbyTables": ["restored", "restored-3"],
    },
}

NOW = datetime(2026, 1, 31, 15, 0, tzinfo=UTC)
POINT = datetime(2026, 1, 31, 14, 2, tzinfo=UTC)
WINDOW = Window(NOW - timedelta(days=35), NOW - timedelta(minutes=5))

TO_BESIDE = f"{TO_PREPARED} beside"
TO_SWITCHED_2 = f"{TO_DROPPED} adopted-2 prepared-2 switched-2"


def name(label: str) -> str:
    """The DynamoDB name of `label`."""
    return f"restore-demo-{label}-table"


def arn(label: str) -> str:
    return f"arn:aws:dynamodb:eu-west-1:123456789012:table/{name(label)}"


def original(**changed: Any) -> LiveTable:
    """The table that was there first."""
    whole = LiveTable(name("original"), arn("original"), "ACTIVE", window=WINDOW)
    return replace(whole, **changed)


def restored(  # noqa: PLR0913 - one for each thing that a restored table can be
    label: str = "restored",
    *,
    source: str = "original",
    at: datetime = POINT,
    status: str = "ACTIVE",
    in_progress: bool = False,
    window: Window | None = None,
    backup: str | None = None,
) -> LiveTable:
    """A table that was restored from the one of `source`; bare, as a restore leaves it."""
    origin = Origin(arn(source), at, in_progress, backup)
    return LiveTable(name(label), arn(label), status, origin, window)


def restoring(label: str = "restored", *, source: str = "original") -> LiveTable:
    return restored(label, source=source, status="CREATING", in_progress=True)


def config_of(row: str) -> TableConfig:
    (config,) = parse(walk_through(**WAYS[row])).tables
    return config


def past_by(way: str) -> TablePast:
    """The past at the end of `way`, `!` before a stop where an update was killed."""
    past = TablePast()
    for step in way.split():
        row, _, stop = step.partition("!")
        past = after(past, deploy(past, WAYS[row]), stop or "end")
    return past


def facts(way: str, *more: LiveTable, row: str | None = None, **changed: Any) -> TableFacts:
    """The facts after `way`, with every label of the state in AWS.

    Args:
        way: The rows that were deployed.
        more: Further tables in AWS, or others in the place of those.
        row: The row that the config holds, where it is not the last one deployed.
        changed: Fields of the facts that differ from what the way leads to. `gone` takes labels
            whose tables were deleted by hand.
    """
    past, gone = past_by(way), changed.pop("gone", ())
    last = way.rsplit(maxsplit=1)[-1].partition("!")[0] if way else "serving"
    live = {
        label: original() if label == "original" else _restored_in_order(label, past.history)
        for label in past.physical
    }
    live |= {
        table.name.removeprefix("restore-demo-").removesuffix("-table"): table for table in more
    }
    fields = {
        "config": config_of(row or last),
        "past": past,
        "live": {label: table for label, table in live.items() if label not in gone},
        "pointer": past.pointed,
    }
    return TableFacts(**{**fields, **changed})


def _restored_in_order(label: str, history: tuple[str, ...]) -> LiveTable:
    """The first restore came from the original, the second from the first where that took over."""
    second = label == "restored-2" and "restored" in history
    return restored(label, source="restored" if second else "original", window=WINDOW)
