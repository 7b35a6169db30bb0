"""Any number of calls at a time, or one hand on the state that they all share."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Gate:
    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._running = 0

    @contextmanager
    def call(self) -> Iterator[None]:
        """Run beside other calls."""
        with self._changed:
            self._running += 1
        try:
            yield
        finally:
            with self._changed:
                self._running -= 1
                self._changed.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait until no call is running, and keep new ones out meanwhile."""
        # They are kept out only once all others are done: a call may need another one to end.
        with self._changed:
            self._changed.wait_for(lambda: self._running == 0)
            yield
