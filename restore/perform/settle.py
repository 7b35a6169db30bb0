"""The facts for a verb that changes something: a state that may be wrong is fixed first."""

from dataclasses import replace

from restore.decide.hooks import around, refuse_unrunnable
from restore.decide.transition import refuse_hand_edited_pointer
from restore.decide.unfinished import refuse_unexplained
from restore.model.errors import LockedError
from restore.model.facts import Facts
from restore.perform.locked import get_past
from restore.perform.observe import observe
from restore.perform.program import found
from restore.perform.session import Session
from restore.table.place import refuse_without_provider


def settled(session: Session, *steps: str) -> Facts:
    """What is observed, once the state is read again from AWS where the last update left it wrong.

    Args:
        session: The stack, and where it is told.
        steps: Those that are to be carried out.

    Raises:
        UsageError: a hook of these steps cannot be run.
        BlockedError: someone edited a parameter by hand meanwhile, or another engine holds the
            stack and someone has to decide.
    """
    while True:
        try:
            return _settled(session, *steps)
        except LockedError as error:
            get_past(session, error)


def _settled(session: Session, *steps: str) -> Facts:
    facts = session.observe()
    refuse_without_provider(facts.config, session.stack.providers())
    refuse_without_hooks(session, facts, *steps)
    if not facts.state.unfinished:
        return facts
    where = ", ".join(facts.state.unfinished)
    if session.dry_run:
        session.report.say(
            f"The last update did not end well at {where}, or is not over: the state may be wrong."
        )
        return facts
    refuse_unexplained(observe(session.stack, session.aws))
    reads = f"read AWS again, since the last update did not end well at {where}, or is not over"
    session.decided(reads)
    with session.report.working("reading AWS again"), session.audit.effect(reads):
        session.stack.read_again()
    return session.observe()


def refuse_without_hooks(session: Session, facts: Facts, *steps: str) -> None:
    """Raises UsageError where a hook of one of `steps` cannot be run: at the switch is too late."""
    refuse_unrunnable(
        around(facts, steps),
        lambda program: found(program, session.stack.folder) is not None,
    )


def refuse_edited_since(session: Session, facts: Facts) -> None:
    """Raises BlockedError where someone edited a parameter since the facts were observed.

    A preview takes a while, and a person who is asked takes longer.
    """
    for table in facts.tables:
        now = session.aws.parameter(table.past.parameter or table.config.parameter)
        refuse_hand_edited_pointer(replace(table, pointer=now))
