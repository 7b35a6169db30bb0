"""SIGTERM and SIGHUP: a pipeline that is cancelled, a connection that breaks."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.support.engine.kills import in_session, kill_session
from tests.support.engine.world import ORIGINAL, RESTORED, World

At = Callable[[str], World]
PATIENCE = 60.0


def audit(world: World) -> list[dict[str, Any]]:
    lines = (world.project / ".restore" / "audit.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def begin(world: World, *arguments: str) -> "subprocess.Popen[str]":
    """The runbook as a background job of a script: without a terminal, and Ctrl-C is ignored."""
    return world.spawn(
        sys.executable,
        "-m",
        "restore",
        *arguments,
        start_new_session=True,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_it_ends_a_verb_as_ctrl_c_does_and_the_engine_ends_what_it_has_begun(
    at: At, number: signal.Signals
) -> None:
    """It left a lock, an orphaned provider and a config ahead of the stack, without a word."""
    world = at("prepared")
    with world.holding("PutParameter", "before") as held:
        verb = begin(world, "switch", "--yes")
        try:
            give_up = time.monotonic() + PATIENCE
            while not held():
                assert verb.poll() is None
                assert time.monotonic() < give_up
            for pid in in_session(verb.pid):
                if pid == verb.pid:
                    # A runner says it more than once; that stops nothing half way.
                    verb.send_signal(number)
                    time.sleep(0.5)
                    verb.send_signal(signal.SIGTERM)
            time.sleep(1)
            world.release()
            _, said = verb.communicate(timeout=PATIENCE)
            left = {pid: line for pid, line in in_session(verb.pid).items() if pid != verb.pid}
        finally:
            kill_session(verb.pid)
            verb.wait()
    assert verb.returncode == 130, said
    assert left == {}
    assert f"Interrupted by {number.name}." in said
    assert "Traceback" not in said
    assert audit(world)[-1] == {**audit(world)[-1], "event": "ended", "exit": 130}
    (name, _) = world.pointer()
    assert f"clients use {name}" in said
    assert "  next: python -m restore " in said
    assert "  back: " in said
    if name == ORIGINAL:
        assert "stacks/Pulumi.sandbox.yaml is ahead of the stack: the update of" in said
        assert "git add" not in said
    shown = json.loads(world.restore("status", "--json").out)
    assert shown["locks"] == []
    world.restore("switch", "--yes")
    assert world.pointer() == (RESTORED, 2)
    world.no_drift()


def test_status_names_the_lock_that_is_in_the_way(at: At) -> None:
    """Nobody else would say of it before a verb has previewed for a while."""
    world = at("prepared")
    with world.holding("PutParameter", "before") as held:
        verb = begin(world, "switch", "--yes")
        try:
            while not held():
                assert verb.poll() is None
            shown = world.restore("status", "--json")
            (lock,) = json.loads(shown.out)["locks"]
            assert in_session(verb.pid)[lock["pid"]].startswith("pulumi --non-interactive up ")
            assert f"the stack is locked: {lock['by']}, process {lock['pid']}, since" in shown.said
            world.release()
            verb.communicate(timeout=PATIENCE)
            assert verb.returncode == 0
        finally:
            kill_session(verb.pid)
            verb.wait()
    assert json.loads(world.restore("status", "--json").out)["locks"] == []


def test_a_verb_that_waits_ends_at_once(at: At) -> None:
    """A restore takes hours, and goes on in AWS without anyone who waits for it."""
    world = at("serving")
    with world.restores_taking(60):
        world.restore("start", "--to", "latest")
        verb = begin(world, "wait")
        assert verb.stderr is not None
        while "waiting for" not in verb.stderr.readline():
            assert verb.poll() is None
        verb.send_signal(signal.SIGTERM)
        _, said = verb.communicate(timeout=10)
    assert verb.returncode == 130, said
    assert "next: python -m restore wait" in said
    assert "Traceback" not in said
