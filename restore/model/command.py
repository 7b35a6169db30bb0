"""What a command has to say so that it is about one table, and touches no other one."""

import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_OF_ONE = frozenset({"start", "run", "rollback", "thaw"})
"""Of tables in one phase one may be wrong: no other is restored, taken back or thawed with it."""


@dataclass(frozen=True)
class Scope:
    """How a table is named on the command line.

    Attributes:
        stack: How its stack was named, `--stack S --cwd DIR`; empty where that was not needed.
        table: `--table NAME`, empty where the stack has no other table.
        apart: Whether other tables of the stack stand elsewhere, or were not looked at: a verb
            without `--table` takes them all, and may move clients that nobody spoke of.
    """

    stack: str = ""
    table: str = ""
    apart: bool = False

    def command(self, *verbs: str, alone: bool = False) -> str:
        """`python -m restore …`, and what may be given instead of it.

        Args:
            verbs: The verbs to choose from, with what belongs to each.
            alone: Whether they take one table only.
        """
        each = []
        for verb in verbs:
            named = alone or self.apart or verb.split()[0] in _OF_ONE
            each.append(" ".join(filter(None, (verb, self.stack, self.table if named else ""))))
        return "python -m restore " + ", or ".join(each)

    def pulumi(self, command: str) -> str:
        """A command of pulumi's own, about the same stack; it knows both options.

        What is to be done by hand in a file is no command.
        """
        return f"{command} {self.stack}".rstrip() if command.startswith("pulumi ") else command


ANY = Scope()
"""Of no table in particular, in the selected stack of this folder."""


def together(scopes: Iterable[Scope]) -> Scope:
    """The scope of a command that is about several tables of one stack."""
    each = tuple(scopes)
    return Scope(
        next((scope.stack for scope in each), ""),
        " ".join(scope.table for scope in each if scope.table),
        any(scope.apart for scope in each),
    )


def options(cwd: Path, stack: str | None) -> str:
    """`--stack S --cwd DIR`, as far as the command line said them."""
    said = (
        [] if stack is None else ["--stack", stack],
        [] if cwd == Path() else ["--cwd", str(cwd)],
    )
    return shlex.join(word for words in said for word in words)
