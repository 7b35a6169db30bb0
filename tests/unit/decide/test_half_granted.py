"""One of two grants covers a table: an update ended between them."""

from dataclasses import replace

import pytest

from restore.decide.placement import Placement
from restore.decide.transition import next_move
from restore.decide.update import Update
from restore.model.errors import BlockedError
from restore.model.facts import TableFacts
from restore.model.steps import Step
from tests.support.configs.positions import R2, TO_PREPARED, O, R
from tests.support.memory.facts import facts, restored
from tests.support.memory.permit_lines import GRANT, configure, permits_of


def half_prepared() -> TableFacts:
    """Killed between the two grants."""
    there = facts("serving adopted prepared!grant")
    restored_name = there.physical(R)
    past = replace(
        there.past,
        covered=there.past.covered - {restored_name},
        half_covered=frozenset({restored_name}),
    )
    return replace(there, past=past)


def test_a_prepare_killed_between_the_two_grants_is_finished_by_the_next_one() -> None:
    update = next_move(Step.PREPARE, half_prepared())
    assert isinstance(update, Update)
    assert (update.wanted, permits_of(update)) == (Placement(O, (R,)), [configure(R), GRANT])


def test_nobody_is_moved_to_a_table_that_only_one_of_two_grants_covers() -> None:
    with pytest.raises(BlockedError, match="not prepared yet"):
        next_move(Step.SWITCH, half_prepared())


def test_a_grant_that_lags_behind_the_other_is_put_right_by_whatever_comes_next() -> None:
    there = facts(TO_PREPARED, restored(R2))
    name = frozenset({there.physical(R)})
    lagging = replace(there.past, covered=there.past.covered - name, half_covered=name)
    update = next_move(Step.ADOPT, replace(there, past=lagging), R2)
    assert isinstance(update, Update)
    assert GRANT in permits_of(update)
    usual = next_move(Step.ADOPT, there, R2)
    assert isinstance(usual, Update)
    assert GRANT not in permits_of(usual)
