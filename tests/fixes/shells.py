"""A shell that is wrong: a situation that lies in variables, and in nothing that is on disk."""

import shlex
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.engine.world import CHECKOUT, Done, World

STATUS = f"{shlex.quote(sys.executable)} -m restore status"
ENDINGS = ("; then the same command", ", then the same command")


@dataclass(frozen=True)
class Shell:
    """What was typed into it before.

    Attributes:
        before: The commands that made it wrong.
        verb: The verb that is typed in it, and again after the fix.
    """

    world: World
    before: str
    verb: str = STATUS
    typed: list[str] = field(default_factory=list)

    def said(self, code: int) -> str:
        """What the verb says in it, as it is by now."""
        done = self._run(self.verb)
        assert done.code == code, done.said
        assert "Traceback" not in done.said
        return done.said

    def type(self, fix: str) -> None:
        """Types a fix, which stays: a variable that it sets is set from now on."""
        for ending in ENDINGS:
            fix = fix.removesuffix(ending)
        assert "<" not in fix, f"a placeholder was not filled in: {fix}"
        self.typed.append(fix)

    def _run(self, command: str) -> Done:
        lines = "\n".join(["set -e", self.before, *self.typed, command])
        return self.world.run("bash", "-c", lines)


def aws_on_path(folder: Path) -> str:
    """Puts as much of the AWS CLI on PATH as a fix needs."""
    command = folder / "aws"
    python = shlex.quote(sys.executable)
    path = shlex.quote(str(CHECKOUT))
    command.write_text(
        f'#!/bin/sh\nPYTHONPATH={path} exec {python} -m tests.support.pages.aws "$@"\n'
    )
    command.chmod(0o755)
    return f"export PATH={shlex.quote(str(folder))}:$PATH"
