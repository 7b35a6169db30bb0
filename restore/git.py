"""The one place that asks git. It is asked about one file; nothing is fetched, staged or set."""

import os
import subprocess
from pathlib import Path

from restore.decide.committed import Committed, Git, from_porcelain

_SECONDS = 20.0
_ASK = (
    "--no-optional-locks",  # a status may write the index otherwise
    "--literal-pathspecs",
    "status",
    "--porcelain",
    "--ignored",
    "--untracked-files=all",  # whatever status.showUntrackedFiles says
    "--no-renames",
)


def committed(file: Path) -> Committed:
    """Whether `file` is as in HEAD. Where git is missing or refuses, that is the answer."""
    command = ("git", "-C", str(file.parent), *_ASK, "--", file.name)
    try:
        answer = subprocess.run(
            command,
            env={**os.environ, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=True,
            timeout=_SECONDS,
        )
    except FileNotFoundError:
        return Committed(Git.UNKNOWN, "there is no git on PATH")
    except OSError as error:
        return Committed(Git.UNKNOWN, f"git cannot be started: {error.strerror}")
    except subprocess.TimeoutExpired:
        return Committed(Git.UNKNOWN, f"git did not answer within {_SECONDS:.0f} s")
    except subprocess.CalledProcessError as error:
        said = str(error.stderr).strip().splitlines() or [f"git ended with {error.returncode}"]
        return Committed(Git.UNKNOWN, said[0])
    return from_porcelain(answer.stdout)
