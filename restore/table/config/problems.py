"""What is wrong with a stack config: all of it in one message."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that someone has to fix.

    Attributes:
        path: The config key, as `pulumi config set --path` takes it.
        wrong: One sentence, without the path.
        fix: The command, or the line of config, that fixes it.
    """

    path: str
    wrong: str
    fix: str

    def __str__(self) -> str:
        return f"{self.path}: {self.wrong}\n      fix: {self.fix}"


class ProblemsError(Exception):
    """A config that cannot be used. Raised before anything is touched."""

    headline = ""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        lines = "".join(f"\n  - {problem}" for problem in self.problems)
        super().__init__(f"{self.headline} Nothing was touched.{lines}")


class ConfigError(ProblemsError):
    """The config is wrong in itself."""

    headline = "The stack config is wrong."


class RefusedError(ProblemsError):
    """The config is sound, but deploying it over what the stack holds would do harm."""

    headline = "This config is refused over what the stack holds."
