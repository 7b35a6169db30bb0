"""Facts × verb → the next update of the stack, or why there is none.

An expected update is spelt out: the placement, and each change that it may make.
"""

from dataclasses import replace

import pytest

from restore.decide.gate import Permit
from restore.decide.move import Nothing, Row, Update
from restore.decide.moves import next_move
from restore.decide.permits import ADDITIONAL
from restore.decide.placement import Placement
from restore.errors import BlockedError
from restore.facts import TableFacts
from tests.unit.restore.worlds import (
    TO_BESIDE,
    TO_SWITCHED_2,
    facts,
    original,
    restored,
)
from tests.unit.stacks.stands import TO_DROPPED, TO_PREPARED, TO_ROLLED_BACK, TO_SWITCHED

ADOPT, PREPARE, SWITCH, ROLLBACK, DROP, *_ = Row
O, R, R2, R3 = "original", "restored", "restored-2", "restored-3"  # noqa: E741
GRANT = "update Policy restore-demo (policy)"
FLIP = "update Parameter restore-demo (value, version)"


def furnish(label: str) -> str:
    return f"import/update Table restore-demo.{label} (additional)"


def leave(label: str) -> str:
    return f"delete Table restore-demo.{label} (any)"


def permits_of(update: Update) -> list[str]:
    """The permits as lines: operations, kind, name, properties."""
    return [
        f"{'/'.join(sorted(each.ops))} {each.kind.rpartition(':')[2]} {each.name}"
        f" ({properties_of(each)})"
        for each in update.allowed
    ]


def properties_of(permit: Permit) -> str:
    if permit.properties == ADDITIONAL:
        return "additional"
    return "any" if permit.properties is None else ", ".join(sorted(permit.properties))


