"""The report as a person reads it, and as a script does."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from io import StringIO
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from tools.bench.measured import Run, Way
from tools.bench.report import (
    ENGINE_SHARE,
    FASTER_AFTER_THE_WAIT,
    FASTER_WITH_THE_WAIT,
    Bound,
    Growth,
    Report,
    Row,
)

WIDTH = 100
_OURS = "Work of `restore run`, divided by that of its previews and updates alone"
_BY_HAND = "From ACTIVE to the switch with the AWS CLI and `pulumi`, divided by the short way's"
_NOTICED = "The same, from the moment that ACTIVE was noticed"
LEGEND = """
One table; medians, in seconds. Cutover: from ACTIVE to the parameter's flip, which is how late
ACTIVE was noticed, and the rest, of which proof: what a spends on comparing AWS with the stack.
Work: from the first command to the end of the last, without the restore. Changed: the resources
that changed in the update that moved the clients. Requests: to AWS, by the engine and by others."""


def text_of(report: Report, facts: Mapping[str, Any]) -> str:
    """The report and what its figures depend on, as lines of text."""
    text = StringIO()
    console = Console(file=text, width=WIDTH, highlight=False, markup=False)
    for row in report.rows:
        console.print(f"{row.way:5} {row.way.says}")
    console.print(LEGEND)
    console.print(_rows(report.rows))
    if report.growth:
        console.print("What each further table adds.")
        console.print(_growth(report.growth))
    console.print(_bounds(report.bounds))
    console.print()
    for key, value in facts.items():
        console.print(f"{key:9} {value}", soft_wrap=True)
    lines = text.getvalue().splitlines()
    return "\n".join(line.rstrip() for line in lines)


def ratios_of(report: Report) -> str:
    """The three figures that sum it up, as a table of Markdown."""
    of = {row.way: row for row in report.rows}
    walk, run, short, bare = (of[way] for way in (Way.WALK, Way.RUN, Way.SHORT, Way.BARE))
    lines = (
        (_OURS, run.work / bare.work, f"at most {ENGINE_SHARE:g}×"),
        (_BY_HAND, walk.cutover / short.cutover, f"at least {FASTER_WITH_THE_WAIT:g}×"),
        (_NOTICED, walk.rest / short.rest, f"at least {FASTER_AFTER_THE_WAIT:g}×"),
    )
    return "\n".join(
        (
            "| compared | measured | bound |",
            "|---|---|---|",
            *(f"| {what} | {measured:.2f}× | {bound} |" for what, measured, bound in lines),
        )
    )


def as_json(report: Report, facts: Mapping[str, Any], runs: Sequence[Run]) -> dict[str, Any]:
    """The one object: the facts of the machine, the report, and every run that it is made of."""
    return {**facts, **asdict(report), "runs": [asdict(run) for run in runs]}


def _rows(rows: Sequence[Row]) -> Table:
    table = _table(
        "cutover", "late", "rest", "proof", "work", "previews", "updates", "changed", "requests"
    )
    for row in rows:
        seconds = (row.cutover, row.late, row.rest, row.proof)
        moved = [f"{each:.1f}" if row.cutover else "" for each in seconds]
        counts = (row.previews, row.updates, row.switched, row.requests)
        table.add_row(row.way, *moved, f"{row.work:.1f}", *map(str, counts))
    return table


def _growth(growth: Sequence[Growth]) -> Table:
    table = _table(
        "tables", "engine steps", "requests", "seconds", "a step", "engine's runs", "a run"
    )
    for each in growth:
        table.add_row(
            each.way,
            f"{each.fewer} to {each.more}",
            f"{each.steps:g}",
            f"{each.requests:.0f}",
            f"{each.seconds:.2f}",
            f"{each.seconds_a_step:.2f}",
            str(each.engine_runs),
            f"{each.seconds / each.engine_runs:.2f}",
        )
    return table


def _bounds(bounds: Sequence[Bound]) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 1))
    for each in bounds:
        met = "met" if each.met else "not met"
        table.add_row(each.what, f"bound {each.bound}", f"measured {each.measured}", met)
    return table


def _table(*columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("way")
    for each in columns:
        table.add_column(each, justify="right")
    return table
