"""A printed fix, typed as it was printed."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from tests.support.engine.world import Done

_BIN = Path(__file__).parent / "bin"
_ANSWERS = {"PULUMI_SKIP_CONFIRMATIONS": "true"}
_ASKS = re.compile(r"(python -m restore (?:switch|rollback|drop|run)\b)(?![^;&|]*--yes)")
"""Verbs that ask at a terminal, and need a yes without one."""
_PLACEHOLDER = re.compile(r"<[^<>|&;\s][^<>|&;]*>")


class Hands(Protocol):
    """A folder in which commands can be typed: that of a World, or one without an AWS."""

    project: Path

    def run(self, *command: str, **env: str) -> Done: ...


def typed(where: Hands, fix: str, filled_in: Mapping[str, str] | None = None) -> Done:
    """The commands of a fix, typed into a shell one after the other.

    Args:
        where: The folder.
        fix: Commands as they were printed. What is a sentence is for the test to do.
        filled_in: Placeholder, such as `<value>` or `TABLE` → what the user types there.
    """
    for placeholder, value in (filled_in or {}).items():
        assert placeholder in fix, f"{placeholder} does not occur in: {fix}"
        fix = fix.replace(placeholder, value)
    assert not _PLACEHOLDER.search(fix), f"a placeholder was not filled in: {fix}"
    # `pulumi up` asks, as some verbs do, and here nobody answers.
    sure = _ASKS.sub(r"\1 --yes", fix)
    done = where.run("bash", "-e", "-c", f"PATH={_BIN}:$PATH; {sure}", **_ANSWERS)
    assert done.code == 0, f"{fix}\n{done.said}"
    return done
