"""Someone broke the lock of an engine that worked: two of them have written the stack's state."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from restore.engine.sight import locks_below
from tests.fixes.kept import kept
from tests.fixes.sites import printed
from tests.fixes.typed import typed
from tests.support.engine.kills import in_session, kill_session
from tests.support.engine.world import ORIGINAL, RESTORED, STACK, World

At = Callable[[str], World]
_CONTAINER = ("unshare", "--pid", "--fork", "--kill-child", "--mount-proc")
_PATIENCE_SECONDS = 120


def until(moment: Callable[[], object]) -> None:
    give_up = time.monotonic() + _PATIENCE_SECONDS
    while not moment():
        assert time.monotonic() < give_up, "the moment never came"
        time.sleep(0.01)


def tell(leader: int, what: signal.Signals) -> None:
    """Every process of a session is stopped, or goes on."""
    for pid in in_session(leader):
        with suppress(ProcessLookupError):  # it has ended
            os.kill(pid, what)


@pytest.mark.skipif(
    os.geteuid() != 0 or shutil.which("unshare") is None,
    reason="a pid namespace of its own needs root and unshare (Linux)",
)
def test_after_a_live_lock_was_broken_the_first_fix_keeps_clients_where_they_are(at: At) -> None:
    """The later engine writes a state from before the switch: to follow it moves everyone back."""
    world = at("restored")
    right = world.config_file.read_text()
    world.place(activeTable="restored", standbyTables=["original"])
    of_the_first = world.project / "first.yaml"
    world.config_file.rename(of_the_first)
    world.config_file.write_text(right)
    update = ("pulumi", "up", "--yes", "--skip-preview", "--non-interactive")
    first = world.spawn(*update, "--config-file", str(of_the_first), start_new_session=True)
    url = world.backend.as_uri()
    try:
        until(lambda: locks_below(url, "restore-demo", STACK))
        tell(first.pid, signal.SIGSTOP)
        (lock,) = locks_below(url, "restore-demo", STACK)
        freeze = (*_CONTAINER, sys.executable, "-m", "restore", "freeze", "--yes")
        refused = world.run(*freeze, "--break-lock")
        fix = printed(refused.said, "restore/perform/locked.py:get_past#2")
        assert fix.endswith(f"the same command with --break-lock {lock.id}")

        # It has not ended, and someone says that it has.
        with world.holding("PutResourcePolicy", "before") as held:
            second = world.spawn(
                *freeze, "--break-lock", lock.id, stderr=subprocess.PIPE, text=True
            )
            until(lambda: held() or second.poll() is not None)
            tell(first.pid, signal.SIGCONT)
            first.wait(timeout=_PATIENCE_SECONDS)
            assert world.pointer() == (RESTORED, 2)
            world.release()
            _, said = second.communicate(timeout=_PATIENCE_SECONDS)
    finally:
        kill_session(first.pid)
        first.wait()
    assert world.in_stack() == {"original"}, said

    with kept(world):
        blocked = world.restore("freeze", "--yes", code=3).said
        typed(world, printed(blocked, "restore/decide/transition.py:refuse_hand_edited_pointer#2"))

        # Written once more, since the state knew nothing of it: nobody was moved.
        assert world.pointer() == (RESTORED, 3)
        assert world.in_stack() == {"original", "restored"}
        assert world.phase() == "switched"
        world.no_drift()
    assert world.granted()[0] == {ORIGINAL, RESTORED}
