"""Clients that fail under a probe: how far the run goes, and what is told."""

import threading
from typing import Any

import pytest

from restore.model.errors import BlockedError, DifferencesError
from restore.model.when import LATEST
from restore.report.report import Report
from restore.verbs.run import run
from tests.support.configs.positions import TO_PREPARED
from tests.support.memory.account_and_stack import Clock, World, world
from tests.support.memory.application import POINTER, Application, denied, proven, told
from tests.support.memory.facts import name

pytestmark = pytest.mark.usefixtures("at_once")


def test_a_client_that_fails_before_the_switch_is_not_moved() -> None:
    there = world(TO_PREPARED)

    with pytest.raises(BlockedError, match="cannot read before anything moves"):
        run(there.session(), LATEST, 0, proven, Application(there, name("original")).client)

    assert there.effects == []


def test_a_client_that_fails_on_the_new_table_stops_the_run_before_the_drop(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A condition or a key policy that knows one table's name alone: no gate of ours sees it."""
    there, report = world(TO_PREPARED), Report(as_json=True)

    with pytest.raises(BlockedError, match="Nothing was dropped"):
        run(
            there.session(report=report),
            LATEST,
            60,
            proven,
            Application(there, name("restored")).client,
        )

    assert there.past.covered == {name("original"), name("restored")}
    assert there.aws.parameters[POINTER] == name("restored")
    failure = told(capsys, report)["tables"]["restore-demo"]["firstFailure"]
    assert failure["name"] == name("restored")
    assert "AccessDenied" in failure["error"]


def test_a_client_that_still_holds_the_old_name_at_the_drop_is_told_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its cache is older than the drain: the time of the drain does not pass in here."""
    there = world(TO_PREPARED)
    monkeypatch.setattr("restore.perform.probe._caches", lambda _: [0.0, 3600.0])

    with pytest.raises(DifferencesError, match=f"on {name('original')}, by a client that keeps"):
        run(there.session(), LATEST, 0, proven, Application(there).client)

    assert there.past.covered == {name("restored")}


class Turning(Application):
    """One that something forbids both tables while the switch is previewed, or after it."""

    def __init__(self, there: World, after: str) -> None:
        super().__init__(there)
        self.after = after

    def item(self, asked: str, key: dict[str, Any]) -> None:
        pointed = self.there.aws.parameters[POINTER] == name("restored")
        if self.after == "preview" or (self.after == "switch" and pointed):
            raise denied(asked)
        super().item(asked, key)


def test_a_client_that_fails_while_the_switch_is_previewed_is_not_moved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A preview takes seconds, a question takes minutes: the first round says little by then."""
    there = world(TO_PREPARED)
    turning, previewed = Turning(there, "never"), there.stack.changes

    def turn(texts: Any) -> Any:
        turning.after = "preview"
        return previewed(texts)

    monkeypatch.setattr(there.stack, "changes", turn)
    with pytest.raises(BlockedError, match="cannot read before anything moves"):
        run(there.session(), LATEST, 0, proven, turning.client)

    assert there.effects == []


def test_a_drain_ends_at_once_where_clients_fail(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five minutes of errors, with a way back of one update, and nobody is told."""
    passes, moment = clock.sleep, threading.Event()

    def sleep(seconds: float) -> None:
        moment.wait(0.01)  # the thread that reads needs time that passes
        passes(seconds)

    monkeypatch.setattr(clock, "sleep", sleep)
    there = world(TO_PREPARED)
    began = clock.now

    with pytest.raises(BlockedError, match="Nothing was dropped"):
        run(there.session(), LATEST, 300, proven, Turning(there, "switch").client)

    assert clock.now - began < 300
