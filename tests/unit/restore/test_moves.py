"""Facts × verb → the next update of the stack, or why there is none.

An expected update is spelt out: the placement, and each change that it may make.
"""

from dataclasses import replace

import pytest

from restore.errors import BlockedError
from restore.facts import TableFacts
from restore.move import Nothing, Row, Update
from restore.moves import next_move
from restore.placement import Placement
from tests.unit.restore.worlds import (
    TO_BESIDE,
    TO_SWITCHED_2,
    WINDOW,
    facts,
    name,
    original,
    restored,
    restoring,
)
from tests.unit.stacks.stands import TO_DROPPED, TO_PREPARED, TO_ROLLED_BACK, TO_SWITCHED

ADOPT, PREPARE, SWITCH, ROLLBACK, DROP = Row
O, R, R2, R3 = "original", "restored", "restored-2", "restored-3"  # noqa: E741
GRANT = "update Policy restore-demo (policy)"
FLIP = "update Parameter restore-demo (value, version)"


def furnish(label: str) -> str:
    return f"import/update Table restore-demo.{label} (any)"


def leave(label: str) -> str:
    return f"delete Table restore-demo.{label} (any)"


def permits_of(update: Update) -> list[str]:
    """The permits as lines: operations, kind, name, properties."""
    return [
        f"{'/'.join(sorted(each.ops))} {each.kind.rpartition(':')[2]} {each.name}"
        f" ({'any' if each.properties is None else ', '.join(sorted(each.properties))})"
        for each in update.allowed
    ]


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


NOTHING = [
    pytest.param(ADOPT, "serving adopted", "restored is in the stack already (adopted)."),
    pytest.param(ADOPT, TO_PREPARED, "restored is in the stack already (prepared)."),
    pytest.param(ADOPT, TO_SWITCHED, "original is in the stack already (switched)."),
    pytest.param(ADOPT, TO_ROLLED_BACK, "restored is in the stack already (rolled back)."),
    pytest.param(PREPARE, TO_PREPARED, "restored is prepared already (prepared)."),
    pytest.param(PREPARE, TO_SWITCHED, "original is prepared already (switched)."),
    pytest.param(PREPARE, TO_ROLLED_BACK, "restored is prepared already (rolled back)."),
    pytest.param(SWITCH, TO_SWITCHED, "restored is the active table already."),
    pytest.param(SWITCH, TO_DROPPED, "restored is the active table already."),
    pytest.param(SWITCH, f"{TO_BESIDE} switched-beside", "restored-2 is the active table already."),
    pytest.param(ROLLBACK, "serving", "original is active, there is nothing to go back from."),
    pytest.param(ROLLBACK, TO_ROLLED_BACK, "original is active, there is nothing to go back from."),
    pytest.param(
        ROLLBACK,
        f"{TO_SWITCHED_2} rolled-back-2",
        "restored is active, there is nothing to go back from.",
    ),
    pytest.param(DROP, "serving", "original is the only table in the stack."),
    pytest.param(DROP, TO_DROPPED, "restored is the only table in the stack."),
]


@pytest.mark.parametrize(("row", "way", "says"), NOTHING)
def test_a_row_that_is_done_says_so(row: Row, way: str, says: str) -> None:
    assert next_move(row, facts(way)) == Nothing(says)


@pytest.mark.parametrize("row", [ADOPT, PREPARE, SWITCH])
def test_the_active_label_is_not_moved_on_from_when_as_names_it(row: Row) -> None:
    """`switch --as restored-2`, repeated, must not go on to whatever is prepared beside it."""
    known = facts(f"{TO_SWITCHED_2} prepared-3")

    assert next_move(row, known, R2) == Nothing("restored-2 is the active table already.")
    assert isinstance(next_move(SWITCH, known, R3), Update)


@pytest.mark.parametrize("row", [ADOPT, PREPARE])
def test_beside_a_deleted_table_the_rows_wait_for_the_switch(row: Row) -> None:
    """No update could prove zero drift beside a table that the stack holds and AWS does not."""
    known = facts("serving", restored(), gone=(O,))

    assert next_move(row, known) == Nothing(
        "original is gone: switch takes restored over in one update instead."
    )


