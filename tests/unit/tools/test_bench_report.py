"""The bench's arithmetic: a benchmark that folds its figures wrongly persuades with them."""

import re
from dataclasses import replace
from typing import Any

import pytest

from tests.support.pages.page import BENCHMARKS, README
from tools.bench.lengths import lengths
from tools.bench.measured import Call, Cutover, Run, Way, cutover, engine_runs, switching
from tools.bench.page import with_figures, with_ratios
from tools.bench.report import Bound, Report, report
from tools.bench.shown import ratios_of, text_of

ENGINE = ("preview", "up", "preview")
RUN = Run(Way.RUN, 1, 30, 60, ENGINE * 4, steps=6, switched=1, requests=370)
ROUND = (
    replace(RUN, way=Way.WALK, seconds=50, cutover=Cutover(10, 8, proof=2)),
    replace(RUN, cutover=Cutover(0.5, 20)),
    replace(RUN, way=Way.SHORT, seconds=35, cutover=Cutover(0.2, 3)),
    replace(RUN, way=Way.BARE, restore_seconds=0, seconds=24, cutover=None),
)


def sized(way: Way, tables: int, seconds: float, requests: int) -> Run:
    return replace(
        RUN, way=way, tables=tables, seconds=seconds, requests=requests, steps=tables * 6
    )


def bound(folded: Report, what: str) -> Bound:
    (found,) = (each for each in folded.bounds if what in each.what)
    return found


def call(at: float, action: str, status: int = 200, **params: str) -> Call:
    return {"at": at, "action": action, "status": status, "params": params}


def test_the_restore_itself_is_nobodys_work() -> None:
    """It takes twenty minutes on AWS, anyone who asked: counted in, all ways would look alike."""
    folded = report(ROUND, ())
    assert bound(folded, "restore, by the bare engine") == Bound(
        "b without the restore, by the bare engine", "≤ 1.5×", "1.25×", met=True
    )


def test_the_wait_is_told_apart_from_the_rest_of_the_cutover() -> None:
    """Most of what the short way wins over a 20 s waiter is the waiter, and that is to be seen."""
    folded = report(ROUND, ())
    assert bound(folded, "without the wait").measured == "2.67×"
    assert bound(folded, "a's proof").measured == "2.00×"
    assert bound(folded, "with the wait").measured == "5.62×"


def test_the_figure_of_a_way_is_its_median() -> None:
    """One round beside someone's build must not decide."""
    slow = replace(ROUND[2], cutover=Cutover(0.3, 60), requests=999)
    (short,) = (row for row in report((*ROUND, slow, *ROUND), ()).rows if row.way is Way.SHORT)
    assert (short.runs, short.rest, short.late, short.requests) == (3, 3, 0.2, 370)


def test_the_latest_look_at_an_active_table_is_what_counts() -> None:
    """A median hides the night on which the wait slept."""
    slept = replace(ROUND[1], cutover=Cutover(4, 20))
    assert bound(report((*ROUND, slept, *ROUND), ()), "noticed") == Bound(
        "ACTIVE noticed by b and c, at worst, after", "≤ 1 s", "4.00 s", met=False
    )


@pytest.mark.parametrize(
    ("requests", "met"), [((370, 3_520, 17_520), True), ((370, 3_520, 35_000), False)]
)
def test_what_a_further_table_adds_is_the_same_at_every_size_or_said_not_to_be(
    requests: tuple[int, ...], met: object
) -> None:
    """What is asked once for each pair of tables shows only here, before a team has 50 of them."""
    sizes = [
        sized(Way.RUN, n, 60 + n, asked) for n, asked in zip((1, 10, 50), requests, strict=True)
    ]
    folded = report(ROUND, sizes)
    assert bound(folded, "engine steps") == Bound(
        "b, each further table: engine steps", "constant", "6, 6", met=True
    )
    assert bound(folded, "AWS requests").met is met


def test_seconds_are_told_for_each_step_and_for_all_of_them() -> None:
    """A step of six may take a sixth; anyone who waits for the last one waits for all."""
    sizes = [sized(Way.RUN, n, 60 + 2.4 * n, 370 * n) for n in (1, 10)]
    folded = report(ROUND, sizes)
    assert bound(folded, "seconds a step") == Bound(
        "b, each further table: seconds a step", "≤ 0.5 s", "0.40 s", met=True
    )
    assert bound(folded, "seconds in all") == Bound(
        "b, each further table: seconds in all", "≤ 0.5 s", "2.40 s", met=False
    )


