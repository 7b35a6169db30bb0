"""Whether the stack config is what git has committed: a pipeline deploys the commit, not the file.

A verb writes the file; an older commit of it, deployed, undoes a step or is rejected. This is the
one place that asks git. It is asked about one file; nothing is fetched, staged or set.
"""

import os
import shlex
import subprocess
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath


class Git(StrEnum):
    """What git says of the file."""

    COMMITTED = "committed"
    CHANGED = "changed"
    UNTRACKED = "untracked"
    IGNORED = "ignored"
    UNKNOWN = "unknown"


_WHY = {
    Git.CHANGED: "it differs from HEAD",
    Git.UNTRACKED: "git does not track it",
    Git.IGNORED: "git ignores it",
}
_ASK = "git status, which says why; then commit the file"
_PIPELINE = "a pipeline deploys what is committed"


@dataclass(frozen=True)
class Committed:
    """How the file stands.

    Attributes:
        git: What git says.
        why: Why git could not say it.
    """

    git: Git
    why: str = ""


def from_porcelain(text: str) -> Committed:
    """What `git status --porcelain --ignored` says of one file: nothing, where it is as in HEAD."""
    signs = {"": Git.COMMITTED, "??": Git.UNTRACKED, "!!": Git.IGNORED}
    return Committed(signs.get(text[:2], Git.CHANGED))


def reminder(file: str, found: Committed) -> str | None:
    """What a verb that wrote the file says at its end; None where it is as in HEAD again."""
    if found.git is Git.COMMITTED:
        return None
    why = _WHY.get(found.git) or f"git could not say whether it is committed ({found.why})"
    return f"commit {file}: {why}, and {_PIPELINE}\n  fix: {_command(file, found.git)}"


def warning(file: str, found: Committed) -> str | None:
    """What `status` says; None where there is nothing to warn of."""
    if found.git is Git.COMMITTED:
        return None
    if found.git is Git.UNKNOWN:
        return f"whether {file} is committed cannot be said: {found.why}\n  fix: {_ASK}"
    why = f"{file} is not committed: {_WHY[found.git]}, and {_PIPELINE}"
    return f"{why}\n  fix: {_command(file, found.git)}"


def _command(file: str, git: Git) -> str:
    if git is Git.UNKNOWN:
        return _ASK
    path = PurePath(file)
    # A folder beside the current one may be in a repository of its own.
    where, path = (
        (f" -C {shlex.quote(str(path.parent))}", PurePath(path.name))
        if path.parts[0] == ".."
        else ("", path)
    )
    force, named = " --force" if git is Git.IGNORED else "", shlex.quote(str(path))
    return (
        f"git{where} add{force} {named} && git{where} commit --message 'Say where the tables are'"
        f" -- {named}"
    )


_SECONDS = 20.0
_STATUS = (
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
    command = ("git", "-C", str(file.parent), *_STATUS, "--", file.name)
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