def test_a_table_furnished_before_is_not_adopted_with_base_settings() -> None:
    """An import without its stream and its recovery would plan to take them away."""
    known = facts("serving", restored(window=WINDOW))

    assert next_move(ADOPT, known) == Nothing(
        "restored was furnished before: prepare imports it with all its settings."
    )


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


BLOCKED = [
    *(
        pytest.param(
            row, facts(""), None, "restore-demo was never deployed.", "pulumi up", id=f"{row}-first"
        )
        for row in Row
    ),
    *(
        pytest.param(
            row,
            facts(TO_PREPARED, pointer=name(R)),
            None,
            f"The parameter restore-demo-table-name holds '{name(R)}' in AWS, but"
            f" '{name(O)}' in the stack's state: somebody edited it.",
            "pulumi refresh, then python -m restore status",
            id=f"{row}-over-a-hand-edited-pointer",
        )
        for row in Row
    ),
    *(
        pytest.param(
            row,
            facts(way, *more, gone=gone),
            None,
            f"There is no restored table of restore-demo to {row}.",
            "python -m restore start --to WHEN",
            id=f"{row}-{stand}",
        )
        for row in (ADOPT, PREPARE, SWITCH)
        for stand, way, more, gone in (
            ("serving", "serving", (), ()),
            ("lost", "serving", (), (O,)),
            ("dropped", TO_DROPPED, (original(),), ()),
        )
        if (row, stand) != (SWITCH, "dropped")
    ),
    *(
        pytest.param(
            row,
            facts("serving", restoring(), gone=gone),
            None,
            f"{name(R)} is still being restored.",
            "python -m restore wait",
            id=f"{row}-restoring{'-after-a-deletion' if gone else ''}",
        )
        for row in (ADOPT, PREPARE, SWITCH)
        for gone in ((), (O,))
    ),
    *(
        pytest.param(
            SWITCH,
            known,
            None,
            f"{label} is {phase}, not prepared: clients could not read it.",
            "python -m restore prepare",
            id=f"switch-{phase}-{label}",
        )
        for known, label, phase in (
            (facts("serving", restored()), R, "restored"),
            (facts("serving adopted"), R, "adopted"),
            (facts("serving adopted prepared!tables"), R, "adopted"),
            (facts(TO_BESIDE), R2, "adopted"),
        )
    ),
    *(
        pytest.param(
            DROP,
            facts(way),
            None,
            f"original is still active, and restored is only {phase}.",
            "python -m restore switch, or rollback to give the restored table up",
            id=f"drop-{phase}",
        )
        for way, phase in (("serving adopted", "adopted"), (TO_PREPARED, "prepared"))
    ),
    pytest.param(
        ROLLBACK,
        facts(TO_DROPPED),
        None,
        f"original ({name(O)}), which was active before, no longer exists.",
        "python -m restore start --to latest --as restored-2",
        id="rollback-to-a-table-that-was-cleaned",
    ),
    pytest.param(
        ADOPT,
        facts("serving adopted"),
        R2,
        "There is no restored table of restore-demo to adopt.",
        "python -m restore start --to WHEN",
        id="as-names-a-label-that-is-not-there",
    ),
]


@pytest.mark.parametrize(("row", "known", "chosen", "wrong", "mend"), BLOCKED)
def test_a_row_that_cannot_be_carried_out_says_why(
    *, row: Row, known: TableFacts, chosen: str | None, wrong: str, mend: str
) -> None:
    with pytest.raises(BlockedError) as blocked:
        next_move(row, known, chosen)

    assert (blocked.value.wrong, blocked.value.mend) == (wrong, mend)
    assert blocked.value.untouched == "Nothing was changed."


def test_a_token_for_another_time_is_kept_unless_it_names_the_active_label() -> None:
    """A config with the active label as its token is refused: it must not be written."""
    known = facts("serving", restored())
    elsewhere = replace(known, config=replace(known.config, rollback_from=R2))
    itself = replace(known, config=replace(known.config, rollback_from="original:2"))

    kept, left = next_move(ADOPT, elsewhere), next_move(ADOPT, itself)

    assert isinstance(kept, Update)
    assert isinstance(left, Update)
    assert (kept.wanted.rollback_from, left.wanted.rollback_from) == (R2, None)
