"""kill -9 of a running engine, at a moment that AWS or the checkpoint shows."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.engine.world import CHECKOUT, STACK, World

_PATIENCE_SECONDS = 60


def up_until(world: World, moment: Callable[[], bool]) -> bool:
    """Runs `pulumi up` and kills it, and all that it started, once `moment` has come.

    Returns:
        False where the update ended before the moment was seen.
    """
    engine = subprocess.Popen(
        ["pulumi", "up", "--yes", "--skip-preview", "--non-interactive"],  # noqa: S607 - the sandbox's
        cwd=world.project,
        env={**world.env, "PYTHONPATH": str(CHECKOUT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    give_up = time.monotonic() + _PATIENCE_SECONDS
    try:
        while engine.poll() is None:
            if moment():
                return True
            assert time.monotonic() < give_up, "the moment never came, the update never ended"
        return False
    finally:
        _kill_session(engine.pid)
        engine.wait()


def _kill_session(leader: int) -> None:
    """SIGKILL to every process of a session, its leader first.

    The engine gives each plugin a process group of its own. One that is left alive would go on
    with the call that it is in, into whatever AWS the next test begins with.
    """
    listed = subprocess.run(
        ["ps", "-e", "-o", "pid="],  # noqa: S607 - POSIX
        capture_output=True,
        text=True,
        check=True,
    )
    for pid in sorted(map(int, listed.stdout.split()), key=lambda pid: pid != leader):
        with suppress(ProcessLookupError, PermissionError):  # it has ended, or is none of ours
            if os.getsid(pid) == leader:
                os.kill(pid, signal.SIGKILL)


def torn(world: World) -> bool:
    """Whether the engine died while the file backend wrote the checkpoint: it is not atomic."""
    path = _path(world)
    try:
        for file in (path, path.with_name(f"{path.name}.attrs")):
            json.loads(file.read_text())
    except json.JSONDecodeError:
        return True
    return False


def checkpoint(world: World) -> dict[str, Any]:
    """The resources on disk by type and name, read past the engine, which has it locked."""
    with suppress(FileNotFoundError, json.JSONDecodeError):  # half written while we look
        latest = json.loads(_path(world).read_text())["checkpoint"].get("latest") or {}
        resources = latest.get("resources", [])
        return {
            f"{each['type'].rpartition(':')[2]} {each['urn'].rpartition('::')[2]}": each
            for each in resources
        }
    return {}


def _path(world: World) -> Path:
    return world.backend / ".pulumi" / "stacks" / "restore-demo" / f"{STACK}.json"


def unlock(world: World) -> None:
    """What a person does about the lock that a dead engine left."""
    world.pulumi("cancel", "--yes", STACK)
