"""Each verb killed at the worst of its points, and given again. All points: `make kills`."""

from collections.abc import Callable

import pytest

from tests.support.engine.killpoints import CONFIG, RESTORE, ROWS, Point, strike
from tests.support.engine.world import World

BY_VERB = {row.verb: row for row in ROWS}
WORST = [
    # AWS restores, and nobody has heard of it.
    Point(BY_VERB["start"], RESTORE, "after", engine=False),
    Point(BY_VERB["adopt"], CONFIG, "after", engine=True),
    # The table has its settings, the state does not know, and nothing is readable yet.
    Point(BY_VERB["prepare"], "UpdateContinuousBackups", "after", engine=False),
    # Clients have moved, and the state says that they have not.
    Point(BY_VERB["switch"], "PutParameter", "after", engine=True),
    Point(BY_VERB["rollback"], "PutParameter", "after", engine=True),
    Point(BY_VERB["drop"], "CreatePolicyVersion", "before", engine=False),
]


@pytest.mark.parametrize("point", WORST, ids=lambda point: point.row.verb)
def test_a_verb_that_was_killed_converges_when_it_is_given_again(
    at: Callable[[str], World], point: Point
) -> None:
    """At 3 a.m. the terminal is lost in the middle; the next one types the same command."""
    strike(at(point.row.scene), point)
