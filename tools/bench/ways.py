"""The ways to a restored table that serves, as what someone would type."""

import time
from collections.abc import Sequence
from typing import Any

from tests.support.engine.world import ORIGINAL, RESTORED, World

ROWS: tuple[dict[str, Any], ...] = (
    {"adoptTables": ["restored"]},
    {"standbyTables": ["restored"]},
    {"activeTable": "restored", "standbyTables": ["original"]},
    {"activeTable": "restored"},
)
"""The config of each row that the runbook goes through."""


def walk_through(world: World, aws: Sequence[str]) -> float:
    """Steps 3 to 6 of docs/getting-started.md with the AWS CLI for the restore and its waiter.

    Returns:
        The seconds that step 4's proof took: that AWS is as the stack says after the import.
    """
    dynamodb = (*aws, "dynamodb")
    source, target = ("--source-table-name", ORIGINAL), ("--target-table-name", RESTORED)
    restore = "restore-table-to-point-in-time"
    _done(world, *dynamodb, restore, *source, *target, "--use-latest-restorable-time")
    _done(world, *dynamodb, "wait", "table-exists", "--table-name", RESTORED)
    world.configure("adoptTables[0]", "restored")
    world.pulumi("up", "--yes")
    began = time.monotonic()
    world.no_drift()
    proof = time.monotonic() - began
    world.pulumi("config", "set", "activeTable", "restored")
    world.pulumi("config", "rm", "adoptTables")
    world.pulumi("up", "--yes")
    world.no_drift()
    return proof


def runbook(world: World) -> float:
    world.restore("run", "--drain", "0", "--yes")
    return 0


def short_way(world: World) -> float:
    """Step 4 left out: one update imports, configures, moves the parameter and drops."""
    world.restore("start")
    world.restore("wait")
    world.pulumi("config", "set", "activeTable", "restored")
    world.pulumi("up", "--yes")
    world.no_drift()
    return 0


def restored(world: World) -> None:
    """What has to be there before the engine's part alone can be played."""
    with world.restores_taking(0):
        world.restore("start")
    world.restore("wait")


def bare_engine(world: World) -> float:
    """The engine's runs of the runbook, with the same configs, and nothing else.

    The config is written by hand, all tables with one key.
    """
    for row in ROWS:
        world.place(**row)
        world.pulumi("preview", "--refresh")
        world.pulumi("up", "--yes", "--skip-preview", "--refresh")
        world.pulumi("preview", "--refresh")
    return 0


def _done(world: World, *command: str) -> None:
    # What this checkout has on the path is not for another environment.
    done = world.run(*command, PYTHONPATH="")
    assert done.code == 0, done.said + world.evidence()
