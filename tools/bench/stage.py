"""A stack with so many tables, and what a way does to it, counted from outside."""

import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.support.engine.world import PARAMETER, RESTORED, Scene, World
from tools.bench.measured import Run, Way, changed, cutover, engine_runs, switching

ACTIVE = "restore-demo:activeTable"
Script = Callable[[World], float]
"""A way's commands; returns the seconds that it spent on a proof before the flip."""


class Stage:
    """One world, in which any number of runs begin from the same moment.

    Args:
        world: It belongs to this stage alone.
        folder: Where its own files may go.
    """

    def __init__(self, world: World, folder: Path) -> None:
        self._world = world
        self._log = folder / "commands.log"
        self._scenes: dict[int, Scene] = {}
        _note_commands(world, folder / "noting", self._log)

    def serving(self, tables: int) -> World:
        """So many tables, deployed once, each with clients of its own."""
        if tables in self._scenes:
            self._world.load(self._scenes[tables])
            return self._world
        self._world.begin()
        with self._world.config() as config:
            entries = config["restore-demo:tables"]
            (entry,) = entries.values()
            entries |= {f"table-{number}": dict(entry) for number in range(2, tables + 1)}
        self._world.up()
        self._scenes[tables] = self._world.save()
        return self._world

    def run(self, way: Way, tables: int, restore_seconds: float, script: Script) -> Run:
        """Plays the script on the world as it is, and counts."""
        world = self._world
        before, call = len(self._updates()), world.last_call()
        command = len(self._commands())
        with world.restores_taking(restore_seconds):
            began = time.monotonic()
            proof = script(world)
            seconds = time.monotonic() - began
        requests = world.last_call() - call
        engine = engine_runs(self._commands()[command:])
        updates = self._updates()[before:]
        alone = tables == 1 and way is not Way.BARE
        return Run(
            way,
            tables,
            restore_seconds,
            seconds,
            engine,
            steps=sum(map(changed, updates)),
            switched=switching(updates, ACTIVE, "restored") if tables == 1 else 0,
            requests=requests,
            cutover=cutover(world.calls(call), RESTORED, PARAMETER, restore_seconds, proof)
            if alone
            else None,
        )

    def _commands(self) -> list[str]:
        return self._log.read_text().splitlines()

    def _updates(self) -> list[dict[str, Any]]:
        """Every update of the stack, the oldest first."""
        found: list[dict[str, Any]] = json.loads(
            self._world.pulumi("stack", "history", "--json").out
        )
        return found[::-1]


def _note_commands(world: World, folder: Path, log: Path) -> None:
    """Puts a `pulumi` before the real one that notes its words and becomes the real one."""
    real = shutil.which("pulumi", path=world.env["PATH"])
    folder.mkdir()
    log.touch()
    noting = folder / "pulumi"
    noting.write_text(f'#!/bin/sh\nprintf "%s\\n" "$*" >> "{log}"\nexec "{real}" "$@"\n')
    noting.chmod(0o755)
    world.env["PATH"] = f"{folder}:{world.env['PATH']}"
