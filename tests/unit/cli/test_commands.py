"""The command line: exit codes, one object on stdout, one message without a traceback."""

import json
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError, NoCredentialsError
from click.testing import CliRunner

from restore.cli.commands import cli
from restore.cli.options import Seconds
from restore.model.errors import UsageError
from tests.support.configs.positions import TO_PREPARED, TO_SWITCHED
from tests.support.memory.account_and_stack import world
from tests.support.memory.command_line import AT, VERBS, call
from tests.support.memory.facts import name, restored

R = name("restored")


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Here is the project's own folder, and its audit log is no test's."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("arguments", "build"), VERBS)
def test_a_verb_that_is_done_exits_0_with_one_object_on_stdout(
    monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], build: Any
) -> None:
    result = call(monkeypatch, build(), *arguments, "--json")

    assert result.exit_code == 0
    printed = json.loads(result.stdout)
    assert (printed["verb"], printed["outcome"]) == (arguments[0], "done")
    assert isinstance(printed["says"], list)
    assert isinstance(printed["steps"], list)


@pytest.mark.parametrize(("arguments", "build"), VERBS)
def test_without_json_stdout_has_the_answer_where_a_verb_is_asked_for_one(
    monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], build: Any
) -> None:
    """`plan > file` left an empty file, and `status | grep` found nothing."""
    result = call(monkeypatch, build(), *arguments)

    assert result.exit_code == 0
    if arguments[0] in {"status", "plan"}:
        assert "next: " in result.stdout
        assert "next: " not in result.stderr
    else:
        assert result.stdout == ""
        assert result.stderr


@pytest.mark.parametrize(("arguments", "build"), VERBS)
def test_a_dry_run_of_any_verb_has_no_effect(
    monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], build: Any
) -> None:
    there = build()

    result = call(monkeypatch, there, *arguments, "--dry-run")

    assert (result.exit_code, there.effects) == (0, [])


def test_the_steps_of_an_update_are_in_the_object(monkeypatch: pytest.MonkeyPatch) -> None:
    result = call(monkeypatch, world(TO_PREPARED), "switch", "--json")

    printed = json.loads(result.stdout)
    del printed["tables"]
    assert printed == {
        "verb": "switch",
        "outcome": "done",
        "says": ["point clients from original to restored"],
        "steps": ["update Parameter restore-demo (value)"],
    }


UNSAID = (
    "No restore point was given, and a restore to the latest second would hold the damage as well."
)
FAILURES = [
    pytest.param(
        ("wait",),
        lambda: world("serving", restored(status="ARCHIVED")),
        1,
        "failed",
        f"The restore into {R} ended as ARCHIVED instead of ACTIVE.",
        id="failed",
    ),
    pytest.param(
        ("start", "--to", "soon"),
        world,
        2,
        "wrong usage",
        "'soon' is no point in time.",
        id="malformed-time",
    ),
    pytest.param(("start", "--to", ""), world, 2, "wrong usage", "--to is empty.", id="empty-time"),
    pytest.param(("start",), world, 2, "wrong usage", UNSAID, id="start-to-nothing"),
    pytest.param(("run",), world, 2, "wrong usage", UNSAID, id="run-to-nothing"),
    pytest.param(("run", "--freeze"), world, 2, "wrong usage", UNSAID, id="freeze-to-nothing"),
    pytest.param(
        ("adopt", "--as", "restore"),
        world,
        2,
        "wrong usage",
        "'restore' is no label; labels are original, restored, restored-2, …"
        " Did you mean restored?",
        id="no-label",
    ),
    pytest.param(
        ("clean", "restored-1", "--confirm", name("restored-1")),
        world,
        2,
        "wrong usage",
        "'restored-1' is no label; labels are original, restored, restored-2, …",
        id="no-label-to-clean",
    ),
    pytest.param(
        ("status", "--table", "carts"),
        world,
        2,
        "wrong usage",
        "The stack dev has no table carts.",
        id="unknown-table",
    ),
    pytest.param(
        ("adopt",),
        world,
        3,
        "blocked",
        "There is no restored table of restore-demo to adopt.",
        id="blocked",
    ),
]


@pytest.mark.parametrize(("arguments", "build", "code", "outcome", "wrong"), FAILURES)
def test_an_error_is_one_message_with_its_fix(  # noqa: PLR0913 - the columns of the table
    *,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    build: Any,
    code: int,
    outcome: str,
    wrong: str,
) -> None:
    there = build()

    result = call(monkeypatch, there, *arguments, "--json")

    assert result.exit_code == code
    printed = json.loads(result.stdout)
    assert printed["outcome"] == outcome
    assert printed["message"].startswith(wrong)
    assert "\n  fix: " in printed["message"]
    assert printed["message"] in result.stderr
    assert "Traceback" not in result.stderr
    assert there.effects == []


def test_a_wrong_config_exits_2_with_every_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    there = world()
    there.stack.texts |= {"activeTable": "restore", "standbyTable": '["restored"]'}

    result = call(monkeypatch, there, "status")

    assert result.exit_code == 2
    assert "activeTable: 'restore' is no label" in result.stderr
    assert "standbyTable: is not a key that this program knows" in result.stderr


def test_a_refused_config_exits_3(monkeypatch: pytest.MonkeyPatch) -> None:
    there = world(TO_PREPARED)
    there.stack.texts["tables"] = there.stack.texts["tables"].replace(
        '"hashKey"', '"names": {"original": "other"}, "hashKey"'
    )

    result = call(monkeypatch, there, "switch", "--json")

    assert (result.exit_code, json.loads(result.stdout)["outcome"]) == (3, "blocked")
    assert "This config is refused" in result.stderr


