"""`drop` waits for the clients that may still hold the name of the table that leaves the stack."""

from datetime import UTC, datetime, timedelta

import pytest

from restore.model.errors import BlockedError, RestoreError
from restore.model.steps import Step
from restore.perform.transition import half_done, update
from restore.report.report import Report
from restore.verbs.drop import drop
from tests.support.configs.positions import TO_DROPPED, TO_ROLLED_BACK, TO_SWITCHED
from tests.support.memory.account_and_stack import Clock, World, world

DRAIN = 300.0


def switched(ago: float, way: str = TO_SWITCHED) -> World:
    there = world(way)
    there.aws.changed = datetime.now(UTC) - timedelta(seconds=ago)
    return there


@pytest.mark.parametrize("way", [TO_SWITCHED, TO_ROLLED_BACK])
def test_a_drop_right_after_a_switch_waits_until_the_caches_have_run_out(
    clock: Clock, capsys: pytest.CaptureFixture[str], way: str
) -> None:
    """A client that holds the old name would be denied; the default is Lambda's own 300 s."""
    there = switched(60, way)

    drop(there.session(sure=True), now=False)

    assert DRAIN - 65 < clock.now <= DRAIN - 60
    assert "Clients may hold the old name until " in capsys.readouterr().err
    assert len(there.past.physical) == 1


@pytest.mark.parametrize(
    ("there", "now"),
    [
        pytest.param(switched(60), True, id="--now"),
        pytest.param(switched(DRAIN + 1), False, id="after the drain"),
        pytest.param(world(TO_DROPPED), False, id="nothing to drop"),
    ],
)
def test_a_drop_that_nobody_has_to_wait_for_is_made_at_once(
    clock: Clock, *, there: World, now: bool
) -> None:
    drop(there.session(sure=True), now=now)

    assert clock.now == 0
    assert len(there.past.physical) == 1


def test_a_drop_that_nobody_confirms_does_not_wait_for_clients_first(clock: Clock) -> None:
    """A pipeline would learn after five minutes that it lacked an option."""
    there = switched(0)

    with pytest.raises(BlockedError, match="there is no terminal to ask at") as blocked:
        drop(there.session(sure=False), now=False)

    assert (clock.now, blocked.value.fix) == (0, "--yes")
    assert len(there.past.physical) == 2


def test_a_dry_run_says_the_wait_and_does_not_wait(
    clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    there = switched(0)

    drop(there.session(dry_run=True), now=False)

    assert clock.now == 0
    assert "drop --now does not wait" in capsys.readouterr().err
    assert len(there.past.physical) == 2


def test_a_row_that_stops_after_its_first_update_says_what_that_changed() -> None:
    """It said "Nothing was changed", though the stack held one more table than before."""
    stopped = BlockedError("Not confirmed.", "Nothing was changed by rollback.", "--yes")

    error = half_done(stopped, ["orders: take original into the stack again"])

    assert type(error) is RestoreError
    assert error.exit_code == 1
    assert "Nothing was changed" not in str(error)
    assert "  - orders: take original into the stack again" in str(error)
    assert "the same command carries on from there" in str(error)


def test_a_rollback_after_a_drop_refused_at_its_second_question_says_what_is_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    there = world(TO_DROPPED)
    answers = iter([True, False])
    monkeypatch.setattr(Report, "can_ask", True)
    session = there.session()
    monkeypatch.setattr(session.report, "ask", lambda _: next(answers))

    with pytest.raises(RestoreError) as stopped:
        update(session, Step.ROLLBACK)

    assert stopped.value.exit_code == 1
    assert "  - restore-demo: take original into the stack again" in str(stopped.value)
    assert set(there.past.physical) == {"original", "restored"}
    assert next(answers, None) is None
