"""The pulumi commands that this process has started and waits for."""

import os
import pwd
import signal
import subprocess
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from pulumi import automation
from pulumi.automation.errors import create_command_error

_running: set["subprocess.Popen[str]"] = set()


class EngineCommand(automation.PulumiCommand):
    """The pulumi command, out of reach of signals that are meant for this process.

    Each is started in a process group of its own. A Ctrl-C, a terminal that closes or a runner
    that ends a job would else reach the engine, too, beside what this process tells it: and for
    the engine a second signal means to stop at once, half way.
    """

    def run(
        self,
        args: list[str],
        cwd: str,
        additional_env: Mapping[str, str],
        on_output: Callable[[str], Any] | None = None,
        on_error: Callable[[str], Any] | None = None,
    ) -> automation.CommandResult:
        """Runs it to its end.

        Raises:
            CommandError: it failed.
            FileNotFoundError: there is none on PATH.
        """
        with (
            subprocess.Popen(
                [self.command, "--non-interactive", *args],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=cwd,
                env={
                    **os.environ,
                    **without_a_name(os.environ),
                    **additional_env,
                    "PULUMI_AUTOMATION_API": "true",
                },
                encoding="utf-8",
                errors="replace",
                process_group=0,
            ) as process,
            ThreadPoolExecutor(max_workers=2) as readers,
        ):
            _running.add(process)
            try:
                out = readers.submit(_read, process.stdout or (), on_output)
                err = readers.submit(_read, process.stderr or (), on_error)
                said = {"stdout": out.result(), "stderr": err.result()}
                result = automation.CommandResult(**said, code=process.wait())
            finally:
                _running.discard(process)
        if result.code:
            raise create_command_error(result)
        return result


def without_a_name(env: Mapping[str, str]) -> dict[str, str]:
    """What the engine has to be told of a user that no passwd names, as many containers have one.

    It asks for the user's name at nearly every command (Go's `user.Current`), and fails without.
    """
    try:
        pwd.getpwuid(os.getuid())
    except KeyError:
        known = {"USER": str(os.getuid()), "HOME": "/"}
        return {name: value for name, value in known.items() if not env.get(name)}
    return {}


def _read(stream: Iterable[str], tell: Callable[[str], Any] | None) -> str:
    lines = []
    for line in stream:
        lines.append(line.rstrip())
        if tell:
            tell(lines[-1])
    return "\n".join(lines)


def interrupt_engines() -> None:
    """Sends each that runs the signal of a Ctrl-C: it ends what it has begun, and stops."""
    for process in tuple(_running):
        process.send_signal(signal.SIGINT)


def interrupt_update() -> None:
    """Sends it to the update alone."""
    for process in tuple(_running):
        if isinstance(process.args, list) and "up" in process.args:
            process.send_signal(signal.SIGINT)
