"""A step that is taken too early: the fix is the step before it."""

from collections.abc import Callable

from tests.fixes.kept import kept
from tests.fixes.sites import printed
from tests.fixes.typed import typed
from tests.support.engine.world import RESTORED, World

At = Callable[[str], World]


def test_a_switch_before_prepare_prints_prepare_which_lets_it_go_on(at: At) -> None:
    """Clients must never be moved to a table without its settings."""
    world = at("adopted")
    with kept(world):
        said = world.restore("switch", code=3).said
        typed(world, printed(said, "restore/decide/forward.py:switch"))
        world.restore("switch")
    assert world.pointer()[0] == RESTORED
