"""The document that `policy` prints is enough for everything, and no statement of it is idle."""

from collections.abc import Callable

from tests.engine.operators import acting, printed
from tests.engine.world import ORIGINAL, World

At = Callable[[str], World]


def test_the_document_is_enough_from_the_first_update_to_the_last_delete(world: World) -> None:
    """One action that is missing ends a run in the middle of a row, in the night."""
    with acting(world):
        document = printed(world)
    with acting(world, document):
        world.up()
        assert not [each for each in world.asked("plan")["findings"] if each["level"] != "ok"]
        world.restore("run", "--to", "latest", "--drain", "0")
        world.restore("clean", "original", "--confirm", ORIGINAL)
        world.no_drift()
