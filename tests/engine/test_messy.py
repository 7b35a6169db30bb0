"""A messy stack, as `make messy` draws them."""

from tests.engine.messy import Mess
from tests.engine.world import World
from tests.unit.stacks.dice import Dice


def test_a_messy_stack_is_blocked_before_its_restore_or_runs_to_the_end(the_world: World) -> None:
    """Seed 0: ignored tags, the config in Pulumi.yaml, drift, what others made by hand."""
    mess = Mess(the_world, Dice(0))
    try:
        mess.make()

        assert mess.run() == 1
        assert "drift" in mess.made
    finally:
        # Its Pulumi.yaml is no other test's.
        the_world.begin()
