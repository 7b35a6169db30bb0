"""`run --probe`: reads as a client would, from before the switch until after the drop."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from restore.aws.probe import Client, Reader
from restore.decide.probe import (
    key_of,
    pause,
    refuse_failures,
    refuse_the_end,
    refuse_to_begin,
    refuse_to_drop,
    sides,
)
from restore.decide.probed import Probed, Seen
from restore.model.command import together
from restore.model.facts import TableFacts
from restore.perform.reading import Probe
from restore.perform.session import Session


def client_of(session: Session) -> Client:
    """The client that the config names (`runbook.probeProfile`).

    Raises:
        UsageError: its profile does not exist.
    """
    return Client(session.account, session.settings().probe_profile)


def announce(session: Session, client: Client, drain_seconds: float) -> None:
    """Says who will read, and how."""
    who = f"with the AWS profile {client.profile}"
    if client.profile is None:
        who = "with your own credentials, so that the grant itself is not tested"
    kept = " and ".join(f"{seconds:g}" for seconds in _caches(drain_seconds))
    session.report.say(f"then probe until after the drop, {who}; clients keep the name {kept} s")


def _nothing() -> None:
    """Nobody reads."""


@dataclass(frozen=True)
class Watch:
    """What the block asks at each point; it raises where it must not go on."""

    before_the_switch: Callable[[], None] = _nothing
    while_it_drains: Callable[[], None] = _nothing
    before_the_drop: Callable[[], None] = _nothing


@contextmanager
def probed(session: Session, client: Client | None, drain_seconds: float) -> Iterator[Watch]:
    """Probes while the block switches and drops.

    Args:
        session: The stack, the account, the tables.
        client: Who reads; None: nobody does.
        drain_seconds: How long clients may hold the old name: one of the two that read does.

    Raises:
        BlockedError: a read failed before the block, or before the drop.
        DifferencesError: a read failed later.
    """
    if client is None:
        yield Watch()
        return
    moving = _moving(session)
    if not moving:
        session.report.say("The probe has nothing to do: no switch and no drop lies ahead.")
        yield Watch()
        return
    announce(session, client, drain_seconds)
    probe = _probe(client, moving, _caches(drain_seconds))
    scope = together(table.scope for table, _ in moving)
    moved = {table.config.table for table, seen in moving if table.pointer == seen.new}
    try:
        with probe.reading():
            refuse_to_begin(probe.round(), moved, scope)
            yield Watch(
                before_the_switch=lambda: refuse_to_begin(probe.round(), moved, scope),
                while_it_drains=lambda: refuse_failures(probe.look(), scope),
                before_the_drop=lambda: refuse_to_drop(probe.round(), scope),
            )
            probe.round()
        refuse_the_end(probe.probed, scope)
    finally:
        _tell(session, client, probe.probed, drain_seconds)


def _moving(session: Session) -> list[tuple[TableFacts, Seen]]:
    """The tables that clients are taken away from, with nothing seen of them yet."""
    found = [(table, sides(table, session.label)) for table in session.observe().tables]
    return [(table, Seen(*each)) for table, each in found if each]


def _probe(
    client: Client, moving: Sequence[tuple[TableFacts, Seen]], caches: Sequence[float]
) -> Probe:
    readers = [
        Reader(
            client,
            table.config.table,
            table.past.parameter or table.config.parameter,
            key_of(table.config.settings),
            seconds,
        )
        for table, _ in moving
        for seconds in caches
    ]
    seen = {table.config.table: each for table, each in moving}
    return Probe(readers, pause(len(moving)), Probed(seen))


def _caches(drain_seconds: float) -> list[float]:
    return sorted({0.0, drain_seconds})


def _tell(session: Session, client: Client, seen: Probed, drain_seconds: float) -> None:
    for table, line in zip(seen.tables, seen.lines, strict=True):
        session.report.say(line)
        session.audit.note("did", line, table)
    figures = {table: each.fields() for table, each in seen.tables.items()}
    told = {"profile": client.profile, "caches": _caches(drain_seconds), "tables": figures}
    session.report.tell({"probe": told})