TO_REIMPORTED = f"{TO_DROPPED} switched"
UPDATES = [
    pytest.param(
        ADOPT,
        facts("serving", restored()),
        None,
        Placement(O, adopt=(R,)),
        ["import Table restore-demo.restored ()"],
        "adopt restored",
        id="adopt",
    ),
    pytest.param(
        ADOPT,
        facts(TO_PREPARED, restored(R2)),
        R2,
        Placement(O, (R,), (R2,)),
        ["import Table restore-demo.restored-2 ()"],
        "adopt restored-2",
        id="adopt-one-more-beside",
    ),
    pytest.param(
        ADOPT,
        facts(TO_DROPPED, original(), restored(R2, source=R)),
        None,
        Placement(R, adopt=(R2,)),
        ["import Table restore-demo.restored-2 ()"],
        "adopt restored-2",
        id="adopt-in-a-second-incident",
    ),
    pytest.param(
        PREPARE,
        facts("serving adopted"),
        None,
        Placement(O, (R,)),
        [furnish(R), GRANT],
        "furnish restored with what a restore does not bring, and let clients read it",
        id="prepare",
    ),
    pytest.param(
        PREPARE,
        facts("serving", restored()),
        None,
        Placement(O, (R,)),
        [furnish(R), GRANT],
        "furnish restored with what a restore does not bring, and let clients read it",
        id="prepare-without-adopt",
    ),
    pytest.param(
        PREPARE,
        facts("serving adopted prepared!tables"),
        None,
        Placement(O, (R,)),
        [furnish(R), GRANT],
        "furnish restored with what a restore does not bring, and let clients read it",
        id="prepare-killed-before-the-grant",
    ),
    pytest.param(
        PREPARE,
        facts(f"{TO_ROLLED_BACK} serving", restored()),
        R,
        Placement(O, (R,)),
        [furnish(R), GRANT],
        "furnish restored with what a restore does not bring, and let clients read it",
        id="prepare-takes-up-what-was-rolled-back-and-dropped",
    ),
    pytest.param(
        SWITCH,
        facts(TO_PREPARED),
        None,
        Placement(R, (O,)),
        [FLIP],
        "point clients from original to restored",
        id="switch",
    ),
    pytest.param(
        SWITCH,
        facts(TO_ROLLED_BACK),
        None,
        Placement(R, (O,), rollback_from=O),
        [FLIP],
        "point clients from original to restored",
        id="switch-again-after-a-rollback",
    ),
    pytest.param(
        SWITCH,
        facts(f"{TO_BESIDE} beside-prepared"),
        None,
        Placement(R2, (R, O)),
        [FLIP],
        "point clients from original to restored-2",
        id="switch-to-the-newest",
    ),
    pytest.param(
        SWITCH,
        facts(f"{TO_BESIDE} beside-prepared"),
        R,
        Placement(R, (R2, O)),
        [FLIP],
        "point clients from original to restored",
        id="switch-to-the-one-that-as-names",
    ),
    pytest.param(
        SWITCH,
        facts(TO_PREPARED, row="switched"),
        None,
        Placement(R, (O,)),
        [FLIP],
        "point clients from original to restored",
        id="switch-killed-between-config-and-update",
    ),
    pytest.param(
        ROLLBACK,
        facts("serving adopted"),
        None,
        Placement(O),
        [leave(R), GRANT],
        "let restored leave the stack, kept in AWS",
        id="rollback-of-adopted",
    ),
    pytest.param(
        ROLLBACK,
        facts(TO_PREPARED),
        None,
        Placement(O),
        [leave(R), GRANT],
        "let restored leave the stack, kept in AWS",
        id="rollback-of-prepared",
    ),
    pytest.param(
        ROLLBACK,
        facts(TO_BESIDE),
        None,
        Placement(O, (R,)),
        [leave(R2), GRANT],
        "let restored-2 leave the stack, kept in AWS",
        id="rollback-of-one-leaves-the-other",
    ),
    pytest.param(
        ROLLBACK,
        facts(TO_SWITCHED),
        None,
        Placement(O, (R,), rollback_from=R),
        [FLIP],
        "point clients from restored back to original",
        id="rollback-of-switched",
    ),
    pytest.param(
        ROLLBACK,
        facts(f"{TO_ROLLED_BACK} switched-again"),
        None,
        Placement(O, (R,), rollback_from="restored:2"),
        [FLIP],
        "point clients from restored back to original",
        id="rollback-of-switched-again",
    ),
    pytest.param(
        ROLLBACK,
        facts(f"{TO_PREPARED} switched!pointer", row="prepared"),
        None,
        Placement(O, (R,), rollback_from=R),
        [FLIP],
        "point clients from restored back to original",
        id="rollback-of-a-switch-killed-after-the-flip",
    ),
    pytest.param(
        ROLLBACK,
        facts(TO_SWITCHED_2),
        None,
        Placement(R, (R2,), rollback_from=R2),
        [FLIP],
        "point clients from restored-2 back to restored",
        id="rollback-of-the-second",
    ),
    pytest.param(
        ROLLBACK,
        facts(f"{TO_BESIDE} beside-prepared switched-beside rolled-back-beside switched-to-first"),
        None,
        Placement(O, (R2, R), rollback_from=R),
        [FLIP],
        "point clients from restored back to original",
        id="rollback-passes-over-a-label-that-was-left-already",
    ),
    pytest.param(
        DROP,
        facts(TO_SWITCHED),
        None,
        Placement(R),
        [leave(O), GRANT],
        "let original leave the stack, kept in AWS",
        id="drop",
    ),
    pytest.param(
        DROP,
        facts(TO_ROLLED_BACK),
        None,
        Placement(O),
        [leave(R), GRANT],
        "let restored leave the stack, kept in AWS",
        id="drop-after-a-rollback",
    ),
    pytest.param(
        DROP,
        facts(f"{TO_BESIDE} switched-beside"),
        None,
        Placement(R2),
        [leave(O), leave(R), GRANT],
        "let original, restored leave the stack, kept in AWS",
        id="drop-lets-the-one-given-up-leave-too",
    ),
    pytest.param(
        DROP,
        facts(TO_SWITCHED, gone=(O,)),
        None,
        Placement(R),
        [leave(O), GRANT],
        "let original leave the stack, kept in AWS",
        id="drop-of-a-table-deleted-by-hand",
    ),
    pytest.param(
        DROP,
        facts(f"{TO_DROPPED} switched!tables"),
        None,
        Placement(R),
        [leave(O), GRANT],
        "let original leave the stack, kept in AWS",
        id="drop-after-a-rollback-killed-before-the-grant",
    ),
    pytest.param(
        SWITCH,
        facts("serving", restored(), gone=(O,)),
        None,
        Placement(R),
        [furnish(R), GRANT, FLIP, leave(O)],
        "original is gone: take restored over, furnish it and point clients to it",
        id="the-short-way",
    ),
    pytest.param(
        SWITCH,
        facts(TO_PREPARED, gone=(O,)),
        None,
        Placement(R),
        [furnish(R), GRANT, FLIP, leave(O)],
        "original is gone: take restored over, furnish it and point clients to it",
        id="the-short-way-from-prepared",
    ),
    pytest.param(
        SWITCH,
        facts(f"{TO_ROLLED_BACK}", restored(R2), gone=(O,)),
        None,
        Placement(R2),
        [furnish(R2), GRANT, FLIP, leave(O), leave(R)],
        "original is gone: take restored-2 over, furnish it and point clients to it",
        id="the-short-way-after-a-rollback",
    ),
]


