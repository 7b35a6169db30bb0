"""`start` when AWS is not well: the target says what became of the call, not its error."""

from collections.abc import Callable
from datetime import datetime

import pytest
from botocore.exceptions import ReadTimeoutError

from restore.model.errors import BlockedError, RestoreError
from restore.model.when import When
from restore.verbs.start import start
from tests.support.memory.account_and_stack import Clock, world
from tests.support.memory.facts import POINT, name, restored, restoring
from tests.support.memory.restore_calls import failing, refused

AT = When(at=POINT)
Captured = pytest.CaptureFixture[str]


ERRORS = [
    pytest.param(lambda: refused("InternalServerError", 500), id="its-own-error"),
    pytest.param(lambda: refused("TableInUseException"), id="told-by-the-second-try"),
    pytest.param(lambda: refused("TableAlreadyExistsException"), id="over-by-the-second-try"),
    pytest.param(lambda: ReadTimeoutError(endpoint_url="https://x"), id="silence"),
]


@pytest.mark.parametrize("error", ERRORS)
def test_a_restore_that_was_started_in_spite_of_an_error_is_done(
    error: Callable[[], Exception], capsys: Captured
) -> None:
    """Botocore asks again by itself, and the second answer says that the table is there."""
    there = failing(world(), error(), done=True)

    _, started = start(there.session(), AT)

    assert started == {"restore-demo"}

    said = capsys.readouterr().err
    assert "It was started all the same" in said
    assert f"{name('restored')} is being restored" in said


def test_one_that_aws_shows_late_is_looked_for(clock: Clock) -> None:
    """DescribeTable may not know it yet: 'not started' would be a lie."""
    there = failing(world(), refused("InternalServerError", 500), done=True)
    there.aws.hidden = 10

    start(there.session(), AT)

    assert 4 <= clock.now <= 10


@pytest.mark.parametrize(
    ("error", "seconds"),
    [(refused("InternalServerError", 500), 10), (refused("AccessDeniedException"), 0)],
)
def test_one_that_was_not_started_fails_and_says_so(
    error: Exception, seconds: float, clock: Clock
) -> None:
    """A plain refusal needs no second look."""
    there = failing(world(), error, done=False)

    with pytest.raises(RestoreError, match="no restore was started") as failed:
        start(there.session(), AT)

    assert failed.value.exit_code == 1
    assert clock.now == seconds
    assert there.effects == []


def test_one_that_was_not_started_leaves_nobody_frozen_unawares() -> None:
    there = failing(world("serving frozen"), refused("LimitExceededException"), done=False)

    with pytest.raises(RestoreError, match="stay denied; to allow them: python -m restore thaw"):
        start(there.session(), AT)


def test_another_run_that_was_faster_blocks() -> None:
    """It restored another moment into the name that this one wanted."""
    there = world()

    def restore(source: str, target: str, at: datetime) -> None:
        assert (source, at) == (name("original"), POINT)
        there.aws.tables[target] = restored(at=POINT.replace(minute=30))
        raise refused("TableAlreadyExistsException")

    there.aws.restore = restore  # type: ignore[method-assign]

    with pytest.raises(BlockedError, match="another run was faster"):
        start(there.session(), AT)


def test_what_cannot_be_looked_at_is_said_to_be_unknown() -> None:
    """The credentials expired with the very call."""
    there = failing(world(), refused("InternalServerError", 500), done=True)
    session, whole = there.session(), there.aws.table

    def table(wanted: str) -> object:
        if there.effects and wanted == name("restored"):
            raise refused("ExpiredTokenException", operation="DescribeTable")
        return whole(wanted)

    there.aws.table = table  # type: ignore[assignment,method-assign]

    with pytest.raises(RestoreError, match="could not be seen") as failed:
        start(session, AT)

    assert failed.value.fix.startswith("log in to AWS again")


def test_the_next_start_carries_on_with_it() -> None:
    there = world("serving", restoring())

    _, started = start(there.session(), AT)

    assert started == set()
    assert there.effects == []
