"""The update that runs is stopped as by Ctrl-C, and no other process is."""

import signal

import psutil
import pytest

from restore.engine.running import interrupt_update


class Child:
    """A process that this one has started."""

    def __init__(self, sent: list[tuple[str, ...]], *command: str) -> None:
        self._sent, self._command = sent, command

    def cmdline(self) -> tuple[str, ...]:
        if not self._command:
            raise psutil.NoSuchProcess(1)
        return self._command

    def send_signal(self, number: int) -> None:
        assert number == signal.SIGINT
        self._sent.append(self._command)


def test_the_update_is_interrupted_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hook or a preview of this process is not what has to stop."""
    sent: list[tuple[str, ...]] = []
    update = ("pulumi", "up", "--yes")
    children = [Child(sent), Child(sent, "pulumi", "preview"), Child(sent, *update)]
    monkeypatch.setattr(psutil.Process, "children", lambda _: children)

    interrupt_update()

    assert sent == [update]
