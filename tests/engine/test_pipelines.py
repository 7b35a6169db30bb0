"""Where pipelines run: the examples' commands, and what slim containers lack."""

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable

import pytest

from restore.cli.commands import cli
from tests.support.engine.world import CHECKOUT, ORIGINAL, RESTORED, STACK, Done, World
from tests.support.pages.pipelines import commands

At = Callable[[str], World]
_KEPT = ("PULUMI_HOME", "PULUMI_BACKEND_URL", "PULUMI_CONFIG_PASSPHRASE")
_AWS = ("AWS_ENDPOINT_URL", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID")
_ALL = (*_KEPT, *_AWS, "AWS_SECRET_ACCESS_KEY")


def bare(world: World, shell: str, *arguments: str, **more: str) -> Done:
    """A verb with pulumi alone on PATH, without HOME and without what else a shell has.

    Args:
        world: Where it runs.
        shell: What a shell does with the verb, which is its `"$@"`.
        arguments: The verb.
        more: Variables that are set beside those of Pulumi and AWS.
    """
    pulumi = shutil.which("pulumi", path=world.env["PATH"])
    assert pulumi is not None
    env = {name: world.env[name] for name in _ALL}
    env |= {"PATH": os.path.dirname(pulumi), "PYTHONPATH": str(CHECKOUT), **more}  # noqa: PTH120
    done = subprocess.run(
        ["/bin/sh", "-c", shell, "sh", sys.executable, "-m", "restore", *arguments],
        cwd=world.project,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize(
    ("shell", "more", "verb", "code", "says"),
    [
        pytest.param('exec "$@"', {}, "status", 0, "there is no git on PATH", id="no-git-no-ps"),
        pytest.param('exec "$@" <&-', {}, "status", 0, "prepared; next:", id="no-stdin"),
        pytest.param('exec "$@" <&- >&- 2>&-', {}, "status", 0, "", id="no-streams"),
        pytest.param(
            'exec "$@"', {"HOME": "/dev/null"}, "verify", 0, "", id="a-home-that-is-read-only"
        ),
        pytest.param(
            'exec "$@"',
            {"PATH": "/"},
            "status",
            1,
            "There is no pulumi command on PATH.",
            id="no-pulumi",
        ),
        pytest.param('exec "$@" <&-', {}, "switch --dry-run", 0, "update Parameter", id="dry-run"),
        pytest.param(
            'exec "$@"',
            {"AWS_ENDPOINT_URL": "http://127.0.0.1:9"},
            "status",
            1,
            "AWS did not answer",
            id="no-network",
        ),
    ],
)
def test_a_slim_container_ends_each_verb_with_its_code_and_no_traceback(  # noqa: PLR0913, PLR0917 - the columns of the table
    at: At, shell: str, more: dict[str, str], verb: str, code: int, says: str
) -> None:
    world = at("prepared")
    done = bare(world, shell, *verb.split(), **more)
    assert done.code == code, done.said
    assert says in done.said
    assert "Traceback" not in done.said


UID = 54_321
"""A user that no passwd names: what a container gets with `--user`, or OpenShift gives each pod."""
_NAMELESS = ["unshare", "--user", f"--map-user={UID}", f"--map-group={UID}"]


def can_be_nameless() -> bool:
    """Whether this machine lets a process have another user id, in a namespace of its own."""
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*_NAMELESS, "true"], capture_output=True, check=False).returncode == 0


NAMELESS = can_be_nameless()
UNSHARE = shlex.join([shutil.which("unshare") or "", *_NAMELESS[1:]]) if NAMELESS else ""
CONTAINER = f'exec {UNSHARE} "$@" <&-'
CLEAN = f"clean original --confirm {ORIGINAL}"
VERBS = [
    pytest.param("serving", "status", 0, "serving; next: nothing", id="status"),
    pytest.param("serving", "plan --to latest", 0, "next: python -m restore run --to", id="plan"),
    pytest.param("serving", "start --to latest", 0, f"{RESTORED} is being restored", id="start"),
    pytest.param("serving", "freeze --yes", 0, "no drift", id="freeze"),
    pytest.param("frozen", "thaw --yes", 0, "no drift", id="thaw"),
    pytest.param("serving", "policy", 0, "dynamodb:RestoreTableToPointInTime", id="policy"),
    pytest.param("restored", "wait", 0, f"{RESTORED}", id="wait"),
    pytest.param("restored", "adopt", 0, "no drift", id="adopt"),
    pytest.param("adopted", "prepare", 0, "no drift", id="prepare"),
    pytest.param("prepared", "verify", 0, "", id="verify"),
    pytest.param("prepared", "switch --yes", 0, "no drift", id="switch"),
    pytest.param("prepared", "run --to latest --drain 0 --yes", 0, "no drift", id="run"),
    pytest.param("switched", "rollback --yes", 0, "no drift", id="rollback"),
    pytest.param("switched", "drop --yes", 0, "no drift", id="drop"),
    pytest.param("dropped", CLEAN, 0, ORIGINAL, id="clean"),
    pytest.param("prepared", CLEAN, 3, "Nothing was", id="clean-of-what-serves"),
    pytest.param("serving", f"describe {ORIGINAL}", 0, "tables:", id="describe"),
]


