"""The points at which a verb is killed, and what must hold once the same verb was given again.

A point is an effect and a side of it: a call that changes AWS, before AWS does it or after; the
config, before it is written or after. Killed is the runbook alone, or its engine as well. The
first is no kinder: the engine ends by SIGPIPE as soon as it has something to say to the runbook,
where it has not come to its end before, and leaves its lock.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.support.engine.kills import in_session, mend_torn, runbook_until
from tests.support.engine.scenes import next_second
from tests.support.engine.world import ORIGINAL, RESTORED, Done, World

CONFIG = "the config"
RESTORE = "RestoreTableToPointInTime"
BLOCKED = 3
_PATIENCE_SECONDS = 90


@dataclass(frozen=True)
class Row:
    """A verb, where it is given, and what it leads to."""

    verb: str
    scene: str
    phases: tuple[str, ...]
    pointer: str = ORIGINAL


ROWS = (
    Row("start", "serving", ("restoring", "restored")),
    Row("adopt", "restored", ("adopted",)),
    Row("prepare", "adopted", ("prepared",)),
    Row("switch", "prepared", ("switched",), RESTORED),
    Row("rollback", "switched", ("rolled back",)),
    Row("drop", "switched", ("dropped",), RESTORED),
)


@dataclass(frozen=True)
class Point:
    """Where a verb is killed.

    Attributes:
        effect: The API's word for the call, or CONFIG.
        moment: `before` or `after` the effect.
        engine: Whether the engine is killed as well.
    """

    row: Row
    effect: str
    moment: str
    engine: bool

    def __str__(self) -> str:
        who = "runbook and engine" if self.engine else "runbook"
        return f"{self.row.verb}: {who} killed {self.moment} {self.effect}"


def points_of(row: Row, calls: list[str]) -> list[Point]:
    """Every point of a verb that makes these calls."""
    makes_restore = row.verb == "start"
    effects = [*dict.fromkeys(calls)] if makes_restore else [CONFIG, *dict.fromkeys(calls)]
    return [
        Point(row, effect, moment, engine)
        for effect in effects
        for moment in ("before", "after")
        for engine in ((False,) if makes_restore else (False, True))
    ]


def arguments(row: Row, moment: str) -> tuple[str, ...]:
    return (row.verb, "--to", moment) if row.verb == "start" else (row.verb, "--yes")


def strike(world: World, point: Point) -> None:
    """Kills the verb at the point, gives it again, and looks whether all is well.

    Args:
        world: As it is at the row's scene.
        point: Where to kill it.
    """
    restored_to = next_second()
    before, items, since = world.tables(), _items(world), world.last_call()
    command = arguments(point.row, restored_to)
    with _coming(world, point) as come:
        assert runbook_until(world, command, come, engine=point.engine), f"{point} never came"
    mend_torn(world)
    done = _again(world, point, *command)
    _assert_well(world, point, before, items)
    if "no drift" not in done.said and not _left_the_config(point):
        world.no_drift()
    restores = [c for c in world.calls(since) if c["action"] == RESTORE and c["status"] == 200]
    assert len(restores) == (point.row.verb == "start"), f"{point}: {len(restores)} restores"


def _again(world: World, point: Point, *command: str) -> Done:
    """The same command, and with what its refusal adds to it where the engine left its lock."""
    done = world.run(sys.executable, "-m", "restore", *command)
    if done.code == BLOCKED and "fix: the same command with --break-lock" in done.said:
        done = world.run(sys.executable, "-m", "restore", *command, "--break-lock")
    assert done.code == 0, f"{point}, and again: {done.said}{world.evidence()}"
    return done


def _assert_well(
    world: World, point: Point, before: set[str], items: dict[str, dict[str, dict[str, str]]]
) -> None:
    made = {RESTORED} if point.row.verb == "start" else set()
    assert world.tables() == before | made, point
    assert {table: world.items(table) for table in before} == items, point
    assert world.pointer()[0] == point.row.pointer, point
    assert world.pointer()[0] in world.granted()[0], point
    assert world.phase() in point.row.phases, point


def _left_the_config(point: Point) -> bool:
    """Whether the config may be an older one, since the engine did what it does not say.

    That is one of the old commits of test_old_commits.py (docs/decisions/0006).
    """
    return point.effect == CONFIG and point.moment == "before" and not point.engine


def _items(world: World) -> dict[str, dict[str, dict[str, str]]]:
    return {table: world.items(table) for table in world.tables()}


@contextmanager
def _coming(world: World, point: Point) -> Iterator[Callable[[int], bool]]:
    """Whether the point has come."""
    file = world.config_file.read_bytes()

    def written(_: int) -> bool:
        return world.config_file.read_bytes() != file

    def updating(runbook: int) -> bool:
        return any(" up --yes " in command for command in in_session(runbook).values())

    if point.effect == CONFIG:
        yield updating if point.moment == "before" else written
    else:
        with world.holding(point.effect, point.moment) as held:
            yield lambda _: held()
