"""A locked stack: what is waited for, what is broken, and what a person has to decide."""

import socket
from typing import Any

import pytest

from restore import locked as locking
from restore.decide.lock import Advice, Lock, advise, locks_in
from restore.errors import BlockedError, LockedError
from restore.report import Report
from tests.unit.restore.fakes import Clock, world

HERE = "ops-1"
SAID = (
    "error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to"
    " end or delete the lock file with `pulumi cancel`.\n"
    "  file:///backend/.pulumi/locks/x.json: created by ann@{host} (pid 41) at"
    " 2026-01-31T14:02:00Z"
)


def test_a_lock_is_read_from_what_the_engine_says() -> None:
    (lock,) = locks_in(SAID.format(host=HERE))
    assert lock == Lock("ann", HERE, 41, "2026-01-31T14:02:00Z")
    assert str(lock) == "ann@ops-1, process 41, since 2026-01-31T14:02:00Z"


def test_a_backend_that_names_nobody_gives_no_lock() -> None:
    """Pulumi Cloud only says that there is a conflict."""
    assert locks_in("[409] Conflict: Another update is currently in progress.") == ()


@pytest.mark.parametrize(
    ("hosts", "running", "advice"),
    [
        pytest.param([HERE], {41}, Advice.WAIT, id="works-here"),
        pytest.param([HERE], {7}, Advice.STALE, id="gone-here"),
        pytest.param(["laptop"], {41}, Advice.ASK, id="same-number-elsewhere"),
        pytest.param(["laptop", HERE], {7}, Advice.ASK, id="one-gone-one-elsewhere"),
        pytest.param(["laptop", HERE], {41}, Advice.WAIT, id="one-works-one-elsewhere"),
        pytest.param([], {41}, Advice.ASK, id="nobody-named"),
    ],
)
def test_a_lock_is_broken_only_where_its_engine_is_surely_gone(
    hosts: list[str], running: set[int], advice: Advice
) -> None:
    """Two engines at once on one stack would lose what each of them made."""
    locks = [Lock("ann", host, 41, "then") for host in hosts]
    assert advise(locks, HERE, running) is advice


def session_with(monkeypatch: pytest.MonkeyPatch, running: list[set[int]], **chosen: Any) -> Any:
    """A session on this machine; `running` is what is seen at each look, the last for ever."""
    looks = iter(running)
    last = running[-1]
    monkeypatch.setattr(locking, "engines", lambda: next(looks, last))
    monkeypatch.setattr(socket, "gethostname", lambda: HERE)
    return world().session(**chosen)


def test_an_engine_that_works_is_waited_for(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    session = session_with(monkeypatch, [{41}, {41}, {41}, set()], break_lock=True)
    locking.get_past(session, LockedError(SAID.format(host=HERE)))
    assert clock.now == 2
    assert session.stack.broken == 0


@pytest.mark.parametrize(
    ("host", "chosen", "broken"),
    [
        pytest.param(HERE, {"break_lock": True}, True, id="gone-here"),
        pytest.param(HERE, {"sure": True}, False, id="yes-alone-breaks-nothing"),
        pytest.param(HERE, {}, False, id="not-asked-for"),
        pytest.param("laptop", {"break_lock": True, "sure": True}, True, id="a-persons-word"),
        pytest.param("laptop", {"sure": True}, False, id="yes-alone-elsewhere"),
        pytest.param("laptop", {}, False, id="elsewhere"),
        pytest.param("laptop", {"break_lock": True}, False, id="a-pipe-has-no-word"),
    ],
)
def test_a_stale_lock_is_broken_by_its_own_option_only(
    monkeypatch: pytest.MonkeyPatch, host: str, chosen: dict[str, bool], *, broken: bool
) -> None:
    session = session_with(monkeypatch, [set()], **chosen)
    error = LockedError(SAID.format(host=host))
    if broken:
        locking.get_past(session, error)
    else:
        with pytest.raises(BlockedError, match=f"ann@{host}, process 41") as refused:
            locking.get_past(session, error)
        assert "--break-lock" in refused.value.mend
    assert session.stack.broken == broken


def test_a_person_who_is_not_sure_breaks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    report = Report(as_json=False)
    monkeypatch.setattr(Report, "can_ask", True)
    monkeypatch.setattr(report, "ask", lambda _: False)
    session = session_with(monkeypatch, [set()], break_lock=True, report=report)
    with pytest.raises(BlockedError):
        locking.get_past(session, LockedError("[409] Conflict"))
    assert session.stack.broken == 0


def test_a_word_is_about_one_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next one is of an engine that works: breaking that too would never end."""
    session = session_with(monkeypatch, [set()], break_lock=True, sure=True)
    locking.get_past(session, LockedError(SAID.format(host="laptop")))
    with pytest.raises(BlockedError, match="ann@pipeline"):
        locking.get_past(session, LockedError(SAID.format(host="pipeline")))
    assert session.stack.broken == 1