def test_what_the_runbook_adds_for_a_table_is_told_beyond_what_the_engine_adds() -> None:
    """A few tables' difference is chance: from the fewest to the most."""
    ours = [sized(Way.RUN, n, seconds, 0) for n, seconds in ((1, 60), (10, 78), (50, 158))]
    alone = [sized(Way.BARE, n, seconds, 0) for n, seconds in ((1, 50), (10, 59), (50, 99))]
    assert bound(report(ROUND, [*ours, *alone]), "beyond the engine's") == Bound(
        "b, each further table: seconds beyond the engine's", "≤ 0.5 s", "1.00 s", met=False
    )


def test_the_moments_of_a_cutover_are_read_from_the_calls() -> None:
    """Whoever asks, and whatever else is asked meanwhile; a parameter made earlier is no flip."""
    calls = [
        call(90, "PutParameter", Name="name"),
        call(100, "RestoreTableToPointInTime", TargetTableName="t"),
        call(101, "DescribeTable", TableName="t"),
        call(130.5, "DescribeTable", status=400, TableName="t"),
        call(130.7, "DescribeTable", TableName="another"),
        call(131, "DescribeTable", TableName="t"),
        call(132, "PutParameter", Name="another"),
        call(136, "PutParameter", Name="name"),
    ]
    assert cutover(calls, "t", "name", 30, proof=2) == Cutover(late=1, rest=5, proof=2)
    assert cutover(calls, "t", "name", 30).seconds == 6


def test_an_up_that_previews_first_counts_as_both() -> None:
    """Else the way that types less would seem to ask less of the engine."""
    commands = [
        "config set activeTable restored",
        "up --yes --non-interactive",
        "--non-interactive preview --refresh",
        "up --yes --skip-preview",
        "stack history --json",
    ]
    assert engine_runs(commands) == ("preview", "up", "preview", "up")


def test_the_update_that_moves_the_clients_is_the_first_that_makes_the_label_active() -> None:
    """A later update has the same active label, and drops."""
    key = "restore-demo:activeTable"
    active = {"config": {key: {"value": "restored"}}}
    updates: list[dict[str, Any]] = [
        {"config": {}, "resourceChanges": {"import": 1, "same": 4}},
        {**active, "resourceChanges": {"update": 1, "same": 5}},
        {**active, "resourceChanges": {"update": 1, "delete": 1, "same": 3}},
    ]
    assert switching(updates, key, "restored") == 1


def test_each_part_of_the_span_gives_one_length_and_a_seed_gives_the_same_ones() -> None:
    """A waiter's lateness is read from few rounds; a figure that cannot be made again is none."""
    found = lengths(4, 20, 40, seed=7)
    assert [int((each - 20) // 5) for each in sorted(found)] == [0, 1, 2, 3]
    assert found == lengths(4, 20, 40, seed=7)


def test_the_page_shows_the_figures_of_one_run_with_what_they_depend_on() -> None:
    """Figures that were typed in are those of another day, or of nobody's machine."""
    text = text_of(report(ROUND, ()), {"date": "2026-11-24", "cores": 2})
    page = with_figures(BENCHMARKS.read_text(), text)

    assert f"\n```text\n{text}\n```\n" in page
    assert with_figures(page, text) == page
    assert re.search(r"^ ?b +20\.5 +0\.5 +20\.0 +0\.0 +30\.0 +8 +4 +1 +370$", text, re.MULTILINE)
    assert re.search(r"bare engine +bound ≤ 1\.5× +measured 1\.25× +met$", text, re.MULTILINE)
    assert text.endswith("date      2026-11-24\ncores     2")


def test_the_readme_shows_the_three_ratios_of_the_same_run() -> None:
    """A README that quotes another run than the page that it links to is wrong about one."""
    page = with_ratios(README.read_text(), ratios_of(report(ROUND, ())))

    assert with_ratios(page, ratios_of(report(ROUND, ()))) == page
    assert "updates alone | 1.25× | at most 1.5× |\n" in page
    shown = re.findall(r"\| (\d\.\d\d×) \| at (?:most|least) ", README.read_text())
    assert [each for each in shown if each in BENCHMARKS.read_text()] == shown
    assert len(shown) == 3


def test_a_page_without_a_place_for_figures_is_left_alone() -> None:
    with pytest.raises(ValueError, match="no place"):
        with_figures("# A page\n", "figures")
