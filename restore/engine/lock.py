"""The lock that another engine holds on the stack: what it says, and what to do about it. Pure.

A backend of one's own (file, S3, …) names who made the lock: user, host, process and time. Pulumi
Cloud does not: its lock says nothing, and ends by itself some minutes after its engine died.

A host name is no machine and a process id is none either: containers share the one and count the
other from 1 each. So a missing process proves nothing by itself.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

_MADE_BY = re.compile(
    r"^\s*(?P<where>\S*?)(?:\?\S*)?: created by (?P<user>.+)@(?P<host>\S+)"
    r" \(pid (?P<pid>\d+)\) at (?P<since>\S+)$",
    re.MULTILINE,
)
_SLACK = timedelta(seconds=2)
"""The kernel tells when a process began from the boot time, which it tells in whole seconds."""
_UNITS = (("day", 86400), ("h", 3600), ("min", 60), ("s", 1))


@dataclass(frozen=True)
class Lock:
    """Who holds the stack.

    Attributes:
        where: The address of the lock's file, such as `file:///backend/.pulumi/locks/…/ID.json`.
    """

    user: str
    host: str
    pid: int
    since: str
    where: str = ""

    @property
    def id(self) -> str:
        """Names this one lock: the engine makes a new one for each."""
        return self.where.rpartition("/")[2].removesuffix(".json")

    @property
    def made(self) -> datetime | None:
        try:
            return datetime.fromisoformat(self.since)
        except ValueError:
            return None

    def age(self, now: datetime) -> str:
        """How long ago it was made, such as `3 h`; empty where that cannot be read."""
        if self.made is None:
            return ""
        seconds = max(0, int((now - self.made).total_seconds()))
        unit, length = next((each for each in _UNITS if seconds >= each[1]), _UNITS[-1])
        count = seconds // length
        return f"{count} {unit}{'s' if unit == 'day' and count != 1 else ''}"

    def __str__(self) -> str:
        return f"{self.user}@{self.host}, process {self.pid}, since {self.since}"


@dataclass(frozen=True)
class Sight:
    """What can be seen from here of the process that a lock names.

    Attributes:
        host: The name of this machine.
        began: When the process of that number in this pid namespace began; None: there is none.
        is_ours: Whether that is this call itself, or what started it.
        others: Whether a process in a pid namespace below this one has that number.
        is_whole: Whether every process that could have made the lock is seen: this is the
            machine's first pid namespace, and the lock lies on a disk of this machine.
    """

    host: str
    began: datetime | None = None
    is_ours: bool = False
    others: bool = False
    is_whole: bool = False


class State(StrEnum):
    """What is known of the engine that made a lock."""

    LIVE = "it works: wait for it"
    DIED = "it has died: its lock may be removed"
    UNKNOWN = "it cannot be told from here: someone has to"


@dataclass(frozen=True)
class Judgement:
    """The state, and for an unknown one the reason."""

    state: State
    why: str = ""


def judge(lock: Lock, sight: Sight) -> Judgement:
    """What is known of the lock's maker. Only a proof makes it dead."""
    if lock.host != sight.host:
        return _unknown(f"it was made on {lock.host}, and this is {sight.host}")
    began = None if sight.is_ours else sight.began
    if began is not None:
        if lock.made is not None and began <= lock.made + _SLACK:
            return Judgement(State.LIVE)
        return _unknown(
            f"process {lock.pid} exists, and seems to have begun after the lock was made: it is"
            " another program, unless the clock was set meanwhile"
        )
    if sight.others:
        return _unknown(f"a container on this machine has a process {lock.pid}")
    if not sight.is_whole:
        return _unknown(
            f"no process {lock.pid} is seen here, but another container or machine may have the"
            f" name {lock.host}, too"
        )
    return Judgement(State.DIED)


def judge_all(judged: Collection[Judgement]) -> Judgement:
    """What is known of several: one that works is waited for, and all must have died."""
    for state in (State.LIVE, State.UNKNOWN):
        for each in judged:
            if each.state is state:
                return each
    if not judged:
        return _unknown("the backend does not say who made it")
    return Judgement(State.DIED)


def locks_in(text: str) -> tuple[Lock, ...]:
    """The locks that the engine's refusal names; none where the backend does not say."""
    return tuple(
        Lock(found["user"], found["host"], int(found["pid"]), found["since"], found["where"])
        for found in _MADE_BY.finditer(text)
    )


def _unknown(why: str) -> Judgement:
    return Judgement(State.UNKNOWN, why)
