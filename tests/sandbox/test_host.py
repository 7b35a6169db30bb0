"""The language host, through the real engine: what a program sees, and how its errors show."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from sandbox.engine.host import is_own
from sandbox.home import Sandbox
from tests.support.projects import Project

DEADLINE_SECONDS = 30


@pytest.fixture(autouse=True)
def _our_host(sandbox: Sandbox) -> None:
    if not (sandbox.home / "bin").exists():
        pytest.skip("the official engine runs here, with its own host")


def test_a_program_sees_its_project_its_config_and_its_secrets(project: Project) -> None:
    project.program("""
import os, pathlib, pulumi, sys
config = pulumi.Config()
pulumi.export("names", [pulumi.get_organization(), pulumi.get_project(), pulumi.get_stack()])
pulumi.export("plain", config.require("plain"))
pulumi.export("hidden", config.require_secret("hidden"))
pulumi.export("folder", [os.getcwd(), sys.path[0], str(pathlib.Path(__file__).parent)])
""")
    project.pulumi("config", "set", "plain", "seen")
    project.pulumi("config", "set", "--secret", "hidden", "unseen")
    done = project.pulumi("up", "--yes")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "unseen" not in done.stdout + done.stderr
    shown = project.pulumi("stack", "output", "--json", "--show-secrets")
    outputs = json.loads(shown.stdout)
    assert outputs["names"][:2] == ["organization", "tiny"]
    assert (outputs["plain"], outputs["hidden"]) == ("seen", "unseen")
    assert outputs["folder"] == [str(project.folder)] * 3


def test_nothing_but_the_program_is_heard(project: Project) -> None:
    """A warning on each update would train people to read over them."""
    project.program("print('said once')")
    done = project.pulumi("preview", "--diff")
    said = done.stdout + done.stderr
    assert done.returncode == 0
    assert "warning" not in said
    assert said.count("said once") == 1


def test_a_refusal_is_shown_once_without_a_traceback(project: Project) -> None:
    project.program("import pulumi\nraise pulumi.RunError('refused: nothing was touched')")
    done = project.pulumi("up", "--yes", "--skip-preview", "--diff")
    assert done.returncode != 0
    assert (done.stdout + done.stderr).count("refused: nothing was touched") == 1
    assert "Traceback" not in done.stdout + done.stderr


def test_an_unexpected_error_is_shown_once_from_the_programs_first_line(project: Project) -> None:
    project.program("def go():\n    raise ValueError('odd')\n\ngo()\n")
    done = project.pulumi("preview", "--diff")
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert "Program failed with an unhandled exception:" in said
    assert said.count("ValueError: odd") == 1
    assert f'File "{project.folder}/__main__.py", line 4' in said
    assert "runpy" not in said


def test_a_program_that_does_not_parse_is_shown_with_its_line(project: Project) -> None:
    project.program("x = (\n")
    done = project.pulumi("preview", "--diff")
    assert done.returncode != 0
    assert "SyntaxError" in done.stderr
    assert '__main__.py", line 1' in done.stderr


def test_an_error_in_an_apply_fails_the_update(project: Project) -> None:
    """It arises after the program has ended."""
    project.program("import pulumi\npulumi.Output.from_input(1).apply(lambda x: x / 0)")
    done = project.pulumi("up", "--yes", "--skip-preview", "--diff")
    assert done.returncode != 0
    assert "division by zero" in done.stderr


def test_the_update_after_a_preview_runs_the_program_again(project: Project) -> None:
    """`pulumi up` asks for both; state left in a module would make them differ."""
    (project.folder / "counted.py").write_text("runs = []\n")
    project.program("""
import os, sys, counted, pulumi
counted.runs.append(1)
assert "LEFT_BEHIND" not in os.environ and "/left/behind" not in sys.path
os.environ["LEFT_BEHIND"] = "yes"
sys.path.append("/left/behind")
pulumi.export("runs", len(counted.runs))
pulumi.export("dry_run", pulumi.runtime.is_dry_run())
""")
    for _ in range(2):
        done = project.pulumi("up", "--yes")
        assert done.returncode == 0, done.stdout
    outputs = json.loads(project.pulumi("stack", "output", "--json").stdout)
    assert outputs == {"runs": 1, "dry_run": False}


def test_the_state_says_where_in_the_program_a_resource_comes_from_and_no_more(
    project: Project,
) -> None:
    """It is written with each resource, again and again; the host's frames would be half of it."""
    project.program("""
import pulumi

class Tiny(pulumi.ComponentResource):
    def __init__(self, name):
        super().__init__("tiny:of:Component", name)

def declare():
    Tiny("one")

declare()
""")
    done = project.pulumi("up", "--yes")
    assert done.returncode == 0, done.stdout
    state = json.loads(project.pulumi("stack", "export").stdout)
    tiny = next(
        each for each in state["deployment"]["resources"] if each["type"] == "tiny:of:Component"
    )
    told = [frame["sourcePosition"] for frame in tiny["stackTrace"]]
    assert told == ["project:///__main__.py#9", "project:///__main__.py#11"]


def test_the_host_ends_with_an_engine_that_was_killed(project: Project) -> None:
    """A host left behind would keep the program, and its memory, for ever."""
    mark = project.folder / "host.pid"
    project.program(f"""
import os, pathlib, time
pathlib.Path({str(mark)!r}).write_text(str(os.getpid()))
time.sleep({DEADLINE_SECONDS * 4})
""")
    with subprocess.Popen(
        ["pulumi", "preview", "--non-interactive"],  # noqa: S607
        cwd=project.folder,
        env=project.env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as engine:
        until(lambda: mark.exists() and mark.read_text() != "")
        engine.send_signal(signal.SIGKILL)
    host = int(mark.read_text())
    until(lambda: not is_running(host))


def test_an_environment_inside_the_programs_folder_is_not_the_programs_own() -> None:
    """The SDK's resource modules register once; importing them again fails."""
    module = ModuleType("pulumi_aws")
    module.__file__ = "/program/.venv/lib/python3.11/site-packages/pulumi_aws/__init__.py"
    assert not is_own(module, Path("/program"))
    module.__file__ = "/program/stacks/tables.py"
    assert is_own(module, Path("/program"))


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
