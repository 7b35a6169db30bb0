"""The one place that runs a command of a team's own, as a hook asks for it."""

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

_STDERR = 2


def found(program: str, folder: Path) -> str | None:
    """The program's whole path, None where there is none that may be run.

    Args:
        program: A path, taken from `folder`, or a name that is looked for on PATH.
        folder: The folder with Pulumi.yaml.
    """
    return shutil.which(str((folder / program).absolute()) if "/" in program else program)


def run(
    command: Sequence[str], folder: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[bytes]:
    """Runs it in `folder`, without a shell and without a limit of time.

    What it prints goes to stderr, so that `--json` stays one object. It has nothing to read: a
    command that asks would hold up a pipeline for ever.

    Raises:
        OSError: it could not be started.
    """
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=_STDERR,
        stderr=_STDERR,
        check=False,
    )
