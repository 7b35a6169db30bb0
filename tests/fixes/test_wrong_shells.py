"""A shell that lacks or contradicts something: each fix is typed into that shell, as printed."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.fixes.shells import Shell
from tests.fixes.sites import printed
from tests.support.engine.world import STACK, World

At = Callable[[str], World]
_PROFILES = """\
[profile team]
region = us-east-1
[default]
"""
_KEYS = """\
[team]
aws_access_key_id = test
aws_secret_access_key = test
"""
_FILES = "export AWS_CONFIG_FILE=$PWD/aws.ini AWS_SHARED_CREDENTIALS_FILE=$PWD/keys.ini"
_NO_KEYS = f"{_FILES} AWS_EC2_METADATA_DISABLED=true; unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY"
_NOBODY = "s3://nobody?region=us-east-1&endpoint=127.0.0.1:9&disableSSL=true&s3ForcePathStyle=true"


@dataclass(frozen=True)
class Wrong:
    """One row.

    Attributes:
        site: What prints the fix.
        before: What makes the shell wrong.
        code: How the verb ends.
        way: Which of the fix's ways is typed: what stands before it, and what ends it.
        filled_in: Placeholder → what the user types there.
    """

    site: str
    before: str
    code: int
    way: tuple[str, str] = ("", ", or")
    filled_in: Mapping[str, str] = field(default_factory=dict)


PASSPHRASE = {"<the stack's passphrase>": "$passphrase"}
BACKEND = {"<the team's backend>": "$backend"}
ROWS = {
    "no passphrase": Wrong(
        "restore/engine/diagnosis.py:_KNOWN",
        "unset PULUMI_CONFIG_PASSPHRASE",
        1,
        filled_in=PASSPHRASE,
    ),
    "a wrong passphrase": Wrong(
        "restore/engine/diagnosis.py:_KNOWN#2",
        "export PULUMI_CONFIG_PASSPHRASE=wrong; printf %s $passphrase > pass",
        1,
        ("or: ", "; then"),
        {"<a file with it>": "pass"},
    ),
    "a backend whose folder is missing": Wrong(
        "restore/engine/diagnosis.py:_KNOWN#5",
        "export PULUMI_BACKEND_URL=file:///nowhere/at/all",
        1,
        filled_in=BACKEND,
    ),
    "a login to a folder that is missing": Wrong(
        "restore/engine/diagnosis.py:_KNOWN#5",
        "export PULUMI_BACKEND_URL=file:///nowhere/at/all",
        1,
        ("or: ", "; then"),
        BACKEND,
    ),
    "a backend that does not answer": Wrong(
        "restore/engine/diagnosis.py:_KNOWN#6",
        f"export PULUMI_BACKEND_URL='{_NOBODY}'",
        1,
        ("wrong one: ", "\n"),
        BACKEND,
    ),
    "no engine": Wrong(
        "restore/engine/stack.py:__init__#2",
        "export PATH=/ SANDBOX_HOME=$home",
        1,
        ("sandbox: ", "\n"),
        {"python": sys.executable},
    ),
    "no region": Wrong(
        "restore/aws/account.py:region",
        "unset AWS_REGION AWS_DEFAULT_REGION",
        2,
        ("or ", ", with"),
        {"=REGION": "=us-east-1"},
    ),
    "no region, and the config is to have it": Wrong(
        "restore/aws/account.py:region",
        "unset AWS_REGION AWS_DEFAULT_REGION",
        2,
        filled_in={" REGION": " us-east-1"},
    ),
    "two regions": Wrong(
        "restore/model/provider_config.py:_chosen",
        "export AWS_REGION=us-west-2",
        2,
        ("", " or "),
    ),
    "two regions, and the config is to have it": Wrong(
        "restore/model/provider_config.py:_chosen",
        "export AWS_REGION=us-west-2",
        2,
        ("; or ", "\n"),
        {" REGION": " us-east-1"},
    ),
    "an unknown profile": Wrong(
        "restore/aws/account.py:_no_profile",
        f"{_FILES}; export AWS_PROFILE=nope",
        2,
        (", then ", "\n"),
        {"=…": "=team"},
    ),
    "no credentials": Wrong(
        "restore/aws/account.py:_session",
        f"{_NO_KEYS}; unset AWS_PROFILE",
        1,
        ("or ", " (aws"),
        {"=PROFILE": "=team"},
    ),
}


def shell_at(world: World, before: str) -> Shell:
    """The scene's shell with what its user knows, and then what makes it wrong."""
    (world.project / "aws.ini").write_text(_PROFILES)
    (world.project / "keys.ini").write_text(_KEYS)
    knows = f"passphrase={world.env['PULUMI_CONFIG_PASSPHRASE']}; backend={world.backend.as_uri()}"
    return Shell(world, f"{knows}; home={world.backend.parent}; {before}")


def way_of(fix: str, row: Wrong) -> str:
    """The one of its ways that is typed."""
    begins, ends = row.way
    way = fix.partition(begins)[2] if begins else fix
    way = way.partition(ends)[0]
    for placeholder, value in row.filled_in.items():
        assert placeholder in way, f"{placeholder} does not occur in: {way}"
        way = way.replace(placeholder, value)
    return way


@pytest.mark.parametrize("name", ROWS)
def test_a_fix_typed_into_the_wrong_shell_lets_the_same_command_go_on(at: At, name: str) -> None:
    """A login that a variable overrules, or a look at what just failed, is a circle."""
    row, world = ROWS[name], at("serving")
    if "passphrase" in name:  # else the engine needs none
        world.pulumi("config", "set", "--secret", "token", "abc")
    shell = shell_at(world, row.before)

    fix = printed(shell.said(row.code), row.site)
    shell.type(way_of(fix, row))

    assert "restore-demo: serving" in shell.said(0)


def test_a_login_is_followed_by_the_stack(at: At) -> None:
    """Who has just logged in has selected none."""
    world = at("serving")
    shell = shell_at(world, "unset PULUMI_BACKEND_URL; export PULUMI_HOME=$PWD/nobody")

    login = printed(shell.said(1), "restore/engine/diagnosis.py:_KNOWN#3")
    shell.type(login.partition(", such")[0].replace("<the team's backend>", "$backend"))
    none = printed(shell.said(2), "restore/engine/selection.py:no_stack#3")
    assert none.startswith("--stack NAME, or pulumi stack select NAME")
    shell.type(f"pulumi stack select {STACK}")

    assert "restore-demo: serving" in shell.said(0)


def test_the_wrong_one_of_two_regions_shows_another_place_and_loses_nothing(at: At) -> None:
    """Nobody knows at night which of the two is wrong."""
    world = at("serving")
    before, since = world.everything(), world.last_call()
    shell = shell_at(world, "export AWS_REGION=us-west-2")

    printed(shell.said(2), "restore/model/provider_config.py:_chosen")
    shell.type("unset AWS_DEFAULT_REGION")

    assert "looks in region us-west-2 (from AWS_REGION)" in shell.said(3)
    assert world.writes(since) == []
    assert world.everything() == before


def test_a_folder_without_a_project_is_left_by_the_printed_option(at: At, tmp_path: Path) -> None:
    """A new terminal opens at home."""
    world = at("serving")
    shell = Shell(world, f"cd {tmp_path}")

    fix = printed(shell.said(2), "restore/engine/stack.py:__init__")
    option = fix.replace("DIR", str(world.project))

    done = Shell(world, f"cd {tmp_path}", f"{shell.verb} {option}")
    assert "restore-demo: serving" in done.said(0)
