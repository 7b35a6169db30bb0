"""Which stack is selected: that of the printed commands that name none."""

from collections.abc import Callable

from tests.support.engine.world import STACK, World

At = Callable[[str], World]


def test_a_stack_that_is_named_is_selected_by_that(at: At) -> None:
    """What is printed says `pulumi up` and no more: typed next, it is about the same stack."""
    world = at("serving")
    world.pulumi("stack", "init", "another")

    status = world.asked("status", "--stack", STACK)

    assert status["tables"]["restore-demo"]["phase"] == "serving"
    assert world.pulumi("stack", "--show-name").out.strip() == STACK
