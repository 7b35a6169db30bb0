"""The AWS CLI in an environment of its own, made once and kept beside the engine's builds."""

import platform
import subprocess
import sys
from pathlib import Path

from sandbox.engine.cache import cache_folder, fingerprint, locked, made_whole
from sandbox.engine.progress import say

REQUIREMENTS = Path(__file__).with_name("requirements-awscli.txt")


class NoAwsCliError(Exception):
    """It could not be installed; the message says why."""


def aws_command() -> list[str]:
    """The words that stand for `aws` in a command.

    Raises:
        NoAwsCliError: the package registry did not give it.
    """
    cache = cache_folder()
    home = cache / f"awscli-{fingerprint([REQUIREMENTS], platform.python_version())}"
    with locked(cache, say):
        if not home.is_dir():
            say("Installing the AWS CLI into an environment of its own: once.")
            with made_whole(home) as draft:
                _install(draft)
    # Its scripts name the folder in which they were made; the module does not.
    return [str(home / "bin" / "python"), "-m", "awscli"]


def _install(folder: Path) -> None:
    make = [sys.executable, "-m", "venv", str(folder)]
    pip = [str(folder / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
    wanted = ["install", "--no-cache-dir", "--quiet", "--require-hashes", "-r", str(REQUIREMENTS)]
    for command in (make, [*pip, *wanted]):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NoAwsCliError(
                f"The AWS CLI could not be installed: {done.stderr.strip()}\n"
                "Nothing was measured. Run `make bench` again where the package registry answers."
            )
