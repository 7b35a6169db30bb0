"""A stack that another engine holds: waited for, or its lock broken where that is safe."""

import socket
import time

from restore.decide.lock import Advice, Lock, advise, locks_in
from restore.errors import BlockedError, LockedError
from restore.processes import engines
from restore.session import Session

_UNCHANGED = "Nothing was changed."
_BREAK = "--break-lock"
_POLL_SECONDS = 1.0


def get_past(session: Session, error: LockedError) -> None:
    """Returns once it is worth another try.

    Raises:
        BlockedError: a person has to decide.
    """
    locks = locks_in(error.text)
    match advise(locks, socket.gethostname(), engines()):
        case Advice.WAIT:
            _wait_for(session, locks)
        case Advice.STALE if session.break_lock:
            _break(session, locks)
        case Advice.STALE:
            raise BlockedError(
                f"An engine died and left the stack locked: {_said(locks)}.", _UNCHANGED, _BREAK
            )
        case Advice.ASK if session.break_lock and _is_sure(session, locks):
            _break(session, locks)
        case Advice.ASK:
            raise BlockedError(
                f"The stack is locked: {_said(locks)}. From here nobody can tell whether it works.",
                _UNCHANGED,
                f"{_BREAK}, once a person has seen that no engine works on this stack",
            )


def _wait_for(session: Session, locks: tuple[Lock, ...]) -> None:
    """However long it takes: an engine that works is not to be stopped half way."""
    ours = {lock.pid for lock in locks}
    waiting = f"waiting for another engine: {_said(locks)}"
    with session.report.working(waiting):
        while ours & engines():
            session.report.progress(waiting)
            time.sleep(_POLL_SECONDS)


def _break(session: Session, locks: tuple[Lock, ...]) -> None:
    with session.audit.effect(f"break the lock of {_said(locks)}"):
        session.stack.break_lock()
    session.report.did(f"the lock is broken: {_said(locks)}")


def _is_sure(session: Session, locks: tuple[Lock, ...]) -> bool:
    """`--yes` alone breaks no lock; beside `--break-lock` it is a person's word about one.

    Another one that appears after that is an engine that works: nobody has spoken of it.
    """
    asked = f"Break the lock of {_said(locks)}?"
    spoken_of = session.sure and not session.stack.broken
    return spoken_of or (session.report.can_ask and session.report.ask(asked))


def _said(locks: tuple[Lock, ...]) -> str:
    return "; ".join(map(str, locks)) or "the backend does not say by whom"
