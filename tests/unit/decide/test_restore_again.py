"""A restore that is there already: carried on with, or another time for people to decide."""

from dataclasses import replace

import pytest

from restore.decide.restore import next_restore
from restore.decide.update import Nothing
from restore.model.errors import BlockedError
from restore.model.facts import TableFacts
from restore.model.when import LATEST, When
from tests.support.configs.positions import R2, TO_DROPPED, TO_PREPARED, TO_SWITCHED
from tests.support.memory.facts import NOW, POINT, facts, name, original, restored, restoring
from tests.support.memory.restore_points import AGE, OTHER, SAME

IS_THE_RESTORE = f"{name('restored')} is the restore to 2026-01-31T14:02:00Z: carrying on."


@pytest.mark.parametrize(
    "known",
    [
        pytest.param(facts("serving", restoring()), id="restoring"),
        pytest.param(facts("serving", restored()), id="restored"),
        pytest.param(facts("serving adopted"), id="adopted"),
        pytest.param(facts(TO_PREPARED), id="prepared"),
        pytest.param(facts(TO_SWITCHED), id="switched"),
        pytest.param(facts("serving", restored(), gone=("original",)), id="lost-and-restored"),
        pytest.param(facts(TO_PREPARED, restored(R2)), id="in-the-state-comes-first"),
    ],
)
@pytest.mark.parametrize("when", [LATEST, AGE, When(at=POINT), SAME])
def test_a_restore_is_started_once(known: TableFacts, when: When) -> None:
    """An age or `latest` means the moment it was first resolved to, whenever it is asked again."""
    assert next_restore(known, when, NOW) == Nothing(IS_THE_RESTORE)


@pytest.mark.parametrize(
    ("known", "chosen", "next_label"),
    [
        pytest.param(facts("serving", restoring()), None, R2, id="restoring"),
        pytest.param(facts("serving", restored()), "restored", R2, id="restored"),
        pytest.param(facts("serving adopted"), None, R2, id="adopted"),
        pytest.param(facts(TO_PREPARED), None, R2, id="prepared"),
        pytest.param(facts(TO_PREPARED, restored(R2)), None, "restored-3", id="two-there"),
    ],
)
def test_another_time_is_for_a_person_to_decide(
    known: TableFacts, chosen: str | None, next_label: str
) -> None:
    """What is in the stack has to leave it before `clean` takes it."""
    in_stack = "restored" in known.past.physical
    with pytest.raises(BlockedError) as blocked:
        next_restore(known, OTHER, NOW, chosen)

    assert str(blocked.value) == (
        f"{name('restored')} is a restore to 2026-01-31T14:02:00Z, not to 2026-01-31T14:02:02Z."
        " Nothing was started.\n"
        f"  fix: the same command with --as {next_label} for one more, or"
        f"{' python -m restore rollback, then' if in_stack else ''}"
        f" python -m restore clean restored --confirm {name('restored')}"
    )


def test_another_time_after_the_switch_begins_with_the_way_back() -> None:
    """The table that clients use cannot be cleaned, and its restore window is only minutes long."""
    with pytest.raises(BlockedError) as blocked:
        next_restore(facts(TO_SWITCHED), OTHER, NOW)
    assert blocked.value.fix == (
        "python -m restore rollback, which takes clients back to original; then the same command"
        f" with --as {R2}"
    )


def test_a_label_that_a_person_prepared_is_not_restored_over() -> None:
    """It was filled by other means than a restore; no time can be held against it."""
    by_hand = replace(restored(), origin=None)

    assert next_restore(facts(TO_PREPARED, by_hand), OTHER, NOW) == Nothing(
        f"restored ({name('restored')}) is there already."
    )


def test_the_same_command_after_the_whole_run_has_nothing_to_do() -> None:
    """`run --to TIME` is repeated by anyone who did not see its end."""
    assert next_restore(facts(TO_DROPPED, original()), SAME, NOW) == Nothing(
        f"{name('restored')} is the restore to 2026-01-31T14:02:01Z, and active."
    )


def test_beside_a_table_that_is_gone_the_one_in_the_stack_takes_over() -> None:
    """Its source is gone, and with it every other moment."""
    with pytest.raises(BlockedError) as blocked:
        next_restore(facts("serving adopted", gone=("original",)), OTHER, NOW)
    assert blocked.value.fix == "python -m restore switch"
