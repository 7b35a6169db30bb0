"""A restore that cannot be started: what is wrong, and what fixes it."""

from datetime import timedelta

import pytest

from restore.decide.restore import next_restore
from restore.model.errors import BlockedError, RestoreError, UsageError
from restore.model.facts import TableFacts
from restore.model.when import LATEST, When
from tests.support.configs.positions import TO_DROPPED, TO_ROLLED_BACK
from tests.support.memory.facts import NOW, POINT, TO_SWITCHED_2, facts, name, original, restored
from tests.support.memory.restore_points import AGE, BACKUP, OTHER

BY_A_BACKUP = (
    f"aws dynamodb list-backups --table-name {name('original')} shows what else there is; to"
    " restore one of these: aws dynamodb restore-table-from-backup --target-table-name"
    f" {name('restored')} --backup-arn <arn>, then the same command"
)


@pytest.mark.parametrize(
    ("known", "when", "chosen", "error", "wrong", "fix"),
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
            facts("", pointer="someone-elses-table"),
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
            f"{BY_A_BACKUP}; so that the next restore needs none: aws dynamodb"
            f" update-continuous-backups --table-name {name('original')}"
            " --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true",
            id="no-recovery",
        ),
        pytest.param(
            facts("serving"),
            When(at=NOW + timedelta(hours=1)),
            None,
            UsageError,
            "2026-01-31T16:00:00Z lies in the future: it is 2026-01-31T15:00:00Z now.",
            "--to TIME, the last good second",
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
            "the same command with --as restored-2 makes another restore; to move clients to"
            " restored again: python -m restore switch",
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
            BY_A_BACKUP,
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
    fix: str,
) -> None:
    with pytest.raises(error) as refused:
        next_restore(known, when, NOW, chosen)

    assert (refused.value.wrong, refused.value.fix) == (wrong, fix)
    assert refused.value.untouched in {"Nothing was started.", "Nothing was touched."}
