"""kill -9 of a running engine or runbook, at a moment that AWS or the checkpoint shows."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.support.engine.world import STACK, World

_PATIENCE_SECONDS = 60
_SETTLED_SECONDS = 0.5
"""The file backend writes a second file after the checkpoint."""


def up_until(world: World, moment: Callable[[], bool]) -> bool:
    """Runs `pulumi up` and kills it, and all that it started, once `moment` has come.

    Returns:
        False where the update ended before the moment was seen.
    """
    with _update(world) as engine:
        return _comes(moment, engine)


def up_stopped_at(world: World, action: str, saved: Callable[[], bool]) -> None:
    """Runs `pulumi up`, stops its program at a call of `action`, and kills all once that is saved.

    The engine finishes and saves what it was asked for; the program says nothing more.
    """
    with world.holding(action, "before") as held, _update(world) as engine:
        assert _comes(held, engine), "the update ended without the call"
        for pid, command in in_session(engine.pid).items():
            if Path(command.split()[0]).name.startswith("python"):
                os.kill(pid, signal.SIGSTOP)
        world.release()
        assert _comes(lambda: saved() and not torn(world), engine), "the update ended"
        time.sleep(_SETTLED_SECONDS)


@contextmanager
def _update(world: World) -> Iterator["subprocess.Popen[bytes]"]:
    """An update in a session of its own, of which nothing is left in the end."""
    update = ("pulumi", "up", "--yes", "--skip-preview", "--non-interactive")
    engine = world.spawn(*update, start_new_session=True)
    try:
        yield engine
    finally:
        kill_session(engine.pid)
        engine.wait()


def _comes(moment: Callable[[], bool], engine: "subprocess.Popen[bytes]") -> bool:
    """Whether the moment comes before the engine has ended."""
    give_up = time.monotonic() + _PATIENCE_SECONDS
    while engine.poll() is None:
        if moment():
            return True
        assert time.monotonic() < give_up, "the moment never came, the update never ended"
    return False


@contextmanager
def begun(world: World, *arguments: str) -> Iterator["subprocess.Popen[bytes]"]:
    """The runbook in a session of its own, of which nothing is left in the end."""
    verb = world.spawn(sys.executable, "-m", "restore", *arguments, start_new_session=True)
    try:
        yield verb
    finally:
        kill_session(verb.pid)
        verb.wait()


def runbook_until(
    world: World, command: Sequence[str], moment: Callable[[int], bool], *, engine: bool
) -> bool:
    """Runs a verb and kills the runbook, or its engine as well, once `moment` has come.

    The moment is asked for with the runbook's process id.

    Returns:
        False where the verb ended before the moment was seen.
    """
    with begun(world, *command) as verb:
        give_up = time.monotonic() + _PATIENCE_SECONDS
        while not moment(verb.pid):
            if verb.poll() is not None:
                return False
            assert time.monotonic() < give_up, "the moment never came, the verb never ended"
        if engine:
            kill_session(verb.pid)
        else:
            os.kill(verb.pid, signal.SIGKILL)
        verb.wait()
        world.release()
        until_over(verb.pid)
        return True


def kill_session(leader: int) -> None:
    """SIGKILL to every process of a session, its leader first.

    The engine gives each plugin a process group of its own. One that is left alive would go on
    with the call that it is in, into whatever AWS the next test begins with.
    """
    for pid in sorted(in_session(leader), key=lambda pid: pid != leader):
        with suppress(ProcessLookupError):  # it has ended
            os.kill(pid, signal.SIGKILL)


def in_session(leader: int) -> dict[int, str]:
    """The processes of a session, and their command lines."""
    listed = subprocess.run(
        ["ps", "-e", "-o", "pid=,args="],  # noqa: S607 - POSIX
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[int, str] = {}
    for line in listed.stdout.splitlines():
        pid, _, command = line.strip().partition(" ")
        with suppress(ProcessLookupError, PermissionError):  # it has ended, or is none of ours
            if os.getsid(int(pid)) == leader:
                found[int(pid)] = command
    return found


def until_over(leader: int) -> None:
    """Until the engine has ended, too; the provider that it leaves behind does nothing more."""
    give_up = time.monotonic() + _PATIENCE_SECONDS
    while any(Path(line.split()[0]).name == "pulumi" for line in in_session(leader).values()):
        assert time.monotonic() < give_up, "the engine never ended"
        time.sleep(0.1)


def torn(world: World) -> bool:
    """Whether the engine died while the file backend wrote the checkpoint: it is not atomic."""
    path = _path(world)
    try:
        for file in (path, path.with_name(f"{path.name}.attrs")):
            json.loads(file.read_text())
    except json.JSONDecodeError:
        return True
    return False


def mend_torn(world: World) -> bool:
    """What docs/troubleshooting.md says about a checkpoint that is torn; returns whether it was."""
    if not torn(world):
        return False
    path = _path(world)
    path.with_name(f"{path.name}.bak").replace(path)
    path.with_name(f"{path.name}.attrs").unlink()
    return True


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
