"""A stack that another engine holds: waited for, or its lock broken where that is safe."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime

from restore.engine.lock import Lock, State, judge, judge_all, locks_in
from restore.engine.sight import exists, sight_of
from restore.model.errors import BlockedError, LockedError
from restore.perform.session import Session

_UNCHANGED = "Nothing was changed."
_BREAK = "--break-lock"
_POLL_SECONDS = 1.0
_IF_LIVE = (
    "If that process still works, two updates then write the stack's state at once, and the later"
    " one overwrites the other: an adopted table can be missing from it, or the state and AWS name"
    " different active tables."
)


def get_past(session: Session, error: LockedError) -> None:
    """Returns once it is worth another try.

    Raises:
        BlockedError: someone has to decide.
    """
    locks = locks_in(error.text)
    known = judge_all([judge(lock, sight_of(lock)) for lock in locks])
    if known.state is State.LIVE:
        _wait_for(session, locks)
    elif known.state is State.DIED:
        if session.break_lock is None:
            raise BlockedError(
                f"An engine died and left the stack locked: {said(locks)}.", _UNCHANGED, _BREAK
            )
        _break(session, locks)
    elif _has_a_word(session, locks, known.why):
        # Who was asked took a while: the engine may have ended, and another one begun.
        if all(map(exists, locks)):
            _break(session, locks)
    else:
        raise BlockedError(
            f"The stack is locked: {told(locks)}. Whether that engine still works cannot be told"
            f" from here: {known.why}.",
            _UNCHANGED,
            _fix(session, locks),
        )


def _wait_for(session: Session, locks: Sequence[Lock]) -> None:
    """However long it takes: an engine that works is not to be stopped half way."""
    waiting = f"waiting for another engine: {said(locks)}"
    with session.report.working(waiting):
        while all(map(exists, locks)) and _works(locks):
            session.report.progress(waiting)
            time.sleep(_POLL_SECONDS)


def _works(locks: Sequence[Lock]) -> bool:
    return judge_all([judge(lock, sight_of(lock)) for lock in locks]).state is State.LIVE


def _break(session: Session, locks: Sequence[Lock]) -> None:
    with session.audit.effect(f"break the lock of {said(locks)}"):
        session.stack.break_locks(locks)
    session.report.did(f"the lock is broken: {said(locks)}")


def _has_a_word(session: Session, locks: Sequence[Lock], why: str) -> bool:
    """Whether someone has said that these very locks may be broken.

    `--yes` says nothing about a lock, and `--break-lock` alone does not say about which one.
    """
    if session.break_lock is None:
        return False
    if session.break_lock:
        return bool(locks) and all(lock.id == session.break_lock for lock in locks)
    if not session.report.can_ask:
        return False
    session.report.say(
        f"The stack is locked: {told(locks)}. Whether that engine still works cannot be told from"
        f" here: {why}.\n{_IF_LIVE}"
    )
    return session.report.ask("Is it certain that it has ended? Break the lock?")


def _fix(session: Session, locks: Sequence[Lock]) -> str:
    if not locks:
        return (
            "wait: Pulumi Cloud ends a dead engine's lock by itself, after some minutes"
            " (at a terminal --break-lock asks)"
        )
    who = f"{locks[0].user} whether process {locks[0].pid} on {locks[0].host} still works"
    word = _BREAK if session.report.can_ask else f"{_BREAK} {locks[0].id}"
    return f"ask {who}; once it has ended: the same command with {word}"


def said(locks: Sequence[Lock]) -> str:
    return "; ".join(map(str, locks)) or "the backend does not say by whom"


def told(locks: Sequence[Lock]) -> str:
    """The same with how long ago that was."""
    now = datetime.now(UTC)
    ages = [f"{lock}{f' ({age} ago)' if (age := lock.age(now)) else ''}" for lock in locks]
    return "; ".join(ages) or said(locks)
