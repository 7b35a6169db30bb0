"""Facts → phase, for every phase; and which of several labels a verb without `--as` means."""

import pytest

from restore.model.facts import TableFacts
from restore.model.phase import Phase, Position, locate
from tests.support.configs.positions import TO_DROPPED, TO_PREPARED, TO_ROLLED_BACK, TO_SWITCHED
from tests.support.memory.facts import (
    TO_BESIDE,
    TO_SWITCHED_2,
    WINDOW,
    facts,
    original,
    restored,
    restoring,
)

R, R2 = "restored", "restored-2"

TABLE = [
    pytest.param("", facts(""), Phase.UNDEPLOYED, None, id="never-deployed"),
    pytest.param(
        "", facts("serving!grant"), Phase.UNDEPLOYED, None, id="first-update-killed-before-pointer"
    ),
    pytest.param("", facts("serving"), Phase.SERVING, None, id="serving"),
    pytest.param(
        "",
        facts("serving", restored(source="another")),
        Phase.SERVING,
        None,
        id="a-restore-of-another-table-is-not-ours",
    ),
    pytest.param("", facts("serving", gone=("original",)), Phase.LOST, None, id="lost"),
    pytest.param("", facts("serving", restoring()), Phase.RESTORING, R, id="restoring"),
    pytest.param(
        "",
        facts("serving", restored(in_progress=True)),
        Phase.RESTORING,
        R,
        id="active-but-still-in-progress",
    ),
    pytest.param(
        "",
        facts("serving", restoring(), gone=("original",)),
        Phase.RESTORING,
        R,
        id="restoring-after-a-deletion",
    ),
    pytest.param("", facts("serving", restored()), Phase.RESTORED, R, id="restored"),
    pytest.param(
        "",
        facts("serving", restored(), gone=("original",)),
        Phase.RESTORED,
        R,
        id="restored-after-a-deletion",
    ),
    pytest.param("", facts("serving adopted"), Phase.ADOPTED, R, id="adopted"),
    pytest.param(
        "",
        facts("serving adopted prepared!tables"),
        Phase.ADOPTED,
        R,
        id="prepare-killed-before-the-grant",
    ),
    pytest.param(
        "",
        facts("serving adopted", gone=("original",)),
        Phase.RESTORED,
        R,
        id="adopted-then-the-active-one-deleted",
    ),
    pytest.param("", facts(TO_PREPARED), Phase.PREPARED, R, id="prepared"),
    pytest.param("", facts("serving prepared"), Phase.PREPARED, R, id="prepared-straight-away"),
    pytest.param("", facts(TO_SWITCHED), Phase.SWITCHED, "original", id="switched"),
    pytest.param(
        "",
        facts(f"{TO_PREPARED} switched!pointer"),
        Phase.SWITCHED,
        "original",
        id="switch-killed-after-the-flip",
    ),
    pytest.param(
        "",
        facts("serving dropped!pointer", gone=("original",)),
        Phase.SWITCHED,
        "original",
        id="the-short-way-killed-after-the-flip",
    ),
    pytest.param("", facts(TO_DROPPED, original()), Phase.DROPPED, None, id="dropped"),
    pytest.param(
        "",
        facts(TO_ROLLED_BACK, gone=("restored",)),
        Phase.DROPPED,
        None,
        id="rolled-back-from-a-table-that-is-gone",
    ),
    pytest.param(
        "", facts(TO_PREPARED, gone=("restored",)), Phase.SERVING, None, id="prepared-and-gone"
    ),
    pytest.param(
        "",
        facts(TO_PREPARED, restored("restored-2"), gone=("restored",)),
        Phase.RESTORED,
        "restored-2",
        id="prepared-and-gone-and-restored-once-more",
    ),
    pytest.param("", facts(TO_DROPPED), Phase.DROPPED, None, id="dropped-and-cleaned"),
    pytest.param(
        "original",
        facts(TO_DROPPED, original()),
        Phase.DROPPED,
        None,
        id="as-names-a-table-that-was-never-restored",
    ),
    pytest.param(
        "", facts("serving dropped", original()), Phase.DROPPED, None, id="dropped-the-short-way"
    ),
    pytest.param(
        "", facts(TO_DROPPED, gone=("restored",)), Phase.LOST, None, id="lost-after-dropped"
    ),
    pytest.param("", facts(TO_ROLLED_BACK), Phase.ROLLED_BACK, R, id="rolled-back"),
    pytest.param(
        "",
        facts(f"{TO_ROLLED_BACK} serving", restored()),
        Phase.DROPPED,
        None,
        id="rolled-back-then-dropped-is-under-way-no-more",
    ),
    pytest.param(
        "",
        facts(f"{TO_ROLLED_BACK} switched-again"),
        Phase.SWITCHED,
        "original",
        id="switched-again",
    ),
    pytest.param(
        "",
        facts(f"{TO_ROLLED_BACK} switched-again rolled-back-again"),
        Phase.ROLLED_BACK,
        R,
        id="rolled-back-again",
    ),
    pytest.param(
        "",
        facts(TO_DROPPED, restoring(R2, source=R), original()),
        Phase.RESTORING,
        R2,
        id="a-second-incident",
    ),
    pytest.param("", facts(TO_SWITCHED_2), Phase.SWITCHED, R, id="switched-2"),
    pytest.param(
        "", facts(f"{TO_SWITCHED_2} rolled-back-2"), Phase.ROLLED_BACK, R2, id="rolled-back-2"
    ),
    # Two restores of one incident: the state comes before AWS, and the newer before the older.
    pytest.param(
        "", facts(TO_PREPARED, restored(R2)), Phase.PREPARED, R, id="in-the-state-comes-first"
    ),
    pytest.param(
        R2, facts(TO_PREPARED, restored(R2)), Phase.RESTORED, R2, id="as-names-the-one-in-aws"
    ),
    pytest.param(
        "", facts("serving", restored(), restoring(R2)), Phase.RESTORING, R2, id="the-newest"
    ),
    pytest.param(
        "",
        facts("serving", *(restored(f"restored-{n}") for n in (2, 9, 10))),
        Phase.RESTORED,
        "restored-10",
        id="ten-is-newer-than-nine",
    ),
    pytest.param(
        R, facts("serving", restored(), restoring(R2)), Phase.RESTORED, R, id="as-names-the-older"
    ),
    pytest.param("", facts(TO_BESIDE), Phase.ADOPTED, R2, id="beside"),
    pytest.param(R, facts(TO_BESIDE), Phase.PREPARED, R, id="as-names-the-one-beside"),
    pytest.param(
        "restored-3", facts(TO_BESIDE), Phase.SERVING, None, id="as-names-one-that-is-not-there"
    ),
    pytest.param(
        "",
        facts(f"{TO_BESIDE} switched-beside"),
        Phase.SWITCHED,
        "original",
        id="the-one-given-up-is-not-under-way",
    ),
    pytest.param(
        R2,
        facts(f"{TO_BESIDE} switched-beside"),
        Phase.SWITCHED,
        "original",
        id="as-names-the-active-one",
    ),
    pytest.param(
        R,
        facts(f"{TO_BESIDE} switched-beside"),
        Phase.PREPARED,
        R,
        id="as-takes-up-the-one-given-up",
    ),
    pytest.param(
        "",
        facts(
            f"{TO_PREPARED} beside switched-beside",
            restored("restored-3", source=R2),
        ),
        Phase.RESTORED,
        "restored-3",
        id="a-newer-one-is-under-way-again",
    ),
]


