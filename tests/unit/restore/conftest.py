"""Time that passes only where a verb sleeps, and stands at NOW for whoever asks the date.

And a stack config that is committed, for whoever does not say otherwise.
"""

from datetime import datetime, tzinfo

import pytest

from restore.decide.committed import Committed, Git
from tests.unit.restore.fakes import Clock
from tests.unit.restore.worlds import NOW


class Calendar:
    @staticmethod
    def now(_zone: tzinfo) -> datetime:
        return NOW


@pytest.fixture(autouse=True)
def git(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stack in memory has its config in no file: it is taken for committed."""
    monkeypatch.setattr("restore.session.committed", lambda _: Committed(Git.COMMITTED))


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    fake = Clock()
    for module in ("start", "wait", "run", "clean", "lock"):
        monkeypatch.setattr(f"restore.verbs.{module}.time", fake)
    for module in ("start", "plan"):
        monkeypatch.setattr(f"restore.verbs.{module}.datetime", Calendar)
    return fake
