"""A restore call that ended in an error: started all the same, not started, or someone else's."""

from dataclasses import replace
from datetime import timedelta

import pytest

from restore.decide.restore import StartRestore
from restore.decide.restore_outcome import despite, unseen
from restore.model.errors import AGAIN, LOGIN, BlockedError, Fault, RestoreError
from restore.model.facts import LiveTable
from tests.support.memory.facts import POINT, facts, name, original, restored, restoring

ASKED = StartRestore("restore-demo", "restored", name("original"), name("restored"), POINT)
FROM_BACKUP = replace(ASKED, backup_arn="arn:backup")
FAILED = Fault("AWS answered InternalServerError.", AGAIN, unsure=True)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param(ASKED, restoring(), id="under-way"),
        pytest.param(ASKED, restored(), id="over"),
        pytest.param(ASKED, restored(at=POINT + timedelta(seconds=1)), id="the-same-second"),
        pytest.param(FROM_BACKUP, restored(backup="arn:backup"), id="from-the-backup"),
    ],
)
def test_a_restore_of_our_source_and_time_was_started(
    asked: StartRestore, found: LiveTable
) -> None:
    """An InternalServerError after the start must not look like a failure, nor start a second."""
    said = despite(asked, found, FAILED, facts("serving"))

    assert said.startswith("AWS answered InternalServerError. It was started all the same: ")
    assert f"{name('restored')} is a restore of {name('original')} to 2026-01-31T14:02:0" in said


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param(ASKED, restored(at=POINT + timedelta(seconds=2)), id="another-time"),
        pytest.param(ASKED, restored(source="restored-2"), id="another-source"),
        pytest.param(ASKED, restored(backup="arn:backup"), id="a-backup"),
        pytest.param(FROM_BACKUP, restored(backup="arn:other"), id="another-backup"),
        pytest.param(FROM_BACKUP, restored(), id="no-backup"),
        pytest.param(ASKED, replace(original(), name=name("restored")), id="no-restore-at-all"),
    ],
)
def test_another_table_under_the_name_is_for_a_person_to_decide(
    asked: StartRestore, found: LiveTable
) -> None:
    """Two people started at once: the data of the other's moment is not what was asked for."""
    with pytest.raises(BlockedError, match="another run was faster"):
        despite(asked, found, FAILED, facts("serving"))


def test_no_target_means_that_nothing_was_started() -> None:
    """The same command may be given again without a thought."""
    with pytest.raises(RestoreError) as failed:
        despite(ASKED, None, FAILED, facts("serving"))

    assert failed.value.exit_code == 1
    assert str(failed.value) == (
        "AWS answered InternalServerError. restore-demo-restored-table does not exist:"
        f" no restore was started.\n  fix: {AGAIN}"
    )


@pytest.mark.parametrize(
    ("blind", "fix"),
    [(Fault("Expired.", LOGIN), LOGIN), (Fault("Silence.", AGAIN, unsure=True), AGAIN)],
)
def test_what_cannot_be_seen_is_not_claimed(blind: Fault, fix: str) -> None:
    """Neither 'started' nor 'not started' is known where AWS answers nothing at all."""
    failed = unseen(ASKED, FAILED, blind)

    assert failed.exit_code == 1
    assert "could not be seen" in failed.wrong
    assert failed.fix == fix
