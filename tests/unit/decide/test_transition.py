"""Facts × verb → the next update of the stack, or why there is none.

An expected update is spelt out: the placement, and each change that it may make.
"""

from dataclasses import replace

import pytest

from restore.decide.placement import Placement
from restore.decide.transition import next_move
from restore.decide.update import Nothing, Update
from restore.model.errors import BlockedError
from restore.model.facts import TableFacts
from restore.model.steps import UPDATES, Step
from tests.support.configs.positions import R2, TO_DROPPED, TO_SWITCHED, O, R
from tests.support.memory.facts import TO_SWITCHED_2, facts, name, original, restored
from tests.support.memory.permit_lines import FLIP, GRANT, configure, permits_of
from tests.support.memory.rollbacks import BACKWARD
from tests.support.memory.transitions import FORWARD

ADOPT, PREPARE, SWITCH, ROLLBACK, DROP, *_ = UPDATES
TO_REIMPORTED = f"{TO_DROPPED} switched"
ROWS = [*FORWARD, *BACKWARD]


@pytest.mark.parametrize(("row", "known", "chosen", "wanted", "permits", "says"), ROWS)
def test_a_row_is_one_update(  # noqa: PLR0913 - the columns of the table
    *,
    row: Step,
    known: TableFacts,
    chosen: str | None,
    wanted: Placement,
    permits: list[str],
    says: str,
) -> None:
    move = next_move(row, known, chosen)

    assert isinstance(move, Update)
    assert move.table == "restore-demo"
    assert move.wanted == wanted
    assert permits_of(move) == permits
    assert move.says == says
    assert not move.more


def test_going_back_from_dropped_takes_two_updates() -> None:
    """The old table has to be in the stack and readable before a client is sent to it."""
    first = next_move(ROLLBACK, facts(TO_DROPPED, original()))
    second = next_move(ROLLBACK, facts(TO_REIMPORTED))

    assert isinstance(first, Update)
    assert isinstance(second, Update)
    assert first.wanted == Placement(R, (O,))
    assert permits_of(first) == [configure(O), GRANT]
    assert first.says == "take original into the stack again, and let clients read it"
    assert (first.more, second.more) == (True, False)
    assert second.wanted == Placement(O, (R,), rollback_from=R)
    assert permits_of(second) == [FLIP]


def test_a_rollback_killed_before_the_grant_still_goes_back() -> None:
    """The old table is in the stack but not readable, which looks like a table just adopted.

    Taken for one, it would leave the stack again, and the verb would end well.
    """
    again = next_move(ROLLBACK, facts(f"{TO_DROPPED} switched!tables"))

    assert isinstance(again, Update)
    assert (again.wanted, again.more) == (Placement(R, (O,)), True)


def test_a_token_for_another_time_is_kept_unless_it_names_the_active_label() -> None:
    """A config with the active label as its token is refused: it must not be written."""
    known = facts("serving", restored())
    elsewhere = replace(known, config=replace(known.config, rollback_from=R2))
    itself = replace(known, config=replace(known.config, rollback_from="original:2"))

    kept, left = next_move(ADOPT, elsewhere), next_move(ADOPT, itself)

    assert isinstance(kept, Update)
    assert isinstance(left, Update)
    assert (kept.wanted.rollback_from, left.wanted.rollback_from) == (R2, None)


def test_a_standby_that_someone_deleted_leaves_the_stack_with_the_next_update() -> None:
    """Kept in the stack it would be drift after every update, and no proof would ever hold."""
    there = facts(TO_SWITCHED, restored("restored-2", source="restored"), gone=("original",))

    update = next_move(Step.ADOPT, there, "restored-2")

    assert isinstance(update, Update)
    assert update.wanted.standby == ()
    assert "delete Table restore-demo.original (any)" in permits_of(update)


def test_a_rollback_with_a_new_restore_in_aws_is_for_a_person_to_decide() -> None:
    """It may mean the new restore, or the first incident's table: one of them moves clients."""
    there = facts(TO_DROPPED, original(), restored("restored-2", source="restored"))

    with pytest.raises(BlockedError, match="clients were never moved to it") as blocked:
        next_move(Step.ROLLBACK, there)

    assert "python -m restore rollback --as original" in blocked.value.fix
    back = next_move(Step.ROLLBACK, there, "original")
    assert isinstance(back, Update)
    assert back.wanted.standby == ("original",)


def test_a_rollback_to_a_label_that_it_does_not_lead_to_is_refused() -> None:
    """`--as original` must not end at another label."""
    with pytest.raises(BlockedError, match="there is no way back to original"):
        next_move(Step.ROLLBACK, facts(TO_SWITCHED_2), "original")


def test_a_drop_beside_a_lost_table_is_refused() -> None:
    """The standby is then the only table that lives, and the grant would leave it."""
    with pytest.raises(BlockedError, match="which clients use, is gone"):
        next_move(Step.DROP, facts(TO_SWITCHED, gone=("restored",)))


def test_a_drop_killed_after_the_grant_is_finished_by_the_next_one() -> None:
    """The table that leaves is no longer covered, and is no newly adopted one either."""
    there = facts("serving adopted prepared switched dropped!grant")

    update = next_move(Step.DROP, there)

    assert isinstance(update, Update)
    assert "delete Table restore-demo.original (any)" in permits_of(update)
    assert isinstance(next_move(Step.PREPARE, there), Nothing)


def test_a_stack_that_was_forgotten_takes_over_what_clients_use() -> None:
    """`pulumi up` over an older config moved every client back to the garbage."""
    there = replace(facts("", restored(), row="serving"), pointer=name(R))
    with pytest.raises(BlockedError) as blocked:
        next_move(Step.SWITCH, there)
    assert blocked.value.fix == (
        f"clients use {name(R)}; to take it over: pulumi config set activeTable {R};"
        f" pulumi config set --path 'adoptTables[0]' {R};"
        " pulumi config set --path tables.restore-demo.adoptPointer true; pulumi up;"
        " pulumi config rm --path tables.restore-demo.adoptPointer; pulumi config rm adoptTables"
    )
