"""What keeps the engine from answering: one sentence, and a fix that is not what just failed."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable

from tests.engine.world import CHECKOUT, STACK, Done, World

At = Callable[[str], World]


def said(done: Done, code: int) -> str:
    """What a status said that must not be the engine's raw answer."""
    assert done.code == code, done.said
    assert "Traceback" not in done.said
    assert "stderr:" not in done.said
    assert "mend: python -m restore status" not in done.said
    return done.err


def status(world: World, code: int, **env: str) -> str:
    return said(world.run(sys.executable, "-m", "restore", "status", **env), code)


def test_files_that_are_no_yaml_are_named_with_their_line(at: At) -> None:
    """A merge conflict at night: the engine names neither the file nor the right line."""
    world = at("serving")
    stack, project = world.config_file.read_text(), world.project / "Pulumi.yaml"
    whole = project.read_text()
    world.config_file.write_text(stack.replace("config:\n", "config:\n<<<<<<< HEAD\n", 1))
    conflict = stack.splitlines().index("config:") + 2
    assert f"stacks/Pulumi.{STACK}.yaml, line {conflict}: a merge conflict" in status(world, 2)
    world.config_file.write_text(stack)
    project.write_text(f"{whole}config: [1\n")
    assert "Pulumi.yaml, line" in status(world, 2)
    project.write_text(whole)
    status(world, 0)


def test_secrets_login_and_backend_are_named(at: At) -> None:
    """Each fix is an environment variable or a login; none is the same command again."""
    world = at("serving")
    world.pulumi("config", "set", "--secret", "token", "abc")
    unset = status(world, 1, PULUMI_CONFIG_PASSPHRASE="")
    assert "mend: export PULUMI_CONFIG_PASSPHRASE=" in unset
    wrong = status(world, 1, PULUMI_CONFIG_PASSPHRASE="wrong")  # noqa: S106 - a wrong one
    assert "not the one of this stack's secrets" in wrong
    home = str(world.project / "nobody")
    out = status(world, 1, PULUMI_BACKEND_URL="", PULUMI_HOME=home)
    assert "nobody is logged in" in out
    assert "mend: pulumi login" in out
    nowhere = status(world, 1, PULUMI_BACKEND_URL="file:///nowhere/at/all")
    assert "the backend's folder" in nowhere


def test_a_checkpoint_that_is_missing_is_put_back_by_the_printed_fix(at: At) -> None:
    """To the engine the stack is unknown; a new one in its place would know no table."""
    world = at("serving")
    (checkpoint,) = (world.backend / ".pulumi" / "stacks").glob(f"*/{STACK}.json")
    checkpoint.unlink()
    missing = status(world, 2)
    fix = missing.partition("mend: ")[2].partition(",")[0]
    assert fix.startswith("cp -n ")
    assert world.run(*fix.split()).code == 0
    world.pulumi("stack", "select", STACK)
    status(world, 0)


def test_a_backend_of_the_old_layout_is_named_with_the_engines_own_fix(world: World) -> None:
    """Else every update is refused over a question that the engine cannot answer.

    Not shown here: a stack that holds something after its upgrade.
    """
    shutil.rmtree(world.backend)
    world.backend.mkdir()
    old = {
        "PULUMI_DIY_BACKEND_LEGACY_LAYOUT": "true",
        "PULUMI_DIY_BACKEND_IGNORE_DEPRECATION_ERROR": "1",
    }
    assert world.run("pulumi", "stack", "init", STACK, "--non-interactive", **old).code == 0
    refused = world.run("pulumi", "preview", "--non-interactive", "--color=never", **old)
    assert refused.code != 0
    assert "fix: pulumi state upgrade" in refused.said
    assert "mend: pulumi state upgrade" in status(world, 1)
    # In the shell of whoever got this far the deprecation is ignored, and stays so.
    ignored = {"PULUMI_DIY_BACKEND_IGNORE_DEPRECATION_ERROR": "1"}
    upgraded = world.run("pulumi", "state", "upgrade", "--yes", "--non-interactive", **ignored)
    assert upgraded.code == 0, upgraded.said


def test_a_protected_parameter_is_unprotected_by_the_printed_fix(at: At) -> None:
    """`drop` would be stopped by it; the engine's own hint is a page long."""
    world = at("switched by hand")
    (urn,) = (
        each["urn"] for name, each in world.state().items() if name == "Table restore-demo.original"
    )
    world.pulumi("state", "protect", urn, "--yes")
    stopped = world.run(sys.executable, "-m", "restore", "drop", "--yes", "--now")
    text = said(stopped, 1)
    assert "Table restore-demo.original is protected" in text
    fix = text.partition("mend: ")[2].partition(";")[0]
    assert fix.startswith("pulumi state unprotect --yes ")
    assert world.run("sh", "-c", fix).code == 0
    world.restore("drop", "--yes", "--now")
    assert "restore-demo-original-table" in world.tables()


def test_from_a_folder_below_the_project_it_is_found(at: At) -> None:
    """Whoever edits the config stands in `stacks` when it happens."""
    world = at("serving")
    status = subprocess.run(
        [sys.executable, "-m", "restore", "status"],
        cwd=world.project / "stacks",
        env={**world.env, "PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        check=False,
    )
    assert status.returncode == 0, status.stderr


def test_python_without_the_packages_is_one_sentence(world: World) -> None:
    """A new terminal in which nobody has activated the virtual environment."""
    bare = [sys.executable, "-S", "-m", "restore", "status"]
    done = world.run(*bare, PYTHONPATH=str(CHECKOUT), PATH=os.defpath)
    text = said(done, 1)
    assert "has no package" in text
    assert "fix: . .venv/bin/activate" in text
