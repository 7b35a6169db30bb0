"""One request at a time, and one moment for everything that a request does.

A transaction's writes must not fall on both sides of a restore point, and moto's DynamoDB is not
written for threads: its rollback puts whole tables back.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime


class Clock:
    """Time as the emulator's tables see it, in seconds since 1970."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._moment: float | None = None

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Keep every other request out, and the time as it is."""
        with self._lock:
            outer, self._moment = self._moment, self.now()
            try:
                yield
            finally:
                self._moment = outer

    def now(self) -> float:
        with self._lock:
            return time.time() if self._moment is None else self._moment


clock = Clock()


def as_datetime(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)


def as_seconds(naive_utc: datetime) -> float:
    """Return the seconds since 1970 of a time as moto parses it from a request."""
    return naive_utc.replace(tzinfo=UTC).timestamp()
