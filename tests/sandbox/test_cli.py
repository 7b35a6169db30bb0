"""The command line: what it says, on which stream, with which exit code."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sandbox import process
from sandbox.engine.cache import cache_folder
from sandbox.home import Sandbox


def sandbox_cli(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sandbox", *arguments],
        cwd=process.CHECKOUT,
        env={**os.environ, "SANDBOX_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_starting_a_running_sandbox_says_so_and_leaves_it_alone(sandbox: Sandbox) -> None:
    """Its AWS holds what the user is working on."""
    before = sandbox.running()
    done = sandbox_cli(sandbox.home, "start", "--restore-seconds", "99")
    assert done.returncode == 0
    assert "running already" in done.stderr
    assert sandbox.running() == before


@pytest.mark.parametrize("folder", [process.CHECKOUT, Path("/")], ids=["checkout", "elsewhere"])
def test_what_start_prints_works_in_a_shell_that_knows_nothing(
    tmp_path: Path, folder: Path
) -> None:
    """The shell has no `python`, or another one; and the variable stood before one command only."""
    home = tmp_path / "a home"
    env = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "PYTHONPATH": str(process.CHECKOUT)}
    started = subprocess.run(
        [sys.executable, "-m", "sandbox", "start"],
        cwd=folder,
        env={**env, "SANDBOX_HOME": str(home), "SANDBOX_CACHE": str(cache_folder())},
        capture_output=True,
        text=True,
        check=True,
    )
    try:
        assert "was removed" not in started.stderr  # nothing was there
        (said,) = (line for line in started.stderr.splitlines() if line.startswith("Next: "))
        typed = said.removeprefix("Next: ").partition(", then")[0]
        shell = subprocess.run(
            ["sh", "-c", f'{typed}\necho "at $AWS_ENDPOINT_URL"'],  # noqa: S607 - POSIX
            cwd=folder,
            env=env,
            capture_output=True,
            text=True,
            check=True,
        )
        running = Sandbox(home).running()
        assert running is not None
        assert shell.stdout.strip() == f"at http://127.0.0.1:{running.port}", shell.stderr
    finally:
        Sandbox(home).stop()


def test_status_is_one_object_on_stdout(sandbox: Sandbox) -> None:
    done = sandbox_cli(sandbox.home, "status", "--json")
    facts = json.loads(done.stdout)
    running = sandbox.running()
    assert running is not None
    assert facts["running"] is True
    assert (facts["pid"], facts["port"]) == (running.pid, running.port)
    assert facts["engine"]["cli"].startswith("pulumi ")


def test_env_prints_nothing_but_lines_for_a_shell(sandbox: Sandbox) -> None:
    done = sandbox_cli(sandbox.home, "env")
    assert done.returncode == 0
    assert all(line.startswith(("export ", "unset ")) for line in done.stdout.splitlines())
    assert f"export AWS_ENDPOINT_URL={sandbox.env()['AWS_ENDPOINT_URL']}" in done.stdout


def test_env_without_a_sandbox_sets_nothing_and_fails(tmp_path: Path) -> None:
    """`eval` of half an environment would leave a shell pointing at the real AWS."""
    done = sandbox_cli(tmp_path, "env")
    assert (done.returncode, done.stdout) == (1, "")
    assert "python -m sandbox start" in done.stderr
    assert "Traceback" not in done.stderr


def test_status_and_stop_without_a_sandbox_say_so(tmp_path: Path) -> None:
    assert json.loads(sandbox_cli(tmp_path, "status", "--json").stdout)["running"] is False
    done = sandbox_cli(tmp_path, "stop")
    assert done.returncode == 0
    assert "No sandbox was running" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [["begin"], ["start", "--port", "70000"], ["start", "--restore-seconds", "-1"]],
    ids=["an unknown verb", "an impossible port", "a negative time"],
)
def test_wrong_usage_is_exit_2(tmp_path: Path, arguments: list[str]) -> None:
    assert sandbox_cli(tmp_path, *arguments).returncode == 2


def test_a_port_in_use_is_refused_before_anything_is_started(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    running = sandbox.running()
    assert running is not None
    done = sandbox_cli(tmp_path, "start", "--port", str(running.port))
    assert done.returncode == 1
    assert f"Port {running.port} is in use" in done.stderr
    assert Sandbox(tmp_path).running() is None
