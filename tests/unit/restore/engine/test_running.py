"""The update that runs is stopped as by Ctrl-C, and no other process is."""

import signal
from types import SimpleNamespace

import psutil
import pytest

from restore.engine.running import interrupt_update


def test_the_update_is_interrupted_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hook or a preview of this process is not what has to stop."""
    sent: list[tuple[str, int]] = []

    def child(name: str, *command: str) -> SimpleNamespace:
        return SimpleNamespace(
            cmdline=lambda: [*command], send_signal=lambda number: sent.append((name, number))
        )

    def over() -> list[str]:
        raise psutil.NoSuchProcess(1)

    children = [
        SimpleNamespace(cmdline=over),
        child("preview", "pulumi", "preview"),
        child("update", "pulumi", "up", "--yes"),
    ]
    monkeypatch.setattr("psutil.Process", lambda: SimpleNamespace(children=lambda: children))

    interrupt_update()

    assert sent == [("update", signal.SIGINT)]
