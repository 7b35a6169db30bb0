"""kill -9 at every effect of every verb: `make kills`.

Each verb is played once to see which calls it makes; then it is killed before and after each of
them, and around the writing of the config. Two worlds work side by side.
"""

import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

from sandbox.home import Sandbox
from tests.support.engine.killpoints import ROWS, Point, Row, arguments, points_of, strike
from tests.support.engine.scenes import Scenes, next_second
from tests.support.engine.world import World

WORLDS = 2


@contextmanager
def own_world() -> Iterator[Scenes]:
    """A sandbox of its own, gone in the end."""
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        sandbox = Sandbox(Path(folder) / "home")
        sandbox.start(restore_seconds=0.5)
        with sandbox:
            yield Scenes(World(sandbox, Path(folder)))


def calls_of(scenes: Scenes, row: Row) -> list[str]:
    """The calls with which the verb changes AWS, if nobody kills it."""
    world = scenes.load(row.scene)
    moment = next_second()
    since = world.last_call()
    world.restore(*arguments(row, moment))
    return world.writes(since)


def tell(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def tried(scenes: Scenes, point: Point) -> bool:
    began = time.monotonic()
    try:
        strike(scenes.load(point.row.scene), point)
    except Exception:  # noqa: BLE001 - every other point is tried all the same
        tell(f"  ✗ {point}\n{traceback.format_exc()}")
        return False
    tell(f"  ✓ {point} ({time.monotonic() - began:.0f} s)")
    return True


def work(rows: "SimpleQueue[Row]") -> list[bool]:
    """Takes one verb after the other."""
    results: list[bool] = []
    with own_world() as scenes:
        while not rows.empty():
            row = rows.get()
            points = points_of(row, calls_of(scenes, row))
            results += [tried(scenes, point) for point in points]
    return results


def main() -> int:
    began = time.monotonic()
    rows: SimpleQueue[Row] = SimpleQueue()
    wanted = sys.argv[1:]
    # Those with most calls first, so that the worlds end together.
    for row in sorted(ROWS, key=lambda row: row.verb != "prepare"):
        if not wanted or row.verb in wanted:
            rows.put(row)
    with ThreadPoolExecutor(WORLDS) as pool:
        done = [pool.submit(work, rows) for _ in range(WORLDS)]
        results = [each for future in done for each in future.result()]
    seconds = time.monotonic() - began
    tell(f"{len(results)} kill points, {sum(results)} converged on the same verb, {seconds:.0f} s.")
    return 0 if results and all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
