"""The object at the end of every verb: one, however it ends, with where the tables stand."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import NoCredentialsError
from click.testing import CliRunner

from restore.cli.commands import cli
from restore.model.errors import RestoreError
from restore.perform.session import Session
from restore.report.outcome import ahead_of, interrupted, positions
from restore.report.report import Report
from tests.support.configs.positions import TO_PREPARED
from tests.support.memory.account_and_stack import World, world
from tests.support.memory.command_line import VERBS, call
from tests.support.memory.facts import name, restored, restoring
from tests.support.memory.restore_calls import failing, refused

Patch = pytest.MonkeyPatch


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: Patch, tmp_path: Path) -> None:
    """Here is the project's own folder, and its audit log is no test's."""
    monkeypatch.chdir(tmp_path)


def printed(monkeypatch: Patch, there: World, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(call(monkeypatch, there, *arguments, "--json").stdout)
    return found


@pytest.mark.parametrize(("arguments", "build"), VERBS)
def test_every_verb_says_where_each_table_stands_at_its_end(
    monkeypatch: Patch, arguments: tuple[str, ...], build: Any
) -> None:
    """A script need not call `status` to know how to go on, or back."""
    there = build()

    (table,) = printed(monkeypatch, there, *arguments)["tables"].values()

    facts = there.session().observe().tables
    (expected,) = json.loads(json.dumps(positions(facts, None))).values()
    assert {key: table[key] for key in expected} == expected
    assert set(expected) == {"phase", "next", "back", "facts"}


def test_what_a_plan_says_of_a_table_stays_beside_it(monkeypatch: Patch) -> None:
    table = printed(monkeypatch, world(), "plan")["tables"]["restore-demo"]

    assert {"restore", "steps", "losses", "notLookedAt", "phase"} <= set(table)


def test_a_refusal_says_where_the_table_stands(monkeypatch: Patch) -> None:
    """That is when a script has to decide."""
    said = printed(monkeypatch, world("serving", restoring()), "adopt")

    assert said["outcome"] == "blocked"
    assert said["tables"]["restore-demo"]["next"] == "python -m restore wait"


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (RestoreError("No stack.", "Nothing was touched.", "pulumi stack ls"), "No stack. Nothing"),
        (NoCredentialsError(), "AWS could not be asked: Unable to locate credentials"),
    ],
)
def test_a_verb_that_is_done_stays_done_where_the_end_cannot_be_seen(
    monkeypatch: Patch, error: Exception, why: str
) -> None:
    """The switch has happened: exit 1 would make a script do it again."""
    there = world(TO_PREPARED)
    observe = Session.observe

    def blind(session: Session) -> Any:
        if there.effects:
            raise error
        return observe(session)

    monkeypatch.setattr(Session, "observe", blind)

    result = call(monkeypatch, there, "switch", "--json")

    said = json.loads(result.stdout)
    assert (result.exit_code, said["outcome"], said["tables"]) == (0, "done", {})
    assert said["notObserved"].startswith(why)


def test_in_a_pipe_without_json_nobody_asks_for_the_end(monkeypatch: Patch) -> None:
    """A look at the stack takes a second, and nobody would see it."""
    there = world(TO_PREPARED)
    looks: list[None] = []
    observe = Session.observe

    def look(session: Session) -> Any:
        looks.append(None)
        return observe(session)

    monkeypatch.setattr(Session, "observe", look)

    call(monkeypatch, there, "switch")
    assert len(looks) == 1
    call(monkeypatch, there, "switch", "--json")
    assert len(looks) == 3


def test_ctrl_c_is_one_message_and_says_how_to_carry_on(monkeypatch: Patch) -> None:
    """At 3 a.m. a traceback looks as if something had been broken."""
    there = world("serving", restoring())
    whole = there.aws.table
    looks: list[str] = []

    def table(wanted: str) -> Any:
        looks.append(wanted)
        if looks.count(name("restored")) == 2:
            raise KeyboardInterrupt
        return whole(wanted)

    monkeypatch.setattr(there.aws, "table", table)

    result = call(monkeypatch, there, "wait", "--json")

    said = json.loads(result.stdout)
    assert (result.exit_code, said["outcome"], said["tables"]) == (130, "interrupted", {})
    assert said["message"] == (
        "Interrupted. Completed steps are kept. Pulumi finished its current operation, unless"
        " Ctrl-C was pressed twice.\n"
        "  fix: the same command again: it carries on"
    )
    assert result.stderr.endswith(said["message"] + "\n")
    assert f"clients use {name('original')}" in result.stderr
    assert "next: python -m restore wait" in result.stderr
    assert "back: " in result.stderr
    assert "Traceback" not in result.output


STAYS_DENIED = f"Writes to {name('original')} stay denied; to allow them: python -m restore thaw"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(("adopt",), 3, id="blocked"),
        pytest.param(("start", "--to", "nonsense"), 2, id="nothing-observed"),
        pytest.param(("start", "--to", "2026-01-31T14:02:00Z"), 1, id="its-own-word"),
        pytest.param(("freeze",), 0, id="done"),
    ],
)
def test_a_verb_that_ends_early_says_what_stays_denied(
    monkeypatch: Patch, arguments: tuple[str, ...], code: int
) -> None:
    """Writers are down meanwhile, and the person who froze the table looks at a failed hook."""
    there = failing(world("serving frozen"), refused("LimitExceededException"), done=False)

    result = call(monkeypatch, there, *arguments)

    observed_and_failed = code in {1, 3}
    assert (result.exit_code, result.stderr.count(STAYS_DENIED)) == (code, observed_and_failed)


def test_after_ctrl_c_it_is_said_as_well(monkeypatch: Patch) -> None:
    there = world("serving frozen")

    def pressed(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(there.aws, "restore", pressed)

    result = call(monkeypatch, there, "start", "--to", "latest")

    assert result.exit_code == 130
    assert STAYS_DENIED in result.stderr


def test_a_bug_is_one_object_and_a_traceback(monkeypatch: Patch) -> None:
    there = world()
    there.stack.past = None  # type: ignore[assignment]

    result = call(monkeypatch, there, "status", "--json")

    said = json.loads(result.stdout)
    assert said["outcome"] == "failed"
    assert said["message"].startswith(type(result.exception).__name__)


@pytest.mark.parametrize(
    ("arguments", "verb", "message"),
    [
        (("run", "--drain", "-1"), "run", "Invalid value for '--drain'"),
        (("clean", "original"), "clean", "Missing option '--confirm'"),
        (("nonsense",), None, "No such verb 'nonsense'."),
    ],
)
def test_a_command_line_that_cannot_be_read_is_one_object_too(
    arguments: tuple[str, ...], verb: str | None, message: str
) -> None:
    result = CliRunner().invoke(cli, [*arguments, "--json"])

    said = json.loads(result.stdout)
    assert (result.exit_code, said["verb"], said["outcome"]) == (2, verb, "wrong usage")
    assert said["message"].startswith(message)
    assert message in result.stderr


def test_in_a_terminal_a_verb_ends_with_where_the_table_stands(monkeypatch: Patch) -> None:
    there = world(TO_PREPARED)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setattr(Report, "ask", lambda *_: True)

    result = call(monkeypatch, there, "switch")

    assert "● switched" in "".join(result.stderr.splitlines()[-6:])
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, 0, id="as-written"),
        pytest.param({"active": "restored"}, 1, id="another-active-label"),
        pytest.param({"standby": ("restored", "restored-2")}, 1, id="a-label-it-does-not-hold"),
        pytest.param({"standby": ()}, 1, id="a-label-that-has-not-left-yet"),
    ],
)
def test_a_config_that_is_ahead_of_the_stack_is_told(
    changes: dict[str, Any], expected: int
) -> None:
    """Committed, it would be deployed by a pipeline before anyone has looked at it."""
    there = world(TO_PREPARED, restored())
    (table,) = there.session().observe().tables
    config = replace(table.config, **changes)
    written = replace(table, config=config)
    said = [line for line in interrupted([written], None, "file") if "is ahead of" in line]
    assert len(ahead_of([written])) == len(said) == expected
