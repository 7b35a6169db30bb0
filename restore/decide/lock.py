"""The lock that another engine holds on the stack: what it says, and what to do about it. Pure.

A backend of one's own (file, S3, …) names who made the lock. Pulumi Cloud does not: its lock says
nothing, and is given up by itself some minutes after its engine died.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

_MADE_BY = re.compile(
    r"created by (?P<user>[^@\s]+)@(?P<host>\S+) \(pid (?P<pid>\d+)\) at (?P<since>\S+)"
)


@dataclass(frozen=True)
class Lock:
    """Who holds the stack."""

    user: str
    host: str
    pid: int
    since: str

    def __str__(self) -> str:
        return f"{self.user}@{self.host}, process {self.pid}, since {self.since}"


class Advice(StrEnum):
    """What to do about a lock."""

    WAIT = "its engine works: wait for it"
    STALE = "its engine is gone: it may be broken"
    ASK = "nobody here can tell whether its engine works: a person has to"


def locks_in(text: str) -> tuple[Lock, ...]:
    """The locks that the engine's refusal names; none where the backend does not say."""
    return tuple(
        Lock(found["user"], found["host"], int(found["pid"]), found["since"])
        for found in _MADE_BY.finditer(text)
    )


def advise(locks: Collection[Lock], host: str, running: Collection[int]) -> Advice:
    """What to do.

    Args:
        locks: Those that the refusal named.
        host: This machine.
        running: The processes of this machine.
    """
    if any(lock.host == host and lock.pid in running for lock in locks):
        return Advice.WAIT
    if locks and all(lock.host == host for lock in locks):
        return Advice.STALE
    return Advice.ASK
