"""The thread that reads, and a whole run with it: over the stack and the account in memory.

Its client may use what the grant covers at that moment, and nothing else.
"""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, cast

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from restore.aws.probe import Client, Reader
from restore.decide.probed import Probed, Read, Seen
from restore.errors import BlockedError, DifferencesError, UsageError
from restore.probe import Probe
from restore.report import Report
from restore.verbs.probe import client_of
from restore.verbs.run import run
from restore.when import LATEST, When
from tests.unit.restore.fakes import Clock, World, world
from tests.unit.restore.worlds import POINT, name
from tests.unit.stacks.stands import TO_PREPARED, TO_SWITCHED

AT = When(at=POINT)
POINTER = "restore-demo-table-name"


def denied(what: str) -> ClientError:
    return ClientError({"Error": {"Code": "AccessDeniedException", "Message": what}}, "GetItem")


class Application:
    """A client with the grant alone.

    Attributes:
        forbidden: A table that something else forbids it.
        bug: Raised by every read of that table instead.
    """

    def __init__(self, there: World, forbidden: str = "", bug: Exception | None = None) -> None:
        self.profile = "application"
        self.there, self.forbidden, self.bug = there, forbidden, bug

    def name(self, parameter: str) -> str:
        return self.there.aws.parameters[parameter]

    def item(self, asked: str, key: dict[str, Any]) -> None:
        assert key == {"id": {"S": "restore-probe"}}
        if asked == self.forbidden:
            raise self.bug or denied(asked)
        if asked not in self.there.past.covered:
            raise denied(asked)

    @property
    def client(self) -> Client:
        return cast("Client", self)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    """A probe that lets no time pass between two reads; its caches age as the drain goes on."""
    monkeypatch.setattr("restore.aws.probe.time", clock)
    monkeypatch.setattr("restore.verbs.probe.pause", lambda _: 0.0001)
    monkeypatch.setattr("restore.probe._LOOK_SECONDS", 0.001)


def proven(*_: object) -> None:
    pass


def told(capsys: pytest.CaptureFixture[str], report: Report) -> dict[str, Any]:
    """What a script gets under `probe`."""
    report.result({})
    found: dict[str, Any] = json.loads(capsys.readouterr().out)["probe"]
    return found


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
    monkeypatch.setattr("restore.verbs.probe._caches", lambda _: [0.0, 3600.0])

    with pytest.raises(DifferencesError, match=f"on {name('original')}, by a client that keeps"):
        run(there.session(), LATEST, 0, proven, Application(there).client)

    assert there.past.covered == {name("restored")}


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


# The reads themselves.


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for variable in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.setenv(variable, "testing")
    for variable in ("AWS_ENDPOINT_URL", "AWS_PROFILE", "AWS_REGION"):
        monkeypatch.delenv(variable, raising=False)
    with mock_aws():
        for table in ("one", "two"):
            boto3.client("dynamodb", "eu-west-1").create_table(
                TableName=table,
                BillingMode="PAY_PER_REQUEST",
                KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
                AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            )
        yield boto3.client("ssm", "eu-west-1")


def point(ssm: Any, value: str) -> None:
    ssm.put_parameter(Name="pointer", Value=value, Type="String", Overwrite=True)


def reader(cache_seconds: float) -> Reader:
    client = Client("eu-west-1", None)
    return Reader(client, "orders", "pointer", {"id": {"S": "x"}}, cache_seconds)


def test_a_reader_without_a_cache_follows_at_once_and_one_with_a_cache_when_it_is_old(
    aws: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = Clock()
    monkeypatch.setattr("restore.aws.probe.time", now)
    point(aws, "one")
    fresh, cached = reader(0), reader(60)
    assert [fresh.read().name, cached.read().name] == ["one", "one"]

    point(aws, "two")
    now.sleep(59)
    assert [fresh.read().name, cached.read().name] == ["two", "one"]
    now.sleep(1)
    assert [fresh.read().name, cached.read().name] == ["two", "two"]


def test_a_read_that_aws_refuses_is_a_read_with_its_error(aws: Any) -> None:
    assert reader(0).read().name is None
    assert "ParameterNotFound" in str(reader(0).read().error)
    point(aws, "three")
    read = reader(0).read()
    assert read.name == "three"
    assert "ResourceNotFoundException" in str(read.error)


def test_the_client_is_the_one_that_the_config_names(
    aws: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    del aws
    keys = "aws_access_key_id = a\naws_secret_access_key = b\n"
    (tmp_path / "credentials").write_text(f"[application]\n{keys}")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    there = world()
    assert client_of(there.session()).profile is None
    there.stack.texts["runbook"] = '{"probeProfile": "application"}'
    assert client_of(there.session()).profile == "application"


def test_a_profile_that_does_not_exist_is_said_before_anything_begins(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Not after the restore, which takes an hour."""
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/no/such/file")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/no/such/file")
    there = world()
    there.stack.texts["runbook"] = '{"probeProfile": "nobody"}'
    with pytest.raises(UsageError, match="no AWS profile 'nobody'"):
        client_of(there.session())


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
