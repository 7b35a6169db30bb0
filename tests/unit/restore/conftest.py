"""Time that passes only where a verb sleeps, and stands at NOW for whoever asks the date."""

from datetime import datetime, tzinfo

import pytest

from tests.unit.restore.fakes import Clock
from tests.unit.restore.worlds import NOW


class Calendar:
    @staticmethod
    def now(_zone: tzinfo) -> datetime:
        return NOW


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    fake = Clock()
    for module in ("start", "wait", "run", "clean"):
        monkeypatch.setattr(f"restore.verbs.{module}.time", fake)
    for module in ("start", "plan"):
        monkeypatch.setattr(f"restore.verbs.{module}.datetime", Calendar)
    return fake
