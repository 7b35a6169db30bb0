"""A world in memory with hooks in its stack config, which run for real."""

import json
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

from restore.model.steps import Step
from restore.model.when import LATEST
from restore.perform.session import Session
from restore.perform.transition import update
from restore.verbs.clean import clean
from restore.verbs.start import start
from restore.verbs.wait import wait
from tests.support.configs.positions import TO_PREPARED, TO_SWITCHED
from tests.support.memory.account_and_stack import World, world
from tests.support.memory.facts import name, restored, restoring

Verb = Callable[[Session], object]
POINTER = "restore-demo-table-name"


class Hooked:
    """A world whose stack config has hooks, and the folder that they run in."""

    def __init__(self, folder: Path, there: World) -> None:
        self.folder, self.there, self.hooks = folder, there, list[dict[str, Any]]()
        there.stack.folder = folder

    def add(self, where: str, script: str = "", *arguments: str) -> None:
        """A hook that notes that it ran, and then does `script`."""
        place, step = where.split()
        file = self.folder / f"hook-{len(self.hooks)}"
        log = f"echo {shlex.quote(where)} >> {shlex.quote(str(self.log))}"
        file.write_text(f"#!/bin/sh\n{log}\n{script}\n")
        file.chmod(0o755)
        self.hooks.append({place: step, "run": [f"./{file.name}", *arguments]})
        self.there.stack.texts["runbook"] = json.dumps({"hooks": self.hooks})

    @property
    def log(self) -> Path:
        return self.folder / "ran"

    @property
    def ran(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []

    def session(self, **chosen: Any) -> Session:
        return self.there.session(**chosen)


Hooks = Callable[..., Hooked]


def proven(*_: object) -> None:
    """`verify` has tests of its own."""


def switch(session: Session) -> None:
    update(session, Step.SWITCH)


VERBS: dict[str, tuple[Callable[[], World], Verb]] = {
    "start": (world, lambda session: start(session, LATEST)),
    "wait": (lambda: world("serving", restoring()), wait),
    "adopt": (lambda: world("serving", restored()), lambda s: update(s, Step.ADOPT)),
    "prepare": (lambda: world("serving adopted"), lambda s: update(s, Step.PREPARE)),
    "switch": (lambda: world(TO_PREPARED), switch),
    "rollback": (lambda: world(TO_SWITCHED), lambda s: update(s, Step.ROLLBACK)),
    "drop": (lambda: world(TO_SWITCHED), lambda s: update(s, Step.DROP)),
    "clean": (
        lambda: world("serving", restored()),
        lambda session: clean(session, "restored", name("restored")),
    ),
}
"""Each step: a world in which it is the next one, and the verb."""
