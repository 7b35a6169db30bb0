"""A locked stack: what is waited for, what is broken, and what someone has to decide."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from restore.engine.lock import Judgement, Lock, Sight, State, judge, judge_all, locks_in
from restore.model.errors import BlockedError, LockedError
from restore.perform import locked as locking
from restore.report.report import Report
from tests.support.memory.account_and_stack import Clock, world

HERE = "ops-1"
MADE = datetime(2026, 1, 31, 14, 2, tzinfo=UTC)
ID = "0143d58a-8d27-4bf2-8a91-3e0a6131d70b"
WHERE = f"s3://backend/.pulumi/locks/organization/shop/prod/{ID}.json"
SAID = (
    "error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to"
    " end or delete the lock file with `pulumi cancel`.\n"
    f"  {WHERE}?region=x: created by {{user}}@{{host}} (pid 41) at 2026-01-31T14:02:00Z"
)
LOCK = Lock("ann", HERE, 41, "2026-01-31T14:02:00Z", WHERE)
ALONE = Sight(HERE, is_whole=True)
WORKS = Sight(HERE, began=MADE - timedelta(seconds=3))
CANNOT_TELL = "Whether that engine still works cannot be told from here"


@pytest.mark.parametrize("user", ["ann", "CORP\\Ann Lee"])
def test_a_lock_is_read_from_what_the_engine_says(user: str) -> None:
    (lock,) = locks_in(SAID.format(user=user, host=HERE))
    assert lock == replace(LOCK, user=user)
    assert str(lock) == f"{user}@ops-1, process 41, since 2026-01-31T14:02:00Z"
    assert lock.id == ID


def test_a_backend_that_names_nobody_gives_no_lock() -> None:
    """Pulumi Cloud only says that there is a conflict."""
    assert locks_in("[409] Conflict: Another update is currently in progress.") == ()


@pytest.mark.parametrize(
    ("seconds", "age"), [(-9, "0 s"), (59, "59 s"), (61, "1 min"), (7200, "2 h"), (86400, "1 day")]
)
def test_the_age_of_a_lock_is_told(seconds: int, age: str) -> None:
    assert LOCK.age(MADE + timedelta(seconds=seconds)) == age
    assert replace(LOCK, since="once").age(MADE) == ""


@pytest.mark.parametrize(
    ("sight", "state", "why"),
    [
        pytest.param(WORKS, State.LIVE, "", id="works"),
        pytest.param(ALONE, State.DIED, "", id="nothing-has-its-number-on-the-whole-machine"),
        pytest.param(Sight(HERE), State.UNKNOWN, "another container", id="not-all-are-seen"),
        pytest.param(
            replace(ALONE, others=True), State.UNKNOWN, "a container on this", id="in-a-container"
        ),
        pytest.param(
            replace(ALONE, host="laptop"), State.UNKNOWN, "this is laptop", id="elsewhere"
        ),
        pytest.param(
            replace(ALONE, began=MADE + timedelta(hours=1)),
            State.UNKNOWN,
            "begun after the lock",
            id="its-number-was-given-out-again",
        ),
        pytest.param(
            replace(WORKS, is_ours=True), State.UNKNOWN, "another container", id="our-own-number"
        ),
    ],
)
def test_an_engine_has_died_only_where_that_is_proved(sight: Sight, state: State, why: str) -> None:
    """A live lock that is broken costs the state: two engines at once overwrite each other."""
    judged = judge(LOCK, sight)
    assert judged.state is state
    assert why in judged.why


def test_a_lock_whose_time_cannot_be_read_is_never_taken_for_a_dead_ones() -> None:
    assert judge(replace(LOCK, since="once"), WORKS).state is State.UNKNOWN


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([], State.UNKNOWN),
        ([State.DIED, State.DIED], State.DIED),
        ([State.DIED, State.UNKNOWN], State.UNKNOWN),
        ([State.UNKNOWN, State.LIVE, State.DIED], State.LIVE),
    ],
)
def test_one_that_works_is_waited_for_and_all_must_have_died(
    states: list[State], expected: State
) -> None:
    assert judge_all([Judgement(state) for state in states]).state is expected


def session_with(monkeypatch: pytest.MonkeyPatch, *sights: Sight, **chosen: Any) -> Any:
    """A session that sees these one after the other, the last one for ever."""
    looks = iter(sights)
    monkeypatch.setattr(locking, "sight_of", lambda _: next(looks, sights[-1]))
    return world().session(**chosen)


def refused(host: str = HERE) -> LockedError:
    return LockedError(SAID.format(user="ann", host=host))


@pytest.mark.parametrize("word", ["", ID])
def test_an_engine_that_works_is_waited_for_whatever_is_said(
    monkeypatch: pytest.MonkeyPatch, clock: Clock, word: str
) -> None:
    session = session_with(monkeypatch, WORKS, WORKS, WORKS, ALONE, break_lock=word)
    locking.get_past(session, refused())
    assert clock.now == 2
    assert session.stack.broken == []


@pytest.mark.parametrize(
    ("sight", "chosen", "broken"),
    [
        pytest.param(ALONE, {"break_lock": ""}, True, id="died"),
        pytest.param(ALONE, {"sure": True}, False, id="yes-alone-breaks-nothing"),
        pytest.param(ALONE, {}, False, id="not-asked-for"),
        pytest.param(Sight(HERE), {"break_lock": ID}, True, id="the-word-names-it"),
        pytest.param(Sight("laptop"), {"break_lock": ID}, True, id="elsewhere-the-word-names-it"),
        pytest.param(Sight(HERE), {"break_lock": "another"}, False, id="another-lock-is-named"),
        pytest.param(Sight(HERE), {"break_lock": ""}, False, id="a-pipe-has-no-word"),
        pytest.param(Sight(HERE), {"break_lock": "", "sure": True}, False, id="yes-is-no-word"),
        pytest.param(Sight(HERE), {"sure": True}, False, id="yes-alone"),
        pytest.param(Sight(HERE), {}, False, id="nothing-said"),
    ],
)
def test_a_lock_is_broken_by_a_proof_or_by_a_word_that_names_it(
    monkeypatch: pytest.MonkeyPatch, sight: Sight, chosen: dict[str, Any], *, broken: bool
) -> None:
    session = session_with(monkeypatch, sight, **chosen)
    if broken:
        locking.get_past(session, refused())
    else:
        with pytest.raises(BlockedError, match=f"ann@{HERE}, process 41") as stopped:
            locking.get_past(session, refused())
        assert "--break-lock" in stopped.value.fix
        if sight is not ALONE:
            assert f"--break-lock {ID}" in stopped.value.fix
            assert CANNOT_TELL in stopped.value.wrong
    assert session.stack.broken == ([LOCK] if broken else [])


def test_a_backend_that_names_no_lock_is_waited_for_where_nobody_can_be_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session = session_with(monkeypatch, ALONE, break_lock="")
    with pytest.raises(BlockedError, match="does not say by whom") as stopped:
        locking.get_past(session, LockedError("[409] Conflict"))
    assert "Pulumi Cloud ends a dead engine's lock by itself" in stopped.value.fix
    assert session.stack.broken == []


@pytest.mark.parametrize("sure", [True, False])
def test_at_a_terminal_someone_is_asked_and_told_what_breaking_a_live_lock_does(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, sure: bool
) -> None:
    report = Report(as_json=False)
    monkeypatch.setattr(Report, "can_ask", True)
    monkeypatch.setattr(report, "ask", lambda _: sure)
    session = session_with(monkeypatch, Sight(HERE), break_lock="", sure=True, report=report)
    if sure:
        locking.get_past(session, refused())
    else:
        with pytest.raises(BlockedError):
            locking.get_past(session, refused())
    said = " ".join(capsys.readouterr().err.split())
    assert "since 2026-01-31T14:02:00Z (" in said
    assert "two updates then write the stack's state at once" in said
    assert session.stack.broken == ([LOCK] if sure else [])


def test_a_lock_that_was_given_up_during_the_question_is_not_broken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By then the stack may be another engine's, which nobody has spoken of."""
    session = session_with(monkeypatch, Sight(HERE), break_lock=ID)
    monkeypatch.setattr(locking, "exists", lambda _: False)
    locking.get_past(session, refused())
    assert session.stack.broken == []
