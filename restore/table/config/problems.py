"""What is wrong with a stack config: all of it in one message."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that a person has to mend.

    Attributes:
        path: The config key, as `pulumi config set --path` takes it.
        wrong: One sentence, without the path.
        mend: The command, or the line of config, that mends it.
    """

    path: str
    wrong: str
    mend: str

    def __str__(self) -> str:
        return f"{self.path}: {self.wrong}\n      mend: {self.mend}"


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
