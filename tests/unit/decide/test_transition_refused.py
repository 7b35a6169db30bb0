"""A row that is done, or that cannot be carried out from where the table stands."""

from dataclasses import replace
from datetime import timedelta

import pytest

from restore.decide.transition import next_move
from restore.decide.update import Nothing, Update
from restore.model.errors import BlockedError
from restore.model.facts import TableFacts
from restore.model.steps import UPDATES, Step
from restore.model.unusable import until_usable
from tests.support.configs.positions import TO_DROPPED, TO_PREPARED, TO_ROLLED_BACK, TO_SWITCHED
from tests.support.memory.facts import (
    POINT,
    TO_BESIDE,
    TO_SWITCHED_2,
    WINDOW,
    facts,
    name,
    original,
    past_by,
    restored,
    restoring,
)

ADOPT, PREPARE, SWITCH, ROLLBACK, DROP, *_ = UPDATES
EARLIER = POINT - timedelta(hours=1)
O, R, R2, R3 = "original", "restored", "restored-2", "restored-3"  # noqa: E741
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
def test_a_row_that_is_done_says_so(row: Step, way: str, says: str) -> None:
    assert next_move(row, facts(way)) == Nothing(says)


@pytest.mark.parametrize("row", [ADOPT, PREPARE, SWITCH])
def test_the_active_label_is_not_moved_on_from_when_as_names_it(row: Step) -> None:
    """`switch --as restored-2`, repeated, must not go on to whatever is prepared beside it."""
    known = facts(f"{TO_SWITCHED_2} prepared-3")

    assert next_move(row, known, R2) == Nothing("restored-2 is the active table already.")
    assert isinstance(next_move(SWITCH, known, R3), Update)


@pytest.mark.parametrize("row", [ADOPT, PREPARE])
def test_beside_a_deleted_table_the_rows_wait_for_the_switch(row: Step) -> None:
    """No update could prove zero drift beside a table that the stack holds and AWS does not."""
    known = facts("serving", restored(), gone=(O,))

    assert next_move(row, known) == Nothing(
        "original is gone: switch takes restored over in one update instead."
    )


def test_a_table_configured_before_is_not_adopted_with_base_settings() -> None:
    """An import without its stream and its recovery would plan to take them away."""
    known = facts("serving", restored(window=WINDOW))

    assert next_move(ADOPT, known) == Nothing(
        "restored was configured before: prepare imports it with all its settings."
    )


