"""One action whose calls are kept waiting, so that a test can kill anyone who made one."""

import threading

PATIENCE_SECONDS = 120.0
MOMENTS = ("before", "after")


class Hold:
    """Calls of one action wait before AWS does it, or after it and before AWS answers."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._action = ""
        self._moment = ""
        self._waiting = 0

    def set(self, action: str, moment: str) -> None:
        """Hold the calls of `action` from now on, and no others.

        Raises:
            ValueError: no such moment.
        """
        if moment not in MOMENTS:
            raise ValueError(f"{moment!r} is neither before nor after")
        with self._changed:
            self._action, self._moment = action, moment
            self._changed.notify_all()

    def release(self) -> None:
        """Let go of what is held, and hold nothing more."""
        with self._changed:
            self._action = self._moment = ""
            self._changed.notify_all()

    def describe(self) -> dict[str, object]:
        with self._changed:
            return {"action": self._action, "moment": self._moment, "held": self._waiting}

    def pass_by(self, action: str, moment: str) -> None:
        """Return at once, or where this is held once it is let go, after two minutes at most."""
        with self._changed:
            if (action, moment) != (self._action, self._moment):
                return
            self._waiting += 1
            try:
                self._changed.wait_for(
                    lambda: (action, moment) != (self._action, self._moment), PATIENCE_SECONDS
                )
            finally:
                self._waiting -= 1
