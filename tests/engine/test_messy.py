"""A messy stack, as `make messy` draws them."""

from tests.support.configs.chance import Dice
from tests.support.engine.world import World
from tools.messy import Mess

SEED = 16


def test_a_messy_stack_is_blocked_before_its_restore_or_runs_to_the_end(the_world: World) -> None:
    """What a team has around its table may cost one round of fixes, and no restore."""
    mess = Mess(the_world, Dice(SEED))
    try:
        mess.make()

        assert mess.hindered
        assert mess.run() == 1
    finally:
        mess.close()
