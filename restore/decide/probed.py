"""What a probe saw, read by read. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Read:
    """One read through pointer and grant.

    Attributes:
        at: When it ended.
        table: The entry of `tables`.
        name: The DynamoDB table that it asked for; None where the pointer could not be read.
        cache_seconds: How long the client that made it keeps the pointer's value.
        error: None where it succeeded.
    """

    at: datetime
    table: str
    name: str | None
    cache_seconds: float
    error: str | None = None


@dataclass(frozen=True)
class Seen:
    """All reads of one table.

    Attributes:
        old: The DynamoDB table that clients are taken away from.
        new: The one that they are taken to.
    """

    old: str
    new: str
    requests: int = 0
    failures: int = 0
    first_failure: Read | None = None
    last_old: datetime | None = None
    first_new: datetime | None = None

    def after(self, read: Read) -> "Seen":
        """With one more read."""
        counted = replace(self, requests=self.requests + 1)
        if read.error is not None:
            first = self.first_failure or read
            return replace(counted, failures=self.failures + 1, first_failure=first)
        if read.name == self.old:
            return replace(counted, last_old=read.at)
        if read.name == self.new:
            return replace(counted, first_new=self.first_new or read.at)
        return counted

    def fields(self) -> dict[str, Any]:
        """For scripts: counts, and times in ISO 8601."""
        first = self.first_failure
        return {
            "requests": self.requests,
            "failures": self.failures,
            "firstFailure": first
            and {
                "at": first.at.isoformat(),
                "name": first.name,
                "cacheSeconds": first.cache_seconds,
                "error": first.error,
            },
            "lastOld": self.last_old and self.last_old.isoformat(),
            "firstNew": self.first_new and self.first_new.isoformat(),
        }


@dataclass(frozen=True)
class Probed:
    """What a probe saw of every table that it read, by its name in `tables`."""

    tables: Mapping[str, Seen]

    def after(self, read: Read) -> "Probed":
        """With one more read."""
        return Probed({**self.tables, read.table: self.tables[read.table].after(read)})

    @property
    def failures(self) -> int:
        return sum(seen.failures for seen in self.tables.values())

    @property
    def lines(self) -> Sequence[str]:
        """For people, one for each table."""
        return [
            f"probe of {table}: {seen.requests} requests, {seen.failures} failed;"
            f" last read of {seen.old} {clock(seen.last_old)},"
            f" first of {seen.new} {clock(seen.first_new)}"
            for table, seen in self.tables.items()
        ]


def clock(at: datetime | None) -> str:
    """A time of today, to the millisecond."""
    return f"{at:%H:%M:%S.%f}"[:-3] if at else "never"
