"""Whether the stack config is what is committed: a pipeline deploys the commit, not the file. Pure.

A verb writes the file; an older commit of it, deployed, undoes a row or is refused.
"""

import shlex
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath


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
    return f"commit {file}: {why}, and {_PIPELINE}\n  mend: {_command(file, found.git)}"


def warning(file: str, found: Committed) -> str | None:
    """What `status` says; None where there is nothing to warn of."""
    if found.git is Git.COMMITTED:
        return None
    if found.git is Git.UNKNOWN:
        return f"whether {file} is committed cannot be said: {found.why}\n  mend: {_ASK}"
    why = f"{file} is not committed: {_WHY[found.git]}, and {_PIPELINE}"
    return f"{why}\n  mend: {_command(file, found.git)}"


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
