"""Which stack a person has selected, and which one they name for once."""

from collections.abc import Callable

from tests.engine.world import STACK, World

At = Callable[[str], World]


def test_a_stack_that_is_named_once_is_not_selected_by_that(at: At) -> None:
    world = at("serving")
    world.pulumi("stack", "init", "another")

    status = world.asked("status", "--stack", STACK)

    assert status["tables"]["restore-demo"]["phase"] == "serving"
    assert world.pulumi("stack", "--show-name").out.strip() == "another"
