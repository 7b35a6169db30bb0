"""One thing that was looked at before a restore, and what it means for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from restore.model.errors import BlockedError, RestoreError

NOTHING_STARTED = "Nothing was started."


class Level(StrEnum):
    """What a finding means: nothing is in the way, someone should know, or the run must not be."""

    OK = "ok"
    NOTE = "note"
    BLOCKED = "blocked"


@dataclass(frozen=True)
class Finding:
    """What was found.

    Attributes:
        about: What was looked at, one word: identity, engine, stack, key, quota, …
        says: What is so, one sentence.
        fix: The command that fixes it, empty where nothing has to be fixed.
    """

    level: Level
    about: str
    says: str
    fix: str = ""

    def __str__(self) -> str:
        sign = "✓" if self.level is Level.OK else "!"
        return f"{sign} {self.says}" + (f"\n    fix: {self.fix}" if self.fix else "")


def ok(about: str, says: str) -> Finding:
    return Finding(Level.OK, about, says)


def note(about: str, says: str, fix: str = "") -> Finding:
    return Finding(Level.NOTE, about, says, fix)


def blocked(about: str, says: str, fix: str) -> Finding:
    return Finding(Level.BLOCKED, about, says, fix)


def from_errors(errors: Iterable[RestoreError]) -> list[Finding]:
    """What stands against the restore itself."""
    return [blocked("restore", each.wrong, each.fix) for each in errors]


def as_errors(findings: Iterable[Finding]) -> list[RestoreError]:
    """Those that the run must not be begun over."""
    return [
        BlockedError(each.says, NOTHING_STARTED, each.fix)
        for each in findings
        if each.level is Level.BLOCKED
    ]
