"""A stack that another engine holds: one that works, one that died, and two runs at once."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from restore.engine.sight import locks_below, sight_of
from tests.support.engine.kills import kill_session, up_until
from tests.support.engine.pending import pending
from tests.support.engine.world import RESTORED, STACK, World
from tools.races import race

At = Callable[[str], World]


def the_lock(world: World) -> str:
    """The id of the one lock on the stack."""
    (lock,) = locks_below(world.backend.as_uri(), "restore-demo", STACK)
    return lock.id


def test_the_lock_of_a_dead_engine_is_named_and_broken_by_its_own_option_only(at: At) -> None:
    """`--yes` must not do it: in a script it would break the lock of anyone else who is at work."""
    world = at("adopted")
    world.place(standbyTables=["restored"])
    with world.holding("UpdateContinuousBackups", "after") as held:
        assert up_until(world, held)
    file, since, lock = world.config_file.read_bytes(), world.last_call(), the_lock(world)
    (made,) = locks_below(world.backend.as_uri(), "restore-demo", STACK)

    refused = world.restore("prepare", "--yes", code=3)
    if sight_of(made).is_whole:
        assert "An engine died and left the stack locked: " in refused.said
        assert "fix: the same command with --break-lock" in refused.said
    else:  # these tests run in a container
        assert "cannot be told from here" in refused.said
        assert f"once it has ended: the same command with --break-lock {lock}" in refused.said
    assert world.writes(since) == []
    assert world.config_file.read_bytes() == file

    # prints: restore/perform/locked.py:get_past
    done = world.restore("prepare", "--break-lock", lock)
    assert "the lock is broken" in done.said
    assert world.phase() == "prepared"
    assert pending(world) == []
    world.no_drift()


@pytest.mark.skipif(
    os.geteuid() != 0 or shutil.which("unshare") is None,
    reason="a pid namespace of its own needs root and unshare (Linux)",
)
def test_the_lock_of_a_live_engine_in_a_container_of_the_same_name_is_not_broken(at: At) -> None:
    """Broken, it lost the adopted table from the state, and the first fix moved every client back.

    The engine's name is another one, too, as NixOS wraps it.
    """
    world = at("adopted")
    world.place(standbyTables=["restored"])
    found = shutil.which("pulumi", path=world.env["PATH"])
    assert found is not None
    wrapped = world.project / ".pulumi-wrapped"
    wrapped.symlink_to(Path(found).resolve())
    update = (str(wrapped), "up", "--yes", "--skip-preview", "--non-interactive")
    with world.holding("UpdateContinuousBackups", "before") as held:
        container = ("unshare", "--pid", "--fork", "--kill-child", "--mount-proc")
        engine = world.spawn(*container, *update, start_new_session=True)
        try:
            while not held():
                assert engine.poll() is None
            lock = the_lock(world)
            for words in ((), ("--break-lock",), ("--break-lock", "--yes"), ("--yes",)):
                refused = world.restore("prepare", *words, code=3)
                assert "cannot be told from here" in refused.said
                assert "Traceback" not in refused.said
                assert the_lock(world) == lock
            world.release()
            assert engine.wait(timeout=60) == 0
        finally:
            kill_session(engine.pid)
            engine.wait()
            wrapped.unlink()
    assert world.in_stack() == {"original", "restored"}
    assert world.phase() == "prepared"
    world.no_drift()


@pytest.mark.skipif(
    os.geteuid() != 0 or shutil.which("unshare") is None,
    reason="a pid namespace of its own needs root and unshare (Linux)",
)
def test_in_a_container_an_engine_outside_of_it_is_not_taken_for_dead(at: At) -> None:
    """Nobody in there sees it, and the host's name is the same."""
    world = at("prepared")
    with world.holding("PutParameter", "before") as held:
        first = world.spawn(
            sys.executable, "-m", "restore", "switch", "--yes", stderr=subprocess.PIPE, text=True
        )
        while not held():
            assert first.poll() is None
        lock = the_lock(world)
        inside = ("unshare", "--pid", "--fork", "--mount-proc", sys.executable, "-m", "restore")
        refused = world.run(*inside, "switch", "--yes", "--break-lock")
        assert refused.code == 3, refused.said
        assert "cannot be told from here" in refused.said
        assert the_lock(world) == lock
        world.release()
        _, said = first.communicate(timeout=120)
    assert first.returncode == 0, said
    assert world.pointer() == (RESTORED, 2)
    world.no_drift()


def test_an_engine_that_works_is_waited_for_and_its_work_is_seen(at: At) -> None:
    """A runbook that was killed leaves its engine at work, to the end."""
    world = at("prepared")
    with ThreadPoolExecutor(1) as beside, world.holding("PutParameter", "before") as held:
        first = beside.submit(world.restore, "switch", "--yes")
        while not held():
            assert not first.done(), first.result()
        second = world.spawn(
            *(sys.executable, "-m", "restore", "switch", "--yes", "--break-lock"),
            stderr=subprocess.PIPE,
            text=True,
        )
        assert second.stderr is not None
        while "waiting for another engine: " not in second.stderr.readline():
            assert second.poll() is None
        world.release()
        assert "no drift" in first.result(timeout=120).said
        _, said = second.communicate(timeout=120)
        assert second.returncode == 0, said
    assert world.pointer() == (RESTORED, 2)
    assert world.phase() == "switched"


def test_two_runs_at_once_make_one_restore_and_one_switch(at: At) -> None:
    """Once, at the same moment; `make races` does it 20 times, further apart as well."""
    assert 0 in race(at("serving"), 0)
