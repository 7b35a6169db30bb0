"""Runs → medians, ratios, and whether the bounds are met. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from tools.bench.measured import Cutover, Run, Way

ENGINE_SHARE = 1.5
FASTER_AFTER_THE_WAIT, FASTER_WITH_THE_WAIT = 2.0, 3.0
SECONDS_LATE = 1.0
SECONDS_EACH = 0.5
APART = 0.05
"""So far apart, counts of requests are still the same: a wait asks a few times more or less."""


@dataclass(frozen=True)
class Row:
    """One way with one table: medians; seconds."""

    way: Way
    runs: int
    cutover: float
    late: float
    rest: float
    proof: float
    work: float
    updates: int
    previews: int
    switched: int
    requests: int


@dataclass(frozen=True)
class Growth:
    """What each further table adds, between two numbers of tables."""

    way: Way
    fewer: int
    more: int
    steps: float
    requests: float
    seconds: float
    engine_runs: int

    @property
    def seconds_a_step(self) -> float:
        """With all that a step brings with it: its previews, its proofs, what is asked for it."""
        return self.seconds / self.steps


@dataclass(frozen=True)
class Bound:
    """What was promised, and what was measured."""

    what: str
    bound: str
    measured: str
    met: bool


@dataclass(frozen=True)
class Report:
    rows: Sequence[Row]
    growth: Sequence[Growth]
    bounds: Sequence[Bound]


def report(rounds: Sequence[Run], sizes: Sequence[Run]) -> Report:
    """Folds everything.

    Args:
        rounds: Every way with one table, and the engine alone, as often as it was played.
        sizes: Ways with several numbers of tables, one of them one.
    """
    rows = [_row(way, found) for way in Way if (found := [r for r in rounds if r.way is way])]
    growth = [each for way in Way for each in _growth([r for r in sizes if r.way is way])]
    return Report(rows, growth, [*_compared(rows, rounds), *_grown(growth)])


def _row(way: Way, runs: Sequence[Run]) -> Row:
    cutovers = [run.cutover or Cutover(0, 0) for run in runs]
    return Row(
        way,
        len(runs),
        cutover=median(each.seconds for each in cutovers),
        late=median(each.late for each in cutovers),
        rest=median(each.rest for each in cutovers),
        proof=median(each.proof for each in cutovers),
        work=median(run.work for run in runs),
        updates=round(median(run.engine.count("up") for run in runs)),
        previews=round(median(run.engine.count("preview") for run in runs)),
        switched=round(median(run.switched for run in runs)),
        requests=round(median(run.requests for run in runs)),
    )


def _growth(runs: Iterable[Run]) -> list[Growth]:
    ordered = sorted(runs, key=lambda run: run.tables)
    return [_between(fewer, more) for fewer, more in pairwise(ordered)]


def _between(fewer: Run, more: Run) -> Growth:
    further = more.tables - fewer.tables
    return Growth(
        fewer.way,
        fewer.tables,
        more.tables,
        steps=(more.steps - fewer.steps) / further,
        requests=(more.requests - fewer.requests) / further,
        seconds=(more.work - fewer.work) / further,
        engine_runs=len(more.engine),
    )


def _compared(rows: Sequence[Row], rounds: Sequence[Run]) -> list[Bound]:
    of = {row.way: row for row in rows}
    walk, run, short, bare = (of[way] for way in (Way.WALK, Way.RUN, Way.SHORT, Way.BARE))
    ours = [each for each in rounds if each.way in {Way.RUN, Way.SHORT} and each.cutover]
    worst = max(each.cutover.late for each in ours if each.cutover)
    return [
        _at_most(
            "b without the restore, by the bare engine",
            "×",
            ENGINE_SHARE,
            run.work / bare.work,
        ),
        _at_least(
            "a's cutover by c's, without the wait for ACTIVE",
            FASTER_AFTER_THE_WAIT,
            walk.rest / short.rest,
        ),
        _at_least(
            "the same, but for a's proof in between",
            FASTER_AFTER_THE_WAIT,
            (walk.rest - walk.proof) / short.rest,
        ),
        _at_least(
            "a's cutover by c's, with the wait", FASTER_WITH_THE_WAIT, walk.cutover / short.cutover
        ),
        _at_most("ACTIVE noticed by b and c, at worst, after", " s", SECONDS_LATE, worst),
    ]


def _grown(growth: Sequence[Growth]) -> list[Bound]:
    found: list[Bound] = []
    for way in (Way.RUN, Way.SHORT):
        its = [each for each in growth if each.way is way]
        if its:
            each = f"{way}, each further table:"
            found += [
                _the_same(f"{each} engine steps", [one.steps for one in its], 0),
                _the_same(f"{each} AWS requests", [one.requests for one in its], APART),
                _each(f"{each} seconds a step", [one.seconds_a_step for one in its]),
                _each(f"{each} seconds in all", [one.seconds for one in its]),
            ]
    return found + _beyond_the_engine(growth)


def _beyond_the_engine(growth: Sequence[Growth]) -> list[Bound]:
    """What the runbook adds to what the engine alone adds, from the fewest tables to the most.

    Between two numbers that are near each other it is less than the engine's times differ by.
    """
    ours, alone = _added(growth, Way.RUN), _added(growth, Way.BARE)
    what = "b, each further table: seconds beyond the engine's"
    return [_at_most(what, " s", SECONDS_EACH, ours - alone)] if ours and alone else []


def _added(growth: Sequence[Growth], way: Way) -> float:
    """Seconds for each further table over all spans; 0 where the way was not played."""
    its = [one for one in growth if one.way is way]
    tables = sum(one.more - one.fewer for one in its)
    return sum(one.seconds * (one.more - one.fewer) for one in its) / tables if its else 0


def _each(what: str, seconds: Sequence[float]) -> Bound:
    return _at_most(what, " s", SECONDS_EACH, max(seconds))


def _at_most(what: str, unit: str, bound: float, measured: float) -> Bound:
    return Bound(what, f"≤ {bound:g}{unit}", f"{measured:.2f}{unit}", measured <= bound)


def _at_least(what: str, bound: float, measured: float) -> Bound:
    return Bound(what, f"≥ {bound:g}×", f"{measured:.2f}×", measured >= bound)


def _the_same(what: str, values: Sequence[float], apart: float) -> Bound:
    bound = "constant" if not apart else f"constant to {apart:.0%}"
    met = max(values) - min(values) <= apart * max(values)
    return Bound(what, bound, ", ".join(f"{value:.4g}" for value in values), met)
