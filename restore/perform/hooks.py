"""The hooks around one step of one call."""

import os
from collections.abc import Callable, Mapping

from restore.decide.hooks import (
    Placed,
    Subject,
    environment,
    failed_after,
    failed_before,
    placed,
)
from restore.model.errors import RestoreError
from restore.model.facts import Facts
from restore.perform import program as commands
from restore.perform.session import Session
from restore.report.outcome import as_json
from restore.report.stack_options import all_with_options

_OURS = "RESTORE_"


class Around:
    """Runs what the stack config has before and after a step, each once in a call.

    Args:
        session: The call.
        step: The step, as the config names it.
    """

    def __init__(self, session: Session, step: str) -> None:
        self._session, self._step = session, step
        self._labels: dict[str, str | None] | None = None
        self._last: list[Placed] = []
        self._done = False

    def before(self, facts: Facts, labels: Mapping[str, str | None]) -> bool:
        """Runs the hooks before the step, the first time that it is about to be carried out.

        Args:
            facts: What was observed.
            labels: Table → the label that the step is about beside the active one.

        Returns:
            Whether any ran. That takes as long as it takes: look again before you go on.

        Raises:
            BlockedError: one failed, and those behind it did not run.
        """
        if self._labels is not None:
            return False
        self._labels = dict(labels)
        first = placed(facts, "before", self._step)
        self._last = placed(facts, "after", self._step)
        if self._session.dry_run:
            for each in (*first, *self._last):
                self._session.report.say(str(each))
            return False
        for each in first:
            self._run(each, facts, failed_before)
        return bool(first)

    def did(self) -> None:
        """This call carried the step out."""
        self._done = True

    def after(self) -> None:
        """Runs the hooks after the step, where this call carried it out.

        Raises:
            RestoreError: one failed, and those behind it did not run.
        """
        if self._done and self._last:
            facts = self._session.observe()
            for each in self._last:
                self._run(each, facts, failed_after)

    def _run(
        self, hook: Placed, facts: Facts, failed: Callable[[Placed, str], RestoreError]
    ) -> None:
        session, program = self._session, hook.hook.run[0]
        labels = self._labels or {}
        subjects = [
            Subject(
                table,
                labels[table.config.table],
                all_with_options(as_json(table, session.label), session.stack.named),
            )
            for table in facts.tables
            if table.config.table in labels
        ]
        told = environment(session.stack.name, hook, subjects, session.label)
        inherited = {key: text for key, text in os.environ.items() if not key.startswith(_OURS)}
        command = [commands.found(program, session.stack.folder) or program, *hook.hook.run[1:]]
        with (
            session.report.aside(str(hook)),
            session.audit.effect(str(hook), " ".join(labels) or None),
        ):
            try:
                code = commands.run(command, session.stack.folder, {**inherited, **told}).returncode
            except OSError as error:
                raise failed(hook, f"could not be started: {error.strerror}") from error
            if code:
                raise failed(hook, _ended(code))
        session.report.did(str(hook))


def _ended(code: int) -> str:
    return f"ended with {code}" if code > 0 else f"was killed by signal {-code}"
