"""Every earlier row's config, deployed at every later row.

A pipeline that deploys an old commit in the middle of a restore must not move a client, lose a
table or make an empty one. Each pair is named here with what comes of it: harmless (and the verb
with which the runbook carries on), or refused.
"""

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.engine.world import World

At = Callable[[str], World]

ROWS: dict[str, dict[str, Any]] = {
    "serving": {},
    "adopted": {"activeTable": "original", "adoptTables": ["restored"]},
    "prepared": {"activeTable": "original", "standbyTables": ["restored"]},
    "switched": {"activeTable": "restored", "standbyTables": ["original"]},
    "dropped": {"activeTable": "restored"},
    "rolled back": {
        "activeTable": "original",
        "standbyTables": ["restored"],
        "rollbackFrom": "restored",
    },
}

HARMLESS = {
    # later row, earlier row's config: the verb that carries on, and the phase that it leads to
    ("adopted", "serving"): ("adopt", "adopted"),
    ("prepared", "serving"): ("prepare", "prepared"),
    ("dropped", "switched"): ("drop", "dropped"),
    ("rolled back", "serving"): ("drop", "dropped"),
    ("rolled back", "prepared"): ("switch", "switched"),
    ("switched again", "switched"): ("drop", "dropped"),
    ("given up", "serving"): ("drop", "dropped"),
    ("given up", "prepared"): ("switch", "switched"),
    ("given up", "rolled back"): ("switch", "switched"),
    ("dropped again", "switched"): ("drop", "dropped"),
    ("dropped again", "dropped"): ("drop", "dropped"),
}

REFUSED = {
    # later row, earlier row's config: the reason
    ("prepared", "adopted"): "would take the additional settings",
    ("switched", "serving"): "would move every client",
    ("switched", "adopted"): "would move every client",
    ("switched", "prepared"): "would move every client",
    ("killed after the flip", "serving"): "would move every client",
    ("killed after the flip", "adopted"): "would move every client",
    ("killed after the flip", "prepared"): "would move every client",
    ("dropped", "serving"): "would move every client",
    ("dropped", "adopted"): "would move every client",
    ("dropped", "prepared"): "would move every client",
    ("cleaned", "serving"): "would move every client",
    ("cleaned", "adopted"): "would move every client",
    ("cleaned", "prepared"): "would move every client",
    ("cleaned", "switched"): "does not exist",
    ("rolled back", "adopted"): "would take the additional settings",
    ("rolled back", "switched"): "would move every client",
    ("rolled back", "dropped"): "would move every client",
    ("switched again", "serving"): "would move every client",
    ("switched again", "adopted"): "would move every client",
    ("switched again", "prepared"): "would move every client",
    ("switched again", "rolled back"): "would move every client",
    ("given up", "adopted"): "would take the additional settings",
    ("given up", "switched"): "would move every client",
    ("given up", "dropped"): "would move every client",
    ("dropped again", "serving"): "would move every client",
    ("dropped again", "adopted"): "would move every client",
    ("dropped again", "prepared"): "would move every client",
    ("dropped again", "rolled back"): "would move every client",
}


def pairs(table: dict[tuple[str, str], Any]) -> list[Any]:
    return [
        pytest.param(later, earlier, expected, id=f"{earlier} at {later}".replace(" ", "-"))
        for (later, earlier), expected in table.items()
    ]


@pytest.mark.parametrize(("later", "earlier", "then"), pairs(HARMLESS))
def test_a_harmless_old_commit_moves_no_client(
    at: At, later: str, earlier: str, then: tuple[str, str]
) -> None:
    world = at(later)
    pointer, tables, read = world.pointer(), world.tables(), world.items(world.pointer()[0])
    world.place(**ROWS[earlier])
    world.up()
    assert world.pointer() == pointer
    assert pointer[0] in world.granted()[0]
    assert world.tables() == tables
    assert world.items(pointer[0]) == read
    verb, phase = then
    world.restore(verb, "--yes")
    assert world.phase() == phase
    assert world.tables() == tables


@pytest.mark.parametrize(("later", "earlier", "reason"), pairs(REFUSED))
def test_a_harmful_old_commit_is_refused(at: At, later: str, earlier: str, reason: str) -> None:
    world = at(later)
    before = world.pointer(), world.granted(), world.tables(), world.in_stack()
    world.place(**ROWS[earlier])
    failed = world.up(fails=True)
    assert reason in failed.said
    assert "fix: pulumi config" in failed.said or reason == "does not exist"
    assert (world.pointer(), world.granted(), world.tables(), world.in_stack()) == before


def test_every_earlier_row_is_in_one_of_the_tables() -> None:
    """A pair that nobody thought of is a hole in the promise."""
    order = ["serving", "adopted", "prepared", "switched", "dropped"]
    needed = {(order[n], earlier) for n in range(1, 5) for earlier in order[:n]}
    needed |= {("cleaned", earlier) for earlier in order[:4]}
    needed |= {("killed after the flip", earlier) for earlier in order[:3]}
    needed |= {("rolled back", earlier) for earlier in order[:5]}
    needed |= {("switched again", earlier) for earlier in (*order[:4], "rolled back")}
    needed |= {("given up", earlier) for earlier in (*order, "rolled back")}
    needed |= {("dropped again", earlier) for earlier in (*order, "rolled back")}
    assert HARMLESS.keys() | REFUSED.keys() == needed
    assert not HARMLESS.keys() & REFUSED.keys()
