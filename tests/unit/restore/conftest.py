"""Time that passes only where a verb sleeps, and stands at NOW for whoever asks the date.

And a stack config that is committed, with nothing around it that would be in a plan's way.
"""

from datetime import datetime, tzinfo
from pathlib import Path

import pytest

from restore.decide.committed import Committed, Git
from restore.decide.surroundings import Surroundings
from tests.unit.restore.fakes import Clock, World
from tests.unit.restore.hooked import Hooked, Hooks
from tests.unit.restore.worlds import NOW

NOTHING = Surroundings(engine="3.259.0", endpoint="https://dynamodb", restoring=0)


class Calendar:
    @staticmethod
    def now(_zone: tzinfo) -> datetime:
        return NOW


@pytest.fixture(autouse=True)
def git(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stack in memory has its config in no file: it is taken for committed."""
    monkeypatch.setattr("restore.session.committed", lambda _: Committed(Git.COMMITTED))


@pytest.fixture(autouse=True)
def around(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is in the way of a plan, for whoever does not say otherwise."""
    monkeypatch.setattr("restore.verbs.plan.surroundings", lambda *_: NOTHING)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    fake = Clock()
    for module in ("start", "wait", "run", "clean", "update"):
        monkeypatch.setattr(f"restore.verbs.{module}.time", fake)
    monkeypatch.setattr("restore.report.time", fake)
    monkeypatch.setattr("restore.locked.time", fake)
    for module in ("start", "plan"):
        monkeypatch.setattr(f"restore.verbs.{module}.datetime", Calendar)
    return fake


@pytest.fixture
def hooks(tmp_path: Path) -> Hooks:
    """`hooks(world, *where)`: with one hook at each of these places."""

    def hooked(there: World, *where: str) -> Hooked:
        made = Hooked(tmp_path, there)
        for each in where:
            made.add(each)
        return made

    return hooked
