"""How a verb ends: where its tables stand by then, for a script and for the live view."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from restore.aws.errors import AWS_ERRORS, trouble
from restore.model.errors import RestoreError
from restore.perform.session import Session
from restore.report.outcome import ahead_of, interrupted, positions
from restore.table.config.problems import ProblemsError


@contextmanager
def ending(session: Session) -> Iterator[None]:
    """However the verb ends, by itself or in an error: what is to be said at its end.

    It observes once more. Where that fails the verb's own outcome stands all the same, and the
    object says why under `notObserved`. An interrupted verb looks again only where it had begun an
    update: what was observed before that may not be so any more.
    """
    try:
        try:
            yield
        except KeyboardInterrupt:
            _say_where_it_stands(session)
            raise
        except BaseException:
            session.remind()
            raise
        session.remind()
    except BaseException as error:
        _say_what_stays_denied(session, error)
        if isinstance(error, Exception):
            _observe_at_the_end(session)
        raise
    else:
        _observe_at_the_end(session)


def _say_where_it_stands(session: Session) -> None:
    """Where clients are, what follows, how to go back; and whether the config says more than is so.

    A second Ctrl-C ends this, too.
    """
    if session.stack.wrote:
        failed = _observed(session).get("notObserved")
        if failed:
            session.report.say(f"Where the tables stand could not be seen: {failed}")
            return
    for line in interrupted(session.report.seen, session.label, session.stack.file.shown):
        session.report.say(line)
    if session.stack.wrote and not ahead_of(session.report.seen):
        session.remind()


def _say_what_stays_denied(session: Session, error: BaseException) -> None:
    """Nobody may find out from their clients that a run which ended early has left a freeze."""
    for table in session.report.seen:
        if table.still_frozen and table.still_frozen not in str(error):
            session.report.say(table.still_frozen.strip())


def _observe_at_the_end(session: Session) -> None:
    if session.report.asks_for_the_end:
        session.report.tell(_observed(session))
        session.report.end()


def _observed(session: Session) -> dict[str, Any]:
    try:
        facts = session.observe()
    except (RestoreError, ProblemsError) as error:
        return {"notObserved": str(error)}
    except AWS_ERRORS as error:
        return {"notObserved": trouble(error).says}
    except Exception as error:  # noqa: BLE001 - whatever it is, the verb itself is over
        return {"notObserved": f"{type(error).__name__}: {error}"}
    return {"tables": positions(facts.tables, session.label)}
