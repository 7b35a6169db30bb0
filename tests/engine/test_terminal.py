"""A person in front of a terminal: what they see while the engine works, and Ctrl-C."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sandbox.demo.terminal import Terminal, terminal
from tests.support.engine.world import CHECKOUT, ORIGINAL, RESTORED, World

At = Callable[[str], World]
PATIENCE = 120.0
ASKED = "Go on? [y/N]"


@contextmanager
def typed(world: World, *arguments: str) -> Iterator[Terminal]:
    command = (sys.executable, "-m", "restore", *arguments)
    environment = {**world.env, "PYTHONPATH": str(CHECKOUT)}
    with terminal(command, world.project, environment, (100, 40)) as shown:
        yield shown


def ended_cleanly(shown: Terminal) -> str:
    """What is seen at the end of a program that Ctrl-C has stopped."""
    assert shown.ended() == 130
    assert shown.screen.has_cursor
    seen = "\n".join(shown.screen.lines)
    assert "Interrupted. Completed steps are kept." in seen
    assert seen.endswith("fix: the same command again: it carries on")
    assert "Traceback" not in seen
    assert "● prepared" not in seen
    return seen


def test_ctrl_c_at_a_question_changes_nothing(at: At) -> None:
    world = at("prepared")
    since = world.last_call()
    with typed(world, "switch") as shown:
        shown.until(lambda seen: ASKED in seen, PATIENCE)
        shown.type("\x03")
        ended_cleanly(shown)
    assert world.writes(since) == []


def test_ctrl_c_while_the_engine_works_ends_it_and_the_same_command_carries_on(at: At) -> None:
    """The engine gets it too, and ends the call that it is at: no lock is left."""
    world = at("prepared")
    with world.holding("PutParameter", "before") as held, typed(world, "switch") as shown:
        shown.until(lambda seen: ASKED in seen, PATIENCE)
        shown.type("y\n")
        shown.until(lambda seen: held() and "switch: updating the stack 0:00:0" in seen, PATIENCE)
        assert "● prepared" in "\n".join(shown.screen.lines)
        shown.type("\x03")
        shown.until(lambda seen: "Ctrl-C: Pulumi finishes its current operation." in seen, PATIENCE)
        world.release()
        ended_cleanly(shown)
    assert world.pointer() in {(ORIGINAL, 1), (RESTORED, 2)}
    world.restore("switch", "--yes")
    assert world.pointer() == (RESTORED, 2)
    world.no_drift()


def test_what_was_typed_before_a_question_does_not_answer_it(at: At) -> None:
    """An early Enter and `y` switched every client, and the question was never seen."""
    # prints: restore/perform/confirm.py:confirm#2
    world = at("prepared")
    since = world.last_call()
    with typed(world, "switch") as shown:
        shown.type("\ny\ny\n")
        shown.until(lambda seen: ASKED in seen, PATIENCE)
        time.sleep(2)
        assert "\n".join(shown.screen.lines).count(ASKED) == 1
        assert world.writes(since) == []
        shown.type("n\n")
        assert shown.ended() == 3
    assert "fix: the same command with --yes" in "\n".join(shown.screen.lines)
    assert world.writes(since) == []
    assert world.pointer() == (ORIGINAL, 1)
    world.restore("switch", "--yes")
    assert world.pointer() == (RESTORED, 2)


def test_a_rollback_that_is_stopped_half_way_says_so_and_goes_on_as_it_prints(at: At) -> None:
    """The first of its two updates is done by then: "nothing was changed" would be untrue."""
    world = at("dropped")
    with typed(world, "rollback") as shown:
        shown.until(lambda seen: ASKED in seen, PATIENCE)
        shown.type("y\n")
        shown.until(lambda seen: seen.count(ASKED) > 1, PATIENCE)
        shown.type("n\n")
        assert shown.ended() == 1
    seen = " ".join("\n".join(shown.screen.lines).split())
    assert "this call has done: - restore-demo: take original into the stack again" in seen
    assert "the same command with --yes" in seen
    assert world.pointer()[0] == RESTORED
    world.restore("rollback", "--yes")
    assert world.pointer()[0] == ORIGINAL
    world.no_drift()
