"""Commands of a team's own, which the runbook runs around its steps."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from pydantic import Field

from restore.table.config.explain import rm_command, set_command
from restore.table.config.problems import Problem
from restore.table.config.settings import Model

Step = Literal["start", "wait", "adopt", "prepare", "switch", "rollback", "drop", "clean"]


class Hook(Model):
    """One command. It runs without a shell, in the folder with Pulumi.yaml."""

    before: Step | None = None
    """The step that does not begin where this fails; either before or after."""
    after: Step | None = None
    """The step that is over when this runs; either before or after."""
    run: Annotated[list[str], Field(min_length=1)]
    """The program, by a path or by its name on PATH, and its arguments."""

    @property
    def where(self) -> str:
        """Such as `before switch`."""
        return f"before {self.before}" if self.before else f"after {self.after}"


def hook_problems(hooks: Sequence[Hook]) -> Iterator[Problem]:
    """A hook has one place, and names a program. No argument is shown: it may be a secret."""
    for n, hook in enumerate(hooks):
        path = f"runbook.hooks[{n}]"
        if hook.before and hook.after:
            wrong = f"is both before {hook.before} and after {hook.after}"
            yield Problem(path, wrong, f"{rm_command(f'{path}.after')}; or the other one")
        elif not (hook.before or hook.after):
            wrong = "is neither before nor after a step"
            yield Problem(path, wrong, set_command(f"{path}.before", "switch"))
        if not hook.run[0].strip() or any("\0" in word for word in hook.run):
            wrong = "names no program that could be run"
            yield Problem(f"{path}.run", wrong, set_command(f"{path}.run[0]", "<program>"))