BLOCKED = [
    *(
        pytest.param(
            row, facts(""), None, "restore-demo was never deployed.", "pulumi up", id=f"{row}-first"
        )
        for row in UPDATES
    ),
    *(
        pytest.param(
            row,
            facts(TO_PREPARED, pointer=name(R)),
            None,
            f"The parameter restore-demo-table-name holds '{name(R)}' in AWS, but"
            f" '{name(O)}' in the stack's state: someone edited it, or an update died there.",
            f"if clients are to stay with {name(R)}: pulumi refresh; to take them back: aws ssm"
            " put-parameter --overwrite --type String --name restore-demo-table-name"
            f" --value {name(O)}",
            id=f"{row}-over-a-hand-edited-pointer",
        )
        for row in UPDATES
    ),
    pytest.param(
        SWITCH,
        facts("serving", restored(), pointer=name(R)),
        None,
        f"The parameter restore-demo-table-name holds '{name(R)}' in AWS, but"
        f" '{name(O)}' in the stack's state: someone edited it, or an update died there.",
        "pulumi config set --path 'standbyTables[0]' original; pulumi config set activeTable"
        " restored; pulumi up",
        id="switch-over-a-switch-that-the-state-has-lost",
    ),
    pytest.param(
        SWITCH,
        facts("serving adopted", pointer=name(R)),
        None,
        f"The parameter restore-demo-table-name holds '{name(R)}' in AWS, but"
        f" '{name(O)}' in the stack's state: someone edited it, or an update died there.",
        f"if clients are to stay with {name(R)}: pulumi config set --path 'standbyTables[0]'"
        " original; pulumi config set activeTable restored; pulumi up; to take them back: aws ssm"
        " put-parameter --overwrite --type String --name restore-demo-table-name"
        f" --value {name(O)}",
        id="switch-over-a-pointer-to-what-nobody-may-read",
    ),
    pytest.param(
        SWITCH,
        facts(TO_PREPARED, past=replace(past_by(TO_PREPARED), pointed=None), pointer=name(R)),
        None,
        f"The parameter restore-demo-table-name holds '{name(R)}' in AWS, and is not in the"
        " stack's state.",
        f"if clients are to use {name(O)}: aws ssm put-parameter --overwrite --type String --name"
        f" restore-demo-table-name --value {name(O)};"
        " pulumi config set --path tables.restore-demo.adoptPointer true;"
        " pulumi up; pulumi config rm --path tables.restore-demo.adoptPointer",
        id="switch-over-a-parameter-that-the-stack-has-forgotten",
    ),
    *(
        pytest.param(
            row,
            facts(way, replace(restored(label), status=status)),
            None,
            f"{label} ({name(label)}) is {status}: clients could not use it.",
            until_usable(name(label), status),
            id=f"{row}-to-a-table-that-is-{status.lower()}",
        )
        for row, way, label in (
            (SWITCH, TO_PREPARED, R),
            (ROLLBACK, TO_SWITCHED, O),
            (ROLLBACK, TO_DROPPED, O),
            (DROP, TO_SWITCHED, R),
        )
        for status in ("DELETING", "INACCESSIBLE_ENCRYPTION_CREDENTIALS")
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
            f"{label} ({name(label)}) is not prepared yet: clients could not use it.",
            "python -m restore prepare",
            id=f"switch-{phase}-{label}",
        )
        for known, label, phase in (
            (facts("serving", restored()), R, "restored"),
            (facts("serving adopted"), R, "adopted"),
            (facts("serving adopted prepared!tables"), R, "adopted"),
        )
    ),
    *(
        pytest.param(
            DROP,
            facts(way),
            None,
            f"original is still active, and restored is only {phase}.",
            "python -m restore switch, or to give restored up: python -m restore rollback",
            id=f"drop-{phase}",
        )
        for way, phase in (("serving adopted", "adopted"), (TO_PREPARED, "prepared"))
    ),
    pytest.param(
        ROLLBACK,
        facts(TO_DROPPED),
        None,
        f"original ({name(O)}), which was active before, no longer exists:"
        " there is no way back to it.",
        "python -m restore run --to WHEN --as restored-2, which takes restored to an earlier"
        " moment",
        id="rollback-to-a-table-that-was-cleaned",
    ),
    pytest.param(
        SWITCH,
        facts(TO_BESIDE),
        R2,
        f"{R2} ({name(R2)}) is not prepared yet: clients could not use it.",
        "python -m restore prepare --as restored-2",
        id="switch-to-one-of-two-that-is-not-prepared",
    ),
    *(
        pytest.param(
            row,
            facts("serving", restored(at=EARLIER), restored(R2)),
            None,
            f"{R2} ({name(R2)}, to 2026-01-31T14:02:00Z, ACTIVE) and {R} ({name(R)},"
            " to 2026-01-31T13:02:00Z, ACTIVE) are restores of restore-demo.",
            "--as restored-2, or --as restored",
            id=f"{row}-of-two-restores",
        )
        for row in (ADOPT, PREPARE, SWITCH)
    ),
    pytest.param(
        ADOPT,
        facts("serving adopted"),
        R2,
        f"{R2} ({name(R2)}) does not exist: there is nothing to adopt.",
        "python -m restore start --to TIME --as restored-2, or status",
        id="as-names-a-label-that-is-not-there",
    ),
]


@pytest.mark.parametrize(("row", "known", "chosen", "wrong", "fix"), BLOCKED)
def test_a_row_that_cannot_be_carried_out_says_why(
    *, row: Step, known: TableFacts, chosen: str | None, wrong: str, fix: str
) -> None:
    with pytest.raises(BlockedError) as blocked:
        next_move(row, known, chosen)

    assert (blocked.value.wrong, blocked.value.fix) == (wrong, fix)
    assert blocked.value.untouched == "Nothing was changed."