@pytest.mark.parametrize(("scene", "verb", "code", "says"), VERBS)
def test_every_verb_in_a_slim_container(
    at: At, scene: str, verb: str, code: int, says: str
) -> None:
    """All of it at once: pulumi alone on PATH, an empty environment, a home that is none, no stdin.

    And, where this machine can do that, a user that no passwd names: the engine asks for its name
    at every command, and failed.
    """
    world = at(scene)
    done = bare(world, CONTAINER, *verb.split(), HOME="/dev/null")
    assert done.code == code, done.said
    assert says in done.said
    assert "Traceback" not in done.said


def test_the_table_holds_every_verb() -> None:
    """A new verb would be missing from the table without a word."""
    assert {str(each.values[1]).split()[0] for each in VERBS} == {*cli.commands}


@pytest.mark.skipif(not NAMELESS, reason="another user id needs a user namespace (Linux)")
def test_the_user_of_the_table_has_no_name(at: At) -> None:
    """Python's `getpass`, Go's `user.Current` and `~` end in errors there."""
    script = "import os, pwd; print(os.getuid()); pwd.getpwuid(os.getuid())"
    shell = f'exec {UNSHARE} {shlex.quote(sys.executable)} -c {shlex.quote(script)} "$@" <&-'
    done = bare(at("serving"), shell)
    assert done.out.split() == [str(UID)]
    assert "KeyError: 'getpwuid(): uid not found" in done.err


@pytest.mark.skipif(
    os.geteuid() != 0 or shutil.which("unshare") is None,
    reason="a mount of its own needs root and unshare (Linux)",
)
def test_in_a_read_only_folder_nothing_is_switched_whose_config_cannot_be_written(at: At) -> None:
    """The clients were moved, and the config on disk still named the old table."""
    # prints: restore/perform/rehearse.py:refuse_read_only
    world = at("prepared")
    folder = shlex.quote(str(world.project))
    mounted = f"mount --bind {folder} {folder} && mount -o remount,ro,bind {folder} && cd {folder}"
    verb = f"{shlex.quote(sys.executable)} -m restore switch --yes"
    done = world.run("unshare", "--mount", "sh", "-c", f"{mounted} && exec {verb}")
    assert done.code == 3, done.said
    assert "cannot be written, and a step has to" in done.said
    assert "The audit log .restore/audit.jsonl cannot be written" in done.said
    assert "Traceback" not in done.said
    assert f"make {folder}/stacks writable, or work in a writable copy" in done.said
    assert world.pointer() == (ORIGINAL, 1)
    world.restore("switch", "--yes")
    assert world.pointer() == (RESTORED, 2)


@pytest.mark.parametrize("name", ["github-actions.yml", "gitlab-ci.yml"])
def test_the_commands_of_an_example_plan_and_then_switch(at: At, name: str) -> None:
    """All but the installation: the checkout has its packages already."""
    world = at("prepared")
    env = {"STACK": STACK, "VERB": "switch"}
    for job, tables in (("plan", ORIGINAL), ("restore", RESTORED)):
        (verb,) = (line for line in commands(name, job) if "-m restore" in line)
        done = world.run("sh", "-ec", verb, **env)
        assert "Traceback" not in done.said
        said = json.loads((world.project / "restore.json").read_text())
        assert said["outcome"] in ({"done"} if job == "restore" else {"done", "blocked"}), said
        assert world.pointer()[0] == tables
    assert (world.project / ".restore" / "audit.jsonl").is_file()
