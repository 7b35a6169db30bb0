"""Whatever happens, in whatever order, killed wherever: clients are served, and tables stay.

A walk that fails says its seed and its steps; the same seed walks the same way.
"""

import pytest

from tests.support.configs.chance import Dice
from tests.support.memory.walk import Walk

WALKS, STEPS = 150, 20


@pytest.mark.parametrize("seed", range(WALKS))
def test_no_walk_loses_a_table_or_a_client(seed: int) -> None:
    """3,000 steps; then what `status` says is done, until it says that there is nothing to do."""
    walk = Walk(Dice(seed))
    try:
        for _ in range(STEPS):
            walk.step()
        walk.converge()
        assert walk.look().serves
    except BaseException as error:
        error.add_note("\n".join((f"seed {seed}", *walk.log)))
        raise