@pytest.mark.parametrize(("row", "known", "chosen", "wanted", "permits", "says"), UPDATES)
def test_a_row_is_one_update(  # noqa: PLR0913 - the columns of the table
    *,
    row: Row,
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
    assert permits_of(first) == [furnish(O), GRANT]
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


def test_a_standby_that_somebody_deleted_leaves_the_stack_with_the_next_update() -> None:
    """Kept in the stack it would be drift after every update, and no proof would ever hold."""
    there = facts(TO_SWITCHED, restored("restored-2", source="restored"), gone=("original",))

    update = next_move(Row.ADOPT, there, "restored-2")

    assert isinstance(update, Update)
    assert update.wanted.standby == ()
    assert "delete Table restore-demo.original (any)" in permits_of(update)


def test_a_rollback_with_a_new_restore_in_aws_is_for_a_person_to_decide() -> None:
    """It may mean the new restore, or the first incident's table: one of them moves clients."""
    there = facts(TO_DROPPED, original(), restored("restored-2", source="restored"))

    with pytest.raises(BlockedError, match="clients were never moved to it") as blocked:
        next_move(Row.ROLLBACK, there)

    assert "python -m restore rollback --as original" in blocked.value.mend
    back = next_move(Row.ROLLBACK, there, "original")
    assert isinstance(back, Update)
    assert back.wanted.standby == ("original",)


def test_a_rollback_to_a_label_that_it_does_not_lead_to_is_refused() -> None:
    """`--as original` must not end at another label."""
    with pytest.raises(BlockedError, match="there is no way back to original"):
        next_move(Row.ROLLBACK, facts(TO_SWITCHED_2), "original")


def test_a_drop_beside_a_lost_table_is_refused() -> None:
    """The standby is then the only table that lives, and the grant would leave it."""
    with pytest.raises(BlockedError, match="which clients use, is gone"):
        next_move(Row.DROP, facts(TO_SWITCHED, gone=("restored",)))


def test_a_drop_killed_after_the_grant_is_finished_by_the_next_one() -> None:
    """The table that leaves is no longer covered, and is no newly adopted one either."""
    there = facts("serving adopted prepared switched dropped!grant")

    update = next_move(Row.DROP, there)

    assert isinstance(update, Update)
    assert "delete Table restore-demo.original (any)" in permits_of(update)
    assert isinstance(next_move(Row.PREPARE, there), Nothing)
