"""One call of the command line over a stack and an account in memory."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from restore.cli.commands import cli
from restore.plan.losses.mention import Survey
from tests.support.configs.positions import TO_DROPPED, TO_PREPARED
from tests.support.memory.account_and_stack import World, world
from tests.support.memory.facts import name, restored, restoring

AT = "2026-01-31T14:02:00Z"
CONFIRMED = {"switch", "rollback", "drop", "run"}
"""Verbs that ask at a terminal, and need `--yes` without one."""


def call(
    monkeypatch: pytest.MonkeyPatch, there: World, *arguments: str, sure: bool = True
) -> Result:
    """One call of the command line over `there`, as a pipeline makes it."""
    asked: list[tuple[Path, str | None]] = []

    def stack(cwd: Path, selected: str | None) -> object:
        asked.append((cwd, selected))
        return there.stack

    monkeypatch.setattr("restore.cli.calls.Stack", stack)
    monkeypatch.setattr("restore.cli.calls.Aws", lambda _: there.aws)
    monkeypatch.setattr("restore.cli.calls.SettingsReader", lambda _: None)
    monkeypatch.setattr("restore.verbs.verify.prove_settings", lambda *_: None)
    monkeypatch.setattr("restore.verbs.plan.survey", lambda *_: Survey())
    yes = ["--yes"] if sure and arguments[0] in CONFIRMED else []
    return CliRunner().invoke(cli, [*arguments, *yes])


VERBS = [
    pytest.param(("status",), world, id="status"),
    pytest.param(("plan", "--to", AT), world, id="plan"),
    pytest.param(("start", "--to", AT), world, id="start"),
    pytest.param(("start", "--to", "latest"), world, id="start-to-latest"),
    pytest.param(("start",), lambda: world("serving", restored()), id="start-carries-on"),
    pytest.param(("wait",), lambda: world("serving", restoring()), id="wait"),
    pytest.param(("adopt",), lambda: world("serving", restored()), id="adopt"),
    pytest.param(("prepare", "--as", "restored"), lambda: world("serving adopted"), id="prepare"),
    pytest.param(("switch",), lambda: world(TO_PREPARED), id="switch"),
    pytest.param(("rollback",), lambda: world(TO_PREPARED), id="rollback"),
    pytest.param(("drop",), lambda: world(TO_DROPPED), id="drop"),
    pytest.param(("run", "--to", AT, "--drain", "1"), world, id="run"),
    pytest.param(("run", "--to", "latest"), world, id="run-to-latest"),
    pytest.param(("run",), lambda: world(gone=("original",)), id="run-of-a-lost-table"),
    pytest.param(
        ("clean", "original", "--confirm", name("original")), lambda: world(TO_DROPPED), id="clean"
    ),
]