@pytest.mark.parametrize(("chosen", "known", "phase", "other"), TABLE)
def test_the_phase_follows_from_the_facts(
    chosen: str, known: TableFacts, phase: Phase, other: str | None
) -> None:
    assert locate(known, chosen or None) == Position(phase, other)


def test_every_phase_is_in_the_table() -> None:
    """A phase that no facts lead to would be a promise that nobody keeps."""
    assert {case.values[2] for case in TABLE} == set(Phase)


def test_a_restore_that_was_given_up_is_not_taken_up_after_a_rollback() -> None:
    """The first restore proved useless, the second was switched to and left again.

    Without `--as` the verbs must speak of the rollback: `run` would else move clients to the
    restore that nobody wanted.
    """
    switched = facts("serving prepared-other switched-other", restored())
    back = facts("serving prepared-other switched-other rolled-back-other", restored())

    assert locate(switched) == Position(Phase.SWITCHED, "original")
    assert locate(back) == Position(Phase.ROLLED_BACK, R2)


@pytest.mark.parametrize(
    ("way", "gone"),
    [
        pytest.param(TO_ROLLED_BACK, "original", id="rolled-back"),
        pytest.param(TO_SWITCHED, "restored", id="switched"),
    ],
)
def test_a_table_that_was_active_before_is_no_restore_of_a_deleted_one(way: str, gone: str) -> None:
    """It holds the data that clients were taken away from.

    Taken for the restore, it would be imported in its place, which the program refuses for good:
    no verb could get out of there.
    """
    assert locate(facts(way, gone=(gone,))) == Position(Phase.LOST)


def test_a_table_is_configured_by_any_setting_that_no_restore_brings() -> None:
    assert not restored().configured
    assert restored(window=WINDOW).configured
    assert original(window=None, protected=True).configured
    assert original(window=None, streaming=True).configured
