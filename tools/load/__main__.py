"""No client notices a run, and what the short way costs instead: `make load`.

    python -m tools.load --runs 10 --requests 20000

Each run is the whole of `run`, under clients that read and write all the time as an IAM user that
has the two grants. Then the same clients meet the short way: `activeTable restored` and one
`pulumi up`.
"""

import sys
import time
from collections.abc import Callable

import click

from tests.support.engine.scenes import Scenes, next_second
from tests.support.engine.world import Scene, World
from tools.kills import own_world
from tools.load.application import serve
from tools.load.clients import CACHES, MOST_A_SECOND, Load

DRAIN_SECONDS = 8
"""Longer than the oldest cache, as 300 is on AWS."""


def tell(text: str) -> None:
    click.echo(text)
    sys.stdout.flush()


def told(name: str, load: Load, seconds: float) -> None:
    """A line for each run, and one for each cache."""
    tell(f"{name}: {load.requests:,} requests, {load.failures} failed; {seconds:.0f} s")
    for cache in CACHES:
        tallies = [each.tally for each in load.clients if each.cache_seconds == cache]
        requests, failures = (
            sum(getattr(each, figure) for each in tallies) for figure in ("requests", "failures")
        )
        tell(f"  cache of {cache:g} s: {requests:,} requests, {failures} failed")
    for error, times in load.errors.most_common():
        tell(f"  {times} × {error}")


class Proof:
    """The worlds that the clients meet, all from one scene."""

    def __init__(self, scenes: Scenes) -> None:
        self._world = scenes.begin()
        self._key = serve(self._world)
        self._scene: Scene = self._world.save()

    def gated(self, name: str, requests: int) -> Load:
        """The whole of `run` under the load."""

        def whole(world: World, moment: str, load: Load) -> None:
            world.restore("run", "--to", moment, "--drain", str(DRAIN_SECONDS), "--yes")
            assert world.phase() == "dropped"
            load.until(requests)

        return self._under_load(name, whole)

    def short(self) -> Load:
        """The short way under the load: promoted and dropped in one update."""

        def at_once(world: World, moment: str, _: Load) -> None:
            world.restore("start", "--to", moment)
            world.restore("wait")
            world.configure("activeTable", "restored")
            world.up()

        return self._under_load("the short way", at_once)

    def _under_load(self, name: str, work: Callable[[World, str, Load], None]) -> Load:
        self._world.load(self._scene)
        load, began = Load(self._world, self._key), time.monotonic()
        with load.at_work():
            work(self._world, next_second(), load)
        told(name, load, time.monotonic() - began)
        return load


@click.command(help=__doc__)
@click.option("--runs", default=10, show_default=True, type=click.IntRange(1, 100))
@click.option("--requests", default=20_000, show_default=True, type=click.IntRange(1, 1_000_000))
def main(runs: int, requests: int) -> None:
    """Exit 1 where a run failed a request, too few were made, or the short way failed none."""
    caches = ", ".join(f"{cache:g}" for cache in CACHES)
    tell(f"Clients keep the name {caches} s, drain {DRAIN_SECONDS} s, {MOST_A_SECOND}/s in all.")
    each = -(-requests // runs)
    with own_world() as scenes:
        proof = Proof(scenes)
        loads = [proof.gated(f"run {number}", each) for number in range(1, runs + 1)]
        short = proof.short()
    made, failed = (sum(getattr(load, what) for load in loads) for what in ("requests", "failures"))
    tell(f"In all {runs}: {failed} of {made:,} requests failed; the short way: {short.failures}.")
    sys.exit(failed > 0 or made < requests or short.failures == 0)


if __name__ == "__main__":
    main()
