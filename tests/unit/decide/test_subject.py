"""Which table verify looks at, and how closely."""

import pytest

from restore.decide.subject import subject
from restore.model.errors import BlockedError, RestoreError, UsageError
from restore.model.facts import TableFacts
from tests.support.configs.positions import TO_DROPPED, TO_PREPARED
from tests.support.memory.facts import facts, name, original, restored, restoring

TO_SWITCHED = f"{TO_PREPARED} switched"
BARE, CONFIGURED = False, True

SUBJECTS = [
    pytest.param(facts("serving", restored()), None, "restored", BARE, True, id="restored"),
    pytest.param(facts("serving adopted"), None, "restored", BARE, True, id="adopted"),
    pytest.param(facts(TO_PREPARED), None, "restored", CONFIGURED, True, id="prepared"),
    pytest.param(facts(TO_SWITCHED), None, "restored", CONFIGURED, True, id="switched"),
    pytest.param(
        facts(f"{TO_SWITCHED} rolled-back"), None, "restored", CONFIGURED, True, id="rolled-back"
    ),
    pytest.param(facts(TO_DROPPED, original()), None, "restored", CONFIGURED, False, id="dropped"),
    pytest.param(
        facts("serving", restored(), restored("restored-2")),
        "restored",
        "restored",
        BARE,
        True,
        id="chosen",
    ),
    pytest.param(facts("serving"), "original", "original", CONFIGURED, False, id="no-restore"),
]


@pytest.mark.parametrize(("there", "chosen", "label", "configured", "source_configured"), SUBJECTS)
def test_the_restored_table_is_looked_at(
    there: TableFacts, chosen: str | None, label: str, *, configured: bool, source_configured: bool
) -> None:
    """Before it is configured it lacks what a restore does not copy, and must.

    Of a source that has left the stack, what hung on it is gone.
    """
    found = subject(there, chosen)

    assert (found.label, found.live.name) == (label, name(label))
    assert (found.configured, found.source_configured) == (configured, source_configured)
    assert found.source == (None if label == "original" else name("original"))


REFUSED = [
    pytest.param(
        facts(""), None, BlockedError, "restore-demo was never deployed.", id="undeployed"
    ),
    pytest.param(
        facts("serving"),
        None,
        BlockedError,
        "restore-demo has no restored table to verify.",
        id="serving",
    ),
    pytest.param(
        facts("serving", gone=("original",)),
        None,
        BlockedError,
        "restore-demo has no restored table to verify.",
        id="lost",
    ),
    pytest.param(
        facts("serving", restoring()),
        None,
        BlockedError,
        f"{name('restored')} is still being restored.",
        id="restoring",
    ),
    pytest.param(
        facts("serving"),
        "restored-2",
        UsageError,
        f"restored-2 has no table: {name('restored-2')} does not exist.",
        id="no-such-table",
    ),
]


@pytest.mark.parametrize(("there", "chosen", "error", "says"), REFUSED)
def test_nothing_is_never_verified(
    there: TableFacts, chosen: str | None, error: type[RestoreError], says: str
) -> None:
    """A verify that looks at no table must not end well."""
    with pytest.raises(error) as refused:
        subject(there, chosen)

    assert str(refused.value).startswith(says)


def test_a_source_that_aws_does_not_say_is_none() -> None:
    found = subject(facts("serving adopted"))
    assert found.source

    live = restored()
    assert live.origin
    bare = type(live.origin)("", live.origin.at, in_progress=False)
    unsaid = type(live)(live.name, live.arn, live.status, bare)
    assert subject(facts("serving adopted", unsaid)).source is None
