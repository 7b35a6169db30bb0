"""Facts × WHEN × `--as` → the restore to start, and what someone reads of it."""

from datetime import datetime, timedelta

import pytest

from restore.decide.restore import StartRestore, next_restore
from restore.model.facts import TableFacts
from restore.model.when import LATEST, When
from tests.support.configs.positions import R2, TO_DROPPED, TO_PREPARED, TO_ROLLED_BACK
from tests.support.memory.facts import NOW, POINT, WINDOW, facts, name, original, restored
from tests.support.memory.restore_points import AGE, BACKUP, OTHER


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
