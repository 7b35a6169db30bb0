"""A stack that another engine holds: one that works, one that died, and two runs at once."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from tests.engine.kills import up_until
from tests.engine.races import race
from tests.engine.test_first_update import pending
from tests.engine.world import RESTORED, World

At = Callable[[str], World]


def test_the_lock_of_a_dead_engine_is_named_and_broken_by_its_own_option_only(at: At) -> None:
    """`--yes` must not do it: in a script it would break the lock of whoever else is at work."""
    world = at("adopted")
    world.place(standbyTables=["restored"])
    with world.holding("UpdateContinuousBackups", "after") as held:
        assert up_until(world, held)
    file, since = world.config_file.read_bytes(), world.last_call()

    refused = world.restore("prepare", "--yes", code=3)
    assert "An engine died and left the stack locked: " in refused.said
    assert "mend: the same command with --break-lock" in refused.said
    assert world.writes(since) == []
    assert world.config_file.read_bytes() == file

    done = world.restore("prepare", "--break-lock")
    assert "the lock is broken" in done.said
    assert world.phase() == "prepared"
    assert pending(world) == []
    world.no_drift()


def test_an_engine_that_works_is_waited_for_and_its_work_is_seen(at: At) -> None:
    """A runbook that was killed leaves its engine at work, to the end."""
    world = at("prepared")
    with ThreadPoolExecutor(2) as beside, world.holding("PutParameter", "before") as held:
        first = beside.submit(world.restore, "switch", "--yes")
        while not held():
            assert not first.done(), first.result()
        second = beside.submit(world.restore, "switch", "--yes", "--break-lock")
        time.sleep(15)  # more than it takes to preview, and to find the lock
        assert not second.done(), second.result()
        world.release()
        assert "no drift" in first.result(timeout=120).said
        assert "waiting for another engine: " in second.result(timeout=120).said
    assert world.pointer() == (RESTORED, 2)
    assert world.phase() == "switched"


def test_two_runs_at_once_make_one_restore_and_one_switch(at: At) -> None:
    """Once, at the same moment; `make races` does it 20 times, further apart as well."""
    assert 0 in race(at("serving"), 0)
