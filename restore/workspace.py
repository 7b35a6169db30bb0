"""How the Automation API runs the pulumi command for us."""

import time
from typing import Any

from pulumi import automation

_HALF_WRITTEN = "failed to load checkpoint"
_PATIENCE_SECONDS = 5.0
_PAUSE_SECONDS = 0.2


class Workspace(automation.LocalWorkspace):
    """One that reads no more than is asked of it, and reads a state that is being written again.

    Raises:
        FileNotFoundError: there is no pulumi on PATH.
    """

    def __init__(self, work_dir: str) -> None:
        super().__init__(work_dir=work_dir, pulumi_command=_Command())

    def stack_outputs(self, stack_name: str) -> automation.OutputMap:  # noqa: ARG002 - the SDK's
        """None. `automation.Stack.up` reads them twice after each update, and nobody here does."""
        return {}


class _Command(automation.PulumiCommand):
    """The file backend writes a state in place: whoever reads it at that moment finds half of it.

    A command that cannot load the state has done nothing yet. Seen in tests/engine/races.py.
    """

    def run(self, args: list[str], *rest: Any, **named: Any) -> automation.CommandResult:
        give_up = time.monotonic() + _PATIENCE_SECONDS
        while True:
            try:
                return super().run([*args], *rest, **named)
            except automation.CommandError as error:
                if _HALF_WRITTEN not in str(error) or time.monotonic() > give_up:
                    raise
                time.sleep(_PAUSE_SECONDS)
