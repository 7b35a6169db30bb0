"""The audit log: who did what and how it ended, one whole line for each, in the way of nothing."""

import json
import os
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from restore.cli.commands import cli
from restore.model.change import Change
from restore.report.audit import LOG, Audit, nowhere
from tests.support.configs.positions import TO_DROPPED, TO_PREPARED
from tests.support.memory.account_and_stack import World, world
from tests.support.memory.facts import name, restored


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "Pulumi.yaml").write_text("name: restore-demo\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def audit(project: Path | None, told: list[str] | None = None) -> Audit:
    warn = (lambda _: None) if told is None else told.append
    return Audit(project, "switch", {"--yes": True}, warn)


def lines(project: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (project / LOG).read_text().splitlines()]


def call(monkeypatch: pytest.MonkeyPatch, there: World, *arguments: str) -> int:
    monkeypatch.setattr("restore.cli.calls.Stack", lambda *_: there.stack)
    monkeypatch.setattr("restore.cli.calls.Aws", lambda _: there.aws)
    return CliRunner().invoke(cli, list(arguments)).exit_code


def told(project: Path) -> list[tuple[str, str]]:
    """Event and what, without what follows a colon."""
    return [(line["event"], line["what"].partition(":")[0]) for line in lines(project)]


def test_a_line_says_who_did_what_where_and_when(project: Path) -> None:
    log = audit(project)
    log.stack = "prod"

    log.note("decided", "point clients from original to restored", "orders")

    (line,) = lines(project)
    assert line.pop("time").endswith("+00:00")
    assert {type(line.pop(key)) for key in ("host", "user")} == {str}
    assert line == {
        "pid": os.getpid(),
        "verb": "switch",
        "arguments": {"--yes": True},
        "stack": "prod",
        "table": "orders",
        "event": "decided",
        "what": "point clients from original to restored",
    }


def test_an_effect_is_on_the_disk_before_it_begins(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a power cut nobody else could say that a table was being deleted."""
    synced: list[int] = []
    monkeypatch.setattr("restore.report.audit.os.fsync", synced.append)
    log = audit(project)

    with log.effect("delete orders", "orders"):
        assert [line["event"] for line in lines(project)] == ["began"]
        assert len(synced) == 1

    assert told(project) == [("began", "delete orders"), ("did", "delete orders")]


@pytest.mark.parametrize("error", [OSError("no"), KeyboardInterrupt()])
def test_an_effect_that_fails_says_why_and_the_error_goes_on(
    project: Path, error: BaseException
) -> None:
    """Ctrl-C as well: the effect has begun, and what became of it is a question."""
    with pytest.raises(type(error)), audit(project).effect("delete orders"):
        raise error

    failed = lines(project)[-1]
    assert failed["event"] == "failed"
    assert failed["what"].startswith(f"delete orders: {type(error).__name__}")


def test_two_runs_do_not_tear_each_others_lines(project: Path) -> None:
    """A torn line is lost for every tool that reads the log."""

    def write(run: int) -> None:
        log = audit(project)
        for number in range(200):
            log.note("did", f"{run} {number} " + "x" * 5_000)

    runs = [threading.Thread(target=write, args=(run,)) for run in range(4)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()

    assert len(lines(project)) == 800


def test_a_log_that_cannot_be_written_stops_nothing_and_is_said_once(project: Path) -> None:
    """A full disk must not leave a switch half done, nor may it go unnoticed."""
    (project / LOG.parent).write_text("a file where the folder should be")
    said: list[str] = []
    log = audit(project, said)

    with log.call(), log.effect("update the stack"):
        log.note("began", "update Parameter restore-demo")

    (text,) = said
    assert text.startswith(f"The audit log {project / LOG} cannot be written: File exists.")
    assert "fix: " in text


def test_a_disk_that_takes_half_a_line_is_said(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("restore.report.audit.os.write", lambda _, line: len(line) - 1)
    said: list[str] = []

    audit(project, said).note("did", "something")

    assert "the disk took a part of a line only" in said[0]


@pytest.mark.parametrize("inside", [True, False])
def test_nothing_is_written_where_there_is_no_project(tmp_path: Path, *, inside: bool) -> None:
    """A wrong --cwd must not leave a folder behind somewhere on the disk."""
    audit(tmp_path if inside else None).note("did", "something")
    nowhere().note("did", "something")

    assert list(tmp_path.iterdir()) == []


def test_a_user_without_a_name_is_known_by_number(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Containers often run as a number that no file knows."""

    def unknown(uid: int) -> None:
        raise KeyError(uid)

    monkeypatch.setattr("restore.report.audit.pwd.getpwuid", unknown)

    audit(project).note("did", "something")

    assert lines(project)[0]["user"] == str(os.getuid())


RUNS = [
    pytest.param(
        ("switch", "--yes"),
        lambda: world(TO_PREPARED),
        0,
        [
            ("began", "switch"),
            ("decided", "point clients from original to restored"),
            ("began", "update the stack"),
            ("began", "write stacks/Pulumi.dev.yaml"),
            ("did", "write stacks/Pulumi.dev.yaml"),
            ("began", "update Parameter restore-demo (value)"),
            ("did", "update the stack"),
            ("ended", "done"),
        ],
        id="update",
    ),
    pytest.param(
        ("start", "--to", "2026-01-31T14:02:00Z"),
        world,
        0,
        [
            ("began", "start"),
            ("decided", f"restore {name('original')} as of 2026-01-31T14"),
            ("began", f"restore {name('original')} as of 2026-01-31T14"),
            ("did", f"restore {name('original')} as of 2026-01-31T14"),
            ("ended", "done"),
        ],
        id="restore",
    ),
    pytest.param(
        ("clean", "original", "--confirm", name("original")),
        lambda: world(TO_DROPPED),
        0,
        [
            ("began", "clean"),
            ("decided", f"delete {name('original')}"),
            ("began", f"delete {name('original')}"),
            ("did", f"delete {name('original')}"),
            ("ended", "done"),
        ],
        id="delete",
    ),
    pytest.param(
        ("switch",),
        lambda: world("serving", restored()),
        3,
        [
            ("began", "switch"),
            ("decided", f"restored ({name('restored')}) is not prepared yet"),
            ("ended", "blocked"),
        ],
        id="blocked",
    ),
    pytest.param(
        ("adopt",),
        lambda: world(TO_PREPARED),
        0,
        [
            ("began", "adopt"),
            ("decided", "restored is in the stack already (prepared)."),
            ("ended", "done"),
        ],
        id="nothing",
    ),
    pytest.param(
        ("start", "--to", "soon"),
        world,
        2,
        [
            ("began", "start"),
            ("failed", "'soon' is no point in time. Nothing was touched.\n  fix"),
            ("ended", "wrong usage"),
        ],
        id="wrong-usage",
    ),
]


@pytest.mark.parametrize(("arguments", "build", "code", "events"), RUNS)
def test_every_decision_and_every_effect_of_a_verb_is_a_line(  # noqa: PLR0913 - the table's columns
    *,
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    build: Any,
    code: int,
    events: list[tuple[str, str]],
) -> None:
    """The morning after, this is all that tells what happened at 3 a.m."""
    assert call(monkeypatch, build(), *arguments) == code

    assert told(project) == events
    assert lines(project)[-1]["exit"] == code
    assert {line["stack"] for line in lines(project)[1:]} <= {"dev", None}
    of_effects = [line for line in lines(project) if line["event"] == "decided" and code == 0]
    assert {line["table"] for line in of_effects} <= {"restore-demo"}


def test_the_gates_complaints_are_in_the_log(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = world(TO_PREPARED)
    there.stack.extra = [Change("replace", "urn:pulumi:dev::restore-demo::aws:s3/b:B::logs")]

    assert call(monkeypatch, there, "switch") == 3

    assert "replace B logs: would replace it" in lines(project)[-2]["what"]


def test_a_bug_is_in_the_log_with_its_name(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = world()
    there.stack.past = None  # type: ignore[assignment]

    assert call(monkeypatch, there, "status") == 1

    failed, ended = lines(project)[-2:]
    assert failed["what"].startswith(("TypeError", "AttributeError"))
    assert (ended["event"], ended["exit"]) == ("ended", 1)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("status",), {}),
        (("status", "--json", "--table", "carts"), {"--json": True, "--table": ["carts"]}),
        (("clean", "original", "--confirm", "no"), {"LABEL": "original", "--confirm": "no"}),
        (("run", "--to", "90m", "--drain", "5"), {"--to": "90m", "--drain": 5.0}),
    ],
)
def test_the_arguments_are_those_that_were_typed(
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    said: Mapping[str, Any],
) -> None:
    call(monkeypatch, world(""), *arguments)

    assert lines(project)[0]["arguments"] == said
