"""Facts × WHEN × `--as` → the restore to start, or why there is none; and what a person reads."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from restore.decide.move import Nothing
from restore.decide.starting import StartRestore, next_restore
from restore.errors import BlockedError, RestoreError, UsageError
from restore.facts import Backup, TableFacts
from restore.when import LATEST, When
from tests.unit.restore.worlds import (
    NOW,
    POINT,
    TO_SWITCHED_2,
    WINDOW,
    arn,
    facts,
    name,
    original,
    restored,
    restoring,
)
from tests.unit.stacks.stands import TO_DROPPED, TO_PREPARED, TO_ROLLED_BACK, TO_SWITCHED

AGE = When(age=timedelta(minutes=90))
SAME = When(at=POINT + timedelta(seconds=1))
OTHER = When(at=POINT + timedelta(seconds=2))
BACKUP = Backup("arn:backup", arn("original"), datetime(2026, 1, 31, 14, 30, tzinfo=UTC))
R2 = "restored-2"


def fresh(label: str, *, source: str = "original", at: datetime = POINT) -> StartRestore:
    return StartRestore("restore-demo", label, name(source), name(label), at)


@pytest.mark.parametrize(
    ("known", "when", "chosen", "restore"),
    [
        pytest.param(
            facts("serving"), LATEST, None, fresh("restored", at=WINDOW.latest), id="latest"
        ),
        pytest.param(
            facts("serving"),
            AGE,
            None,
            fresh("restored", at=NOW - timedelta(minutes=90)),
            id="an-age",
        ),
        pytest.param(facts("serving"), When(at=POINT), None, fresh("restored"), id="a-time"),
        pytest.param(
            facts("serving"), When(at=POINT), "restored-3", fresh("restored-3"), id="as-any-label"
        ),
        pytest.param(
            facts("serving", restored()), OTHER, R2, fresh(R2, at=OTHER.at or NOW), id="one-more"
        ),
        pytest.param(
            facts(TO_PREPARED), OTHER, R2, fresh(R2, at=OTHER.at or NOW), id="one-more-beside"
        ),
        pytest.param(
            facts(TO_ROLLED_BACK), When(at=POINT), R2, fresh(R2), id="one-more-after-a-rollback"
        ),
        pytest.param(
            facts("serving", restored(source="another")),
            When(at=POINT),
            None,
            fresh(R2),
            id="beside-a-table-that-is-not-ours",
        ),
        pytest.param(
            facts(TO_DROPPED, original()),
            OTHER,
            None,
            fresh(R2, source="restored", at=OTHER.at or NOW),
            id="a-second-incident",
        ),
        pytest.param(
            facts(TO_DROPPED, original()),
            LATEST,
            R2,
            fresh(R2, source="restored", at=WINDOW.latest),
            id="a-second-incident-to-latest-with-as",
        ),
        pytest.param(
            facts(f"{TO_ROLLED_BACK} serving", restored()),
            LATEST,
            None,
            fresh(R2, at=WINDOW.latest),
            id="after-a-rollback-and-a-drop",
        ),
        pytest.param(
            facts("serving", gone=("original",), backup=BACKUP),
            LATEST,
            None,
            StartRestore(
                "restore-demo",
                "restored",
                name("original"),
                name("restored"),
                BACKUP.at,
                "arn:backup",
            ),
            id="lost",
        ),
        pytest.param(
            facts(TO_ROLLED_BACK, gone=("original",), backup=BACKUP),
            LATEST,
            None,
            StartRestore("restore-demo", R2, name("original"), name(R2), BACKUP.at, "arn:backup"),
            id="lost-after-a-rollback",
        ),
    ],
)
def test_a_restore_that_is_not_there_yet_is_started(
    known: TableFacts, when: When, chosen: str | None, restore: StartRestore
) -> None:
    assert next_restore(known, when, NOW, chosen) == restore


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
        f"  mend: the same command with --as {next_label} for one more, or"
        f"{' python -m restore rollback, then' if in_stack else ''}"
        f" python -m restore clean restored --confirm {name('restored')}"
    )


def test_another_time_after_the_switch_begins_with_the_way_back() -> None:
    """The table that clients use cannot be cleaned, and its restore window is only minutes long."""
    with pytest.raises(BlockedError) as blocked:
        next_restore(facts(TO_SWITCHED), OTHER, NOW)
    assert blocked.value.mend == (
        f"python -m restore rollback, then the same command with --as {R2}"
    )


def test_a_label_that_a_person_prepared_is_not_restored_over() -> None:
    """It was filled by other means than a restore; no time can be held against it."""
    by_hand = replace(restored(), origin=None)

    assert next_restore(facts(TO_PREPARED, by_hand), OTHER, NOW) == Nothing(
        f"restored ({name('restored')}) is there already."
    )


def test_the_same_command_after_the_whole_run_has_nothing_to_do() -> None:
    """`run --to TIME` is repeated by whoever did not see its end."""
    assert next_restore(facts(TO_DROPPED, original()), SAME, NOW) == Nothing(
        f"{name('restored')} is the restore to 2026-01-31T14:02:01Z, and active."
    )


@pytest.mark.parametrize(
    ("known", "when", "chosen", "error", "wrong", "mend"),
    [
        pytest.param(
            facts(""),
            LATEST,
            None,
            BlockedError,
            "restore-demo was never deployed.",
            "pulumi up",
            id="never-deployed",
        ),
        pytest.param(
            facts("", pointer="somebody-elses-table"),
            LATEST,
            None,
            BlockedError,
            "restore-demo was never deployed.",
            "pulumi up",
            id="never-deployed-beside-a-parameter-of-that-name",
        ),
        pytest.param(
            facts("serving", original(window=None)),
            LATEST,
            None,
            BlockedError,
            f"Point-in-time recovery is off on {name('original')}.",
            f"aws dynamodb list-backups --table-name {name('original')}",
            id="no-recovery",
        ),
        pytest.param(
            facts("serving"),
            When(at=NOW + timedelta(hours=1)),
            None,
            UsageError,
            "2026-01-31T16:00:00Z lies in the future.",
            "--to 2026-01-31T14:55:00Z",
            id="future",
        ),
        pytest.param(
            facts("serving", restored(source="another")),
            LATEST,
            "restored",
            BlockedError,
            f"{name('restored')} exists and is no restore of {name('original')}.",
            "--as restored-2",
            id="taken-by-another",
        ),
        pytest.param(
            facts("serving"),
            LATEST,
            "original",
            BlockedError,
            "original was used before, or passed over; labels only go up.",
            "--as restored",
            id="as-the-active-label",
        ),
        pytest.param(
            facts(TO_DROPPED),
            OTHER,
            "original",
            BlockedError,
            "original was used before, or passed over; labels only go up.",
            "--as restored-2",
            id="as-a-label-of-the-past",
        ),
        pytest.param(
            facts(TO_ROLLED_BACK),
            LATEST,
            None,
            BlockedError,
            "Clients were taken back from restored to original.",
            "python -m restore switch, or for another restore: --as restored-2",
            id="rolled-back",
        ),
        pytest.param(
            facts(TO_DROPPED, original()),
            LATEST,
            None,
            BlockedError,
            f"{name('restored')} is active and is itself the restore to 2026-01-31T14:02:00Z.",
            "--as restored-2, if it is to be restored once more",
            id="latest-after-the-whole-run",
        ),
        pytest.param(
            facts(TO_DROPPED, original()),
            AGE,
            "restored",
            BlockedError,
            f"{name('restored')} is active and is itself the restore to 2026-01-31T14:02:00Z.",
            "--as restored-2, if it is to be restored once more",
            id="an-age-after-the-whole-run",
        ),
        pytest.param(
            facts(TO_DROPPED, original()),
            OTHER,
            "restored",
            BlockedError,
            "restored was used before, or passed over; labels only go up.",
            "--as restored-2",
            id="another-time-as-the-active-label",
        ),
        pytest.param(
            facts("serving", gone=("original",)),
            LATEST,
            None,
            BlockedError,
            f"{name('original')} no longer exists and left no system backup.",
            "aws dynamodb list-backups",
            id="lost-without-a-backup",
        ),
        pytest.param(
            facts("serving", gone=("original",), backup=BACKUP),
            When(at=POINT),
            None,
            UsageError,
            f"{name('original')} no longer exists: its system backup holds only the moment of its"
            " deletion.",
            "--to latest",
            id="lost-and-another-time",
        ),
        pytest.param(
            facts("serving", gone=("original",), backup=BACKUP),
            AGE,
            None,
            UsageError,
            f"{name('original')} no longer exists: its system backup holds only the moment of its"
            " deletion.",
            "--to latest",
            id="lost-and-an-age",
        ),
        pytest.param(
            facts("serving", restored(source="another"), gone=("original",), backup=BACKUP),
            LATEST,
            "restored",
            BlockedError,
            f"{name('restored')} exists and is no restore of {name('original')}.",
            "--as restored-2",
            id="lost-and-taken-by-another",
        ),
        pytest.param(
            facts(TO_SWITCHED_2, gone=("restored-2",), backup=BACKUP),
            LATEST,
            "restored-2",
            BlockedError,
            "restored-2 was used before, or passed over; labels only go up.",
            "--as restored-3",
            id="lost-as-a-label-of-the-past",
        ),
    ],
)
def test_a_restore_that_cannot_be_started_says_why(  # noqa: PLR0913 - the columns of the table
    *,
    known: TableFacts,
    when: When,
    chosen: str | None,
    error: type[RestoreError],
    wrong: str,
    mend: str,
) -> None:
    with pytest.raises(error) as refused:
        next_restore(known, when, NOW, chosen)

    assert (refused.value.wrong, refused.value.mend) == (wrong, mend)
    assert refused.value.untouched in {"Nothing was started.", "Nothing was touched."}


@pytest.mark.parametrize(
    ("restore", "says"),
    [
        (
            fresh("restored"),
            f"restore {name('original')} as of 2026-01-31T14:02:00Z into {name('restored')}",
        ),
        (
            StartRestore("t", "restored", "gone", "new", POINT, "arn:backup"),
            "restore the system backup of gone as of 2026-01-31T14:02:00Z into new",
        ),
    ],
)
def test_a_restore_says_what_it_does(restore: StartRestore, says: str) -> None:
    assert restore.says == says


def test_beside_a_table_that_is_gone_the_one_in_the_stack_takes_over() -> None:
    """Its source is gone, and with it every other moment."""
    with pytest.raises(BlockedError) as blocked:
        next_restore(facts("serving adopted", gone=("original",)), OTHER, NOW)
    assert blocked.value.mend == "python -m restore switch"
