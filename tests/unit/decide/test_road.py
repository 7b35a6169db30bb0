"""The phases of a table in a row, and what follows on the step that is being done."""

import pytest

from restore.decide.road import Mark, road, then
from restore.model.facts import TableFacts
from restore.model.phase import Phase, stand
from tests.support.configs.positions import TO_DROPPED, TO_PREPARED, TO_ROLLED_BACK, TO_SWITCHED
from tests.support.memory.facts import facts, original, restored, restoring

LOST = facts("serving", gone=("original",))
FOUND = facts("serving", restored(), gone=("original",))
ALL = "adopt, prepare, verify, switch, drain, drop"

ROADS = [
    (facts("", row="serving"), "● undeployed ○ serving"),
    (facts("serving"), "● serving ○ restored ○ adopted ○ prepared ○ switched ○ dropped"),
    (
        facts("serving", restoring()),
        "✓ serving ● restoring ○ adopted ○ prepared ○ switched ○ dropped",
    ),
    (
        facts("serving", restored()),
        "✓ serving ● restored ○ adopted ○ prepared ○ switched ○ dropped",
    ),
    (facts("serving adopted"), "✓ serving ✓ restored ● adopted ○ prepared ○ switched ○ dropped"),
    (facts(TO_PREPARED), "✓ serving ✓ restored ✓ adopted ● prepared ○ switched ○ dropped"),
    (facts(TO_SWITCHED), "✓ serving ✓ restored ✓ adopted ✓ prepared ● switched ○ dropped"),
    (facts(TO_ROLLED_BACK), "✓ serving ✓ restored ✓ adopted ✓ prepared ● rolled back ○ dropped"),
    (
        facts(TO_DROPPED, original()),
        "✓ serving ✓ restored ✓ adopted ✓ prepared ✓ switched ● dropped",
    ),
    (LOST, "● lost ○ restored ○ dropped"),
]


@pytest.mark.parametrize(("table", "row"), ROADS)
def test_a_row_has_what_is_done_what_is_now_and_what_lies_ahead(
    table: TableFacts, row: str
) -> None:
    found = road(table, stand(table))

    assert " ".join(f"{mark} {phase}" for phase, mark in found) == row
    assert [phase for phase, mark in found if mark is Mark.NOW] == [stand(table).phase]


def test_every_phase_has_a_row() -> None:
    assert {stand(table).phase for table, _ in ROADS} == {*Phase}


@pytest.mark.parametrize(
    ("table", "step", "says"),
    [
        (facts("serving"), "start", f"wait for the restore, {ALL}"),
        (facts("serving", restoring()), "wait", ALL),
        (facts("serving", restored()), "adopt", "prepare, verify, switch, drain, drop"),
        (facts("serving adopted"), "prepare", "verify, switch, drain, drop"),
        (facts(TO_PREPARED), "verify", "switch, drain, drop"),
        (facts(TO_PREPARED), "switch", "drain, drop"),
        (facts(TO_SWITCHED), "drain", "drop"),
        (facts(TO_SWITCHED), "drop", "nothing"),
        (LOST, "start", "wait for the restore, switch"),
        (FOUND, "switch", "nothing"),
    ],
)  # fmt: skip
def test_a_run_says_all_that_it_will_do_by_itself(table: TableFacts, step: str, says: str) -> None:
    assert then("run", step, [table], None) == says


@pytest.mark.parametrize(
    ("table", "verb", "says"),
    [
        (facts("serving"), "start", "python -m restore wait"),
        (facts("serving", restoring()), "wait", "python -m restore adopt"),
        (FOUND, "wait", "python -m restore switch"),
        (facts("serving", restored()), "adopt", "python -m restore prepare"),
        (facts("serving adopted"), "prepare", "python -m restore verify"),
        (facts(TO_PREPARED), "switch", "python -m restore drop"),
        (facts(TO_SWITCHED), "drop", "nothing"),
        (facts(TO_SWITCHED), "rollback", "python -m restore status"),
    ],
)
def test_a_verb_says_the_command_that_follows(table: TableFacts, verb: str, says: str) -> None:
    assert then(verb, verb, [table], None) == says


def test_a_step_that_is_behind_already_has_everything_left_before_it() -> None:
    """`adopt` of a table that is prepared does nothing."""
    assert then("run", "adopt", [facts(TO_PREPARED)], None) == "verify, switch, drain, drop"


def test_the_table_that_has_most_before_it_says_what_follows() -> None:
    tables = [facts(TO_SWITCHED), facts("serving", restored()), facts(TO_PREPARED)]
    assert then("run", "adopt", tables, None) == "prepare, verify, switch, drain, drop"


def test_before_anything_is_observed_nothing_follows() -> None:
    assert then("run", "start", [], None) == "nothing"
