"""What a command line that asks for nothing but help has to import, and what a slip is answered."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import restore
from restore.cli.calls import VERBS
from restore.cli.commands import cli

CHECKOUT = Path(__file__).parents[3]
HEAVY = {"boto3", "botocore", "pulumi", "pydantic", "rich", "ruamel", "psutil"}


def typed(*arguments: str, **env: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "restore", *arguments],
        cwd=CHECKOUT,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=True,
    )


@pytest.mark.parametrize(
    ("arguments", "env"),
    [
        pytest.param(("--help",), {}, id="help"),
        pytest.param(("-h",), {}, id="h"),
        pytest.param(("run", "--help"), {}, id="help-of-a-verb"),
        pytest.param(("--version",), {}, id="version"),
        pytest.param(
            (),
            {"_RESTORE_COMPLETE": "bash_complete", "COMP_WORDS": "restore sw", "COMP_CWORD": "1"},
            id="completion",
        ),
    ],
)
def test_help_imports_nothing_that_only_a_verb_needs(
    arguments: tuple[str, ...], env: dict[str, str]
) -> None:
    """Help took as long as a verb, and a completion that takes a second is switched off."""
    done = typed(*arguments, **env)

    imported = {
        line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()
    }
    assert "click" in imported
    assert imported & HEAVY == set()
    assert done.stdout


def test_a_shell_completes_verbs_and_options() -> None:
    env = {"_RESTORE_COMPLETE": "bash_complete", "COMP_CWORD": "1"}
    assert typed(**env, COMP_WORDS="restore sw").stdout == "plain,switch\n"
    env["COMP_CWORD"] = "2"
    assert "plain,--dry-run\n" in typed(**env, COMP_WORDS="restore switch --").stdout
    script = typed(_RESTORE_COMPLETE="bash_source").stdout
    assert script.rstrip().endswith("_restore_completion_setup;")


def test_what_the_page_says_of_completion_works_in_bash(tmp_path: Path) -> None:
    command = tmp_path / "restore"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m restore "$@"\n')
    command.chmod(0o755)
    script = (
        'eval "$(_RESTORE_COMPLETE=bash_source restore)"; COMP_WORDS=(restore swi); COMP_CWORD=1;'
        ' _restore_completion restore; echo "${COMPREPLY[@]}"'
    )

    done = subprocess.run(
        ["bash", "-c", script],  # noqa: S607 - whichever the user has
        cwd=CHECKOUT,
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "switch\n", done.stderr


def test_the_version_is_the_projects() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    assert restore.__version__ == project["version"]
    assert CliRunner().invoke(cli, ["--version"]).stdout == f"restore {project['version']}\n"


def test_every_command_has_what_it_does() -> None:
    assert {*cli.commands} == {*VERBS, "describe"}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("swich",), "No such verb 'swich'. Did you mean switch?"),
        (("xyz",), "No such verb 'xyz'."),
        (("switch", "--dryrun"), "--dry-run"),
        (("--help-me",), "No such option"),
    ],
)
def test_a_slip_of_the_hand_is_answered_with_what_was_meant(
    typed: tuple[str, ...], said: str
) -> None:
    result = CliRunner().invoke(cli, typed)

    assert result.exit_code == 2
    assert said in result.stderr
    assert isinstance(cli, click.Group)