def refused_by_aws() -> ClientError:
    said = {"Error": {"Code": "AccessDeniedException", "Message": "not you"}}
    return ClientError(said, "RestoreTableToPointInTime")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (
            refused_by_aws(),
            "AWS answered AccessDeniedException to RestoreTableToPointInTime: not you",
        ),
        (NoCredentialsError(), "AWS could not be asked: Unable to locate credentials"),
    ],
)
def test_what_aws_refuses_is_said_in_its_words(
    monkeypatch: pytest.MonkeyPatch, error: Exception, message: str
) -> None:
    there = world()

    def restore(*_: object) -> None:
        raise error

    monkeypatch.setattr(there.aws, "restore", restore)

    result = call(monkeypatch, there, "start", "--to", "latest", "--json")

    assert result.exit_code == 1
    assert json.loads(result.stdout)["message"].startswith(message)
    assert "fix: " in result.stderr


def test_an_error_that_nobody_expected_keeps_its_traceback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is a bug: swallowed, it could not be found."""
    there = world()
    there.stack.past = None  # type: ignore[assignment]

    result = call(monkeypatch, there, "status")

    assert isinstance(result.exception, TypeError | AttributeError)


def test_where_and_which_stack_reach_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def stack(cwd: Path, selected: str | None) -> object:
        asked.append((cwd, selected))
        raise UsageError("No.", "Nothing was touched.", "--stack S")

    monkeypatch.setattr("restore.cli.calls.Stack", stack)

    result = CliRunner().invoke(cli, ["status", "--cwd", "there", "--stack", "dev"])

    assert (result.exit_code, asked) == (2, [(Path("there"), "dev")])
    assert result.stderr == "No. Nothing was touched.\n  fix: the same command with --stack S\n"


@pytest.mark.parametrize(
    "arguments",
    [("nonsense",), ("clean", "original"), ("run", "--drain", "-1"), ("drop", "--as", "original")],
)
def test_a_command_line_that_cannot_be_read_exits_2(arguments: tuple[str, ...]) -> None:
    assert CliRunner().invoke(cli, arguments).exit_code == 2


def test_a_no_at_the_keyboard_exits_3(monkeypatch: pytest.MonkeyPatch) -> None:
    there = world(TO_PREPARED)
    monkeypatch.setattr("restore.report.report.Report.can_ask", True)
    monkeypatch.setattr("restore.report.report.Report.ask", lambda *_: False)

    result = call(monkeypatch, there, "switch", sure=False)

    assert (result.exit_code, there.effects) == (3, [])
    assert call(monkeypatch, there, "switch", "--yes").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "build"),
    [
        pytest.param(("switch",), lambda: world(TO_PREPARED), id="switch"),
        pytest.param(("rollback",), lambda: world(TO_SWITCHED), id="rollback"),
        pytest.param(("drop",), lambda: world(TO_SWITCHED), id="drop"),
        pytest.param(("run", "--to", "latest"), world, id="run"),
        pytest.param(("run", "--to", "latest", "--freeze"), world, id="run-freeze"),
    ],
)
def test_without_a_terminal_what_moves_clients_needs_yes(
    monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], build: Any
) -> None:
    """A cron job's `switch`, written for one evening, would move clients on any other one too."""
    there = build()

    blocked = call(monkeypatch, there, *arguments, "--json", sure=False)

    assert (blocked.exit_code, there.effects) == (3, [])
    message = json.loads(blocked.stdout)["message"]
    assert message == (
        f"{arguments[0]} asks before it goes on, and there is no terminal to ask at. Nothing was"
        " changed.\n  fix: the same command with --yes"
    )
    assert call(monkeypatch, there, *arguments, "--dry-run", sure=False).exit_code == 0
    assert there.effects == []
    # prints: restore/perform/confirm.py:refuse_unattended
    assert call(monkeypatch, there, *arguments, "--yes", sure=False).exit_code == 0
    assert there.effects


@pytest.mark.parametrize("verb", ["adopt", "prepare", "start"])
def test_without_a_terminal_what_moves_nobody_needs_no_yes(
    monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    way = {"adopt": "serving", "prepare": "serving adopted", "start": "serving"}[verb]
    there = world(way, *([restored()] if verb == "adopt" else []))
    to = ("--to", "latest") if verb == "start" else ()

    assert call(monkeypatch, there, verb, *to, sure=False).exit_code == 0
    assert there.effects


def test_the_restore_point_is_said_in_full_before_the_restore_starts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A wrong hour is seen while it still costs nothing."""
    there = world()

    said = json.loads(call(monkeypatch, there, "start", "--to", AT, "--json").stdout)["says"]

    assert any(each.startswith(f"restore point: {AT}, ") and each.endswith(" ago") for each in said)


@pytest.mark.parametrize(
    ("text", "seconds"), [("300", 300), ("1.5", 1.5), ("90s", 90), ("5m", 300), ("1h", 3600)]
)
def test_a_drain_is_said_in_seconds_or_with_its_unit(text: str, seconds: float) -> None:
    assert Seconds()(text) == seconds


@pytest.mark.parametrize("text", ["-1", "soon", "5 m", "", "5d"])
def test_another_drain_exits_2_with_what_it_may_be(text: str) -> None:
    result = CliRunner().invoke(cli, ["run", "--drain", text])

    assert result.exit_code == 2
    assert f"{text!r} is no time such as 300, 90s or 5m." in result.stderr
