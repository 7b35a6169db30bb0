"""Time that passes only where a verb sleeps, and stands at NOW for anyone who asks the date.

And a stack config that is committed, with nothing around it that would be in a plan's way.
"""

from datetime import datetime, tzinfo
from pathlib import Path

import pytest

from restore.engine.stack import Stack
from restore.git import Committed, Git
from restore.model.provider import Chosen
from restore.plan.declared import Declared
from restore.plan.surroundings import Surroundings
from tests.support.answers.mentions import Answers, answering
from tests.support.memory.account_and_stack import Clock, World
from tests.support.memory.engine import Engine, Workspace
from tests.support.memory.facts import NOW
from tests.support.memory.hooks import Hooked, Hooks

NOTHING = Surroundings(engine="3.259.0", region=Chosen("eu-west-1", "AWS_REGION"), restoring=0)


class Calendar:
    @staticmethod
    def now(_zone: tzinfo) -> datetime:
        return NOW


@pytest.fixture(autouse=True)
def git(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stack in memory has its config in no file: it is taken for committed."""
    monkeypatch.setattr("restore.perform.session.committed", lambda _: Committed(Git.COMMITTED))


@pytest.fixture(autouse=True)
def around(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is in the way of a plan, for anyone who does not say otherwise."""
    monkeypatch.setattr("restore.perform.obstacles.surroundings", lambda *_: NOTHING)
    monkeypatch.setattr("restore.perform.obstacles.declared", lambda *_: Declared())


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    fake = Clock()
    for module in ("start", "wait", "run", "clean"):
        monkeypatch.setattr(f"restore.verbs.{module}.time", fake)
    monkeypatch.setattr("restore.perform.transition.time", fake)
    monkeypatch.setattr("restore.report.report.time", fake)
    monkeypatch.setattr("restore.perform.locked.time", fake)
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


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    fake = Engine()
    monkeypatch.setattr("restore.engine.stack.Workspace", Workspace)
    monkeypatch.setattr("pulumi.automation.Stack.select", lambda *_: fake)
    return fake


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "Pulumi.yaml").write_text("name: restore-demo\nruntime: python\n")
    (tmp_path / "Pulumi.dev.yaml").write_text("config:\n  restore-demo:activeTable: original\n")
    return tmp_path


@pytest.fixture
def stack(engine: Engine, project: Path) -> Stack:
    assert engine
    return Stack(project)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    """A probe that lets no time pass between two reads; its caches age as the drain goes on."""
    monkeypatch.setattr("restore.aws.probe.time", clock)
    monkeypatch.setattr("restore.perform.probe.pause", lambda _: 0.0001)
    monkeypatch.setattr("restore.perform.reading._LOOK_SECONDS", 0.001)


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """`aws(operation=answer, …)`: AWS gives these answers, and what it is asked is returned."""
    return answering(monkeypatch)
