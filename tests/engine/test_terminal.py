"""A person in front of a terminal: what they see while the engine works, and Ctrl-C."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sandbox.demo.terminal import Terminal, terminal
from tests.engine.world import CHECKOUT, ORIGINAL, RESTORED, World

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
    assert "Stopped by Ctrl-C." in seen
    assert seen.endswith("mend: the same command again: it carries on")
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
        shown.until(lambda seen: "Ctrl-C: the engine ends what it has begun." in seen, PATIENCE)
        world.release()
        ended_cleanly(shown)
    assert world.pointer() in {(ORIGINAL, 1), (RESTORED, 2)}
    world.restore("switch", "--yes")
    assert world.pointer() == (RESTORED, 2)
    world.no_drift()
