"""`run`: the whole runbook in order, from wherever things stand."""

import time
from collections.abc import Callable, Container, Sequence
from dataclasses import replace

from restore.aws.probe import Client
from restore.decide.hooks import around
from restore.decide.steps import ahead
from restore.model.facts import Facts, TableFacts
from restore.model.phase import Phase, locate
from restore.model.steps import Step
from restore.model.when import When
from restore.perform.probe import announce, probed
from restore.perform.session import Session
from restore.perform.transition import update
from restore.report.steps import in_words
from restore.verbs.start import start
from restore.verbs.wait import wait

STEPS = (Step.START, Step.WAIT, Step.ADOPT, Step.PREPARE, Step.SWITCH, Step.DROP)

Prove = Callable[[Session, Sequence[TableFacts]], None]
"""Raises where one of these tables, all of them prepared, is not what the config says."""

_LINE_SECONDS = 60.0
"""In a pipe: a terminal counts every second."""


def run(
    session: Session,
    when: When,
    drain_seconds: float | None,
    prove: Prove,
    client: Client | None = None,
) -> None:
    """Restore, adopt, prepare, verify, switch, let the clients' caches run out, drop.

    Args:
        session: The stack, the account, the tables.
        when: The point in time.
        drain_seconds: How long clients may hold the old name; None for what the config says.
        prove: Asked before any client is moved.
        client: Who reads through pointer and grant from the switch to the drop; None: nobody.
    """
    facts, started = start(session, when, *STEPS[1:])
    if session.dry_run:
        _show_what_is_ahead(session, facts, started)
        if client:
            announce(session, client, _seconds(session, drain_seconds))
        return
    session = _unfinished(session, facts, started)
    if session.tables:
        wait(session)
        update(session, Step.ADOPT)
        update(session, Step.PREPARE)
        _prove_before_the_switch(session, prove)
        seconds = _seconds(session, drain_seconds)
        with probed(session, client, seconds) as watch:
            update(session, Step.SWITCH, watch.before_the_switch)
            if _unfinished(session, session.observe()).tables:
                drain(session, seconds, watch.while_it_drains)
                watch.before_the_drop()
                update(session, Step.DROP, watch.before_the_drop)


def _prove_before_the_switch(session: Session, prove: Prove) -> None:
    """Only what is prepared can be proven: the short way prepares and switches at once."""
    tables = [
        table
        for table in session.observe().tables
        if locate(table, session.label).phase is Phase.PREPARED and table.active in table.live
    ]
    if tables:
        session.report.begin(Step.VERIFY)
        prove(session, tables)


def drain(session: Session, seconds: float, look: Callable[[], None]) -> None:
    """Waits until no client holds the old name any more: they cache the parameter's value.

    Args:
        session: Where it is told.
        seconds: How long.
        look: Called now and then; raises where waiting on is of no use.
    """
    session.report.begin(Step.DRAIN)
    began = line = time.monotonic()
    with session.report.working(f"letting clients' caches run out: {seconds:.0f} s"):
        while (left := began + seconds - time.monotonic()) > 0:
            look()
            if session.report.live or time.monotonic() - line >= _LINE_SECONDS:
                line = time.monotonic()
                says = f"letting clients' caches run out: {left:.0f} s"
                session.report.progress(says, so_far=False)
            time.sleep(min(1.0, left))


def _seconds(session: Session, chosen: float | None) -> float:
    return session.settings().drain_seconds if chosen is None else chosen


def _unfinished(session: Session, facts: Facts, started: Container[str] = ()) -> Session:
    """The same session, about those tables only that are not through already."""
    tables = [
        name
        for table in facts.tables
        if (name := table.config.table) in started
        or locate(table, session.label).phase is not Phase.DROPPED
    ]
    return replace(session, tables=tables)


def _show_what_is_ahead(session: Session, facts: Facts, started: Container[str]) -> None:
    all_steps = set[Step]()
    for table in facts.tables:
        name = table.config.table
        steps = ahead(table, session.label, starts=name in started)
        for words in in_words(steps):
            session.report.say(f"then {name}: {words}")
        all_steps.update(steps)
    follow = (step for step in STEPS[1:] if step in all_steps)
    for hook in around(facts, follow):
        session.report.say(str(hook))
