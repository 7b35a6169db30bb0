"""Where the story plays: a sandbox of its own, a copy of the project, and a voice."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console, RenderableType

from sandbox.home import Sandbox
from sandbox.process import CHECKOUT

_PROJECT = ("Pulumi.yaml", "__main__.py", "stacks", "restore")
_RESTORE_SECONDS = 2.0
_PIPE_WIDTH = 110


class DemoError(Exception):
    """The story did not go as it must; the message says where."""


def console() -> Console:
    """As wide as the terminal, or as a table is wide where there is none."""
    made = Console(highlight=False)
    if not made.is_terminal:
        made.width = _PIPE_WIDTH
    return made


class Stage:
    """Tells, runs commands and checks, all of it for people to read.

    Args:
        project: The folder in which commands run.
    """

    def __init__(self, project: Path) -> None:
        self.project = project
        self._console = console()
        self._began = time.monotonic()
        self.checks = 0

    @property
    def seconds(self) -> float:
        """Since the stage was set."""
        return time.monotonic() - self._began

    def act(self, title: str, text: str) -> None:
        """Begins a new part of the story."""
        self._console.rule(f"[bold]{title}", align="left")
        self._console.print(text, markup=False)

    def tell(self, text: str) -> None:
        self._console.print(text, markup=False)

    def show(self, picture: RenderableType) -> None:
        self._console.print(picture)

    def run(self, *command: str) -> None:
        """Runs what a user would type, and lets it speak for itself.

        Raises:
            DemoError: it did not end with 0.
        """
        line = shlex.join(command)
        self._console.print(f"$ {line}", style="bold cyan", markup=False)
        done = subprocess.run(command, cwd=self.project, stdin=subprocess.DEVNULL, check=False)
        if done.returncode:
            raise DemoError(f"`{line}` ended with {done.returncode}.")

    def check(self, what: str, seen: object, expected: object) -> None:
        """States what must hold now.

        Raises:
            DemoError: it does not.
        """
        if seen != expected:
            raise DemoError(f"The check failed that {what}: saw {seen!r}, expected {expected!r}.")
        self.checks += 1
        self._console.print(f"  ✓ {what}", style="green", markup=False)


@contextmanager
def stage() -> Iterator[Stage]:
    """A stage in a temporary folder; its sandbox is stopped and the folder removed at the end.

    This process, and all that it starts, knows no AWS but the sandbox's from here on.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with tempfile.TemporaryDirectory(prefix="restore-demo-") as folder:
        sandbox = Sandbox(Path(folder) / "sandbox")
        project = _copied(Path(folder) / "project")
        try:
            running = sandbox.start(restore_seconds=_RESTORE_SECONDS)
            environment = sandbox.env()
            os.environ.clear()
            os.environ.update(environment)
            here = Stage(project)
            here.tell(
                f"An AWS of this demo's own answers on http://127.0.0.1:{running.port}, where a"
                f" restore takes {_RESTORE_SECONDS:g} s. Nothing leaves this machine."
            )
            yield here
        finally:
            sandbox.stop()


def _copied(project: Path) -> Path:
    """The project as a user has it, in a place where its config may change."""
    project.mkdir()
    for name in _PROJECT:
        source = CHECKOUT / name
        if source.is_dir():
            shutil.copytree(source, project / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, project / name)
    # Pulumi's own language host looks for the virtual environment that Pulumi.yaml names.
    (project / ".venv").symlink_to(sys.prefix, target_is_directory=True)
    return project
