"""How the Automation API runs the pulumi command for us."""

import json
import time
from typing import Any

from pulumi import automation

from restore.engine.running import EngineCommand
from restore.engine.state import holds_secrets

_HALF_WRITTEN = "failed to load checkpoint"
_PATIENCE_SECONDS = 5.0
_PAUSE_SECONDS = 0.2


class Workspace(automation.LocalWorkspace):
    """One that asks the engine for no more than it has to: each command takes it time to start.

    Raises:
        FileNotFoundError: there is no pulumi on PATH.
    """

    def __init__(self, work_dir: str) -> None:
        super().__init__(work_dir=work_dir, pulumi_command=_Command())
        self._current: str | None = None
        self._sealed = ""
        self._opened = automation.Deployment()

    def stack(self) -> automation.StackSummary | None:
        """The selected stack."""
        found = super().stack()
        self._current = found.name if found else None
        return found

    def select_stack(self, stack_name: str) -> None:
        """Looks whether it exists. What is selected stays so: each command here names its stack."""
        if stack_name != self._current:
            self._run_pulumi_cmd_sync(["stack", "--show-name", "--stack", stack_name])

    def export_stack(self, stack_name: str) -> automation.Deployment:
        """The last checkpoint, with its secrets opened.

        To open them takes more than all the rest. So that is done where there are any, and where
        the checkpoint is another one than the last time.
        """
        sealed = self._run_pulumi_cmd_sync(["stack", "export", "--stack", stack_name]).stdout
        if not holds_secrets(sealed):
            return automation.Deployment(deployment=json.loads(sealed).get("deployment"))
        if sealed != self._sealed:
            self._opened, self._sealed = super().export_stack(stack_name), sealed
        return self._opened

    def stack_outputs(self, stack_name: str) -> automation.OutputMap:  # noqa: ARG002 - the SDK's
        """None. `automation.Stack.up` reads them twice after each update, and nobody here does."""
        return {}


class _Command(EngineCommand):
    """The file backend writes a state in place: a reader at that moment finds half of it.

    A command that cannot load the state has done nothing yet. Seen in tools/races.py.
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
