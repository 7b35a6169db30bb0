"""The phases of a table in a row."""

import pytest

from restore.decide.road import Mark, road
from restore.model.facts import TableFacts
from restore.model.phase import Phase, locate
from tests.support.configs.positions import TO_DROPPED, TO_PREPARED, TO_ROLLED_BACK, TO_SWITCHED
from tests.support.memory.facts import facts, original, restored, restoring

LOST = facts("serving", gone=("original",))
FOUND = facts("serving", restored(), gone=("original",))

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
    found = road(table, locate(table))

    assert " ".join(f"{mark} {phase}" for phase, mark in found) == row
    assert [phase for phase, mark in found if mark is Mark.NOW] == [locate(table).phase]


def test_every_phase_has_a_row() -> None:
    assert {locate(table).phase for table, _ in ROADS} == {*Phase}
