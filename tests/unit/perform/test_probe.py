"""The thread that reads, and a whole run with it: over the stack and the account in memory."""

from datetime import UTC, datetime
from typing import cast

import pytest

from restore.aws.probe import Reader
from restore.decide.probed import Probed, Read, Seen
from restore.model.when import LATEST, When
from restore.perform.reading import Probe
from restore.report.report import Report
from restore.verbs.run import run
from tests.support.configs.positions import TO_PREPARED, TO_SWITCHED
from tests.support.memory.account_and_stack import Clock, world
from tests.support.memory.application import POINTER, Application, proven, told
from tests.support.memory.facts import POINT, name

pytestmark = pytest.mark.usefixtures("at_once")
AT = When(at=POINT)


def test_no_client_is_failed_by_a_whole_run(capsys: pytest.CaptureFixture[str]) -> None:
    there, report = world(), Report(as_json=True)

    run(there.session(report=report), AT, 60, proven, Application(there).client)

    shown = told(capsys, report)
    assert shown["profile"] == "application"
    assert shown["caches"] == [0, 60]
    seen = shown["tables"]["restore-demo"]
    assert seen["failures"] == 0
    assert seen["firstFailure"] is None
    assert seen["requests"] >= 8
    assert seen["lastOld"]
    assert seen["firstNew"]
    assert there.past.covered == {name("restored")}


def test_a_run_after_the_switch_probes_the_drop(capsys: pytest.CaptureFixture[str]) -> None:
    there, report = world(TO_SWITCHED), Report(as_json=True)

    run(there.session(report=report), LATEST, 0, proven, Application(there).client)

    shown = told(capsys, report)
    assert shown["caches"] == [0]
    assert shown["tables"]["restore-demo"]["lastOld"] is None
    assert shown["tables"]["restore-demo"]["firstNew"]


@pytest.mark.parametrize("wrong", ["original", "restored"])
def test_a_probe_that_breaks_ends_the_run_before_the_next_step(wrong: str) -> None:
    """A thread that dies in silence has seen no failure."""
    there = world(TO_PREPARED)
    broken = Application(there, name(wrong), bug=ZeroDivisionError("a bug"))

    with pytest.raises(ZeroDivisionError, match="a bug"):
        run(there.session(), LATEST, 60, proven, broken.client)

    assert there.past.covered == {name("original"), name("restored")}
    assert there.aws.parameters[POINTER] == name(wrong)


def test_where_clients_have_no_table_to_read_nothing_is_probed_and_that_is_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Clients of a deleted table fail until the one update is through: nothing can be proven."""
    there = world(gone=("original",))

    run(there.session(), LATEST, 0, proven, Application(there).client)

    assert "The probe has nothing to do" in capsys.readouterr().err
    assert there.aws.parameters[POINTER] == name("restored")


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        ("application", "with the AWS profile application; clients keep the name 0 and 60 s"),
        (None, "with your own credentials, so that the grant itself is not tested; clients"),
    ],
)
def test_a_dry_run_says_that_it_would_probe(
    profile: str | None, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    there = world(TO_PREPARED)
    client = Application(there).client
    client.profile = profile

    run(there.session(dry_run=True), LATEST, 60, proven, client)

    assert f"then probe until after the drop, {said}" in capsys.readouterr().err
    assert there.effects == []


def test_a_drain_in_a_pipe_says_each_minute_how_long_it_still_is(
    clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    """Five minutes without a line look like a run that hangs."""
    run(world(TO_PREPARED).session(), LATEST, 150, proven)

    lines = [line for line in capsys.readouterr().err.splitlines() if "caches run out" in line]
    assert [line.rpartition(": ")[2] for line in lines] == ["150 s", "90 s", "30 s"]
    assert clock.now >= 150


# The thread.


class Counter:
    """A reader that notes which of them read."""

    def __init__(self, who: str, log: list[str]) -> None:
        self.who, self.log = who, log

    def read(self) -> Read:
        self.log.append(self.who)
        return Read(datetime.now(UTC), "orders", "old", 0)


def test_a_round_lets_every_reader_read_once_more() -> None:
    log: list[str] = []
    readers = [cast("Reader", Counter(who, log)) for who in "abc"]
    probe = Probe(readers, 0.0001, Probed({"orders": Seen("old", "new")}))

    with probe.reading():
        for _ in range(3):
            before = len(log)
            probe.round()
            assert {"a", "b", "c"} <= {*log[before:]}

    assert probe.probed.tables["orders"].requests == len(log)
