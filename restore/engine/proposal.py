"""A changed copy of the stack config, to be previewed and then made the stack's own."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from restore.engine.configfile import ConfigFile, Edited
from restore.engine.edit import Edits
from restore.model.change import Change


class Updating(Protocol):
    """What a proposal needs of its stack."""

    wrote: bool

    def preview(self, config: Path | None = None, *, refresh: bool = True) -> list[Change]: ...

    def up(
        self,
        config: Path,
        begun: Callable[[], None],
        on_step: Callable[[Change], None],
        *,
        refresh: bool = True,
        edits: Edits | None = None,
    ) -> None: ...


class Proposal:
    """A changed copy of the stack config."""

    def __init__(self, stack: Updating, edited: Edited, file: ConfigFile, edits: Edits) -> None:
        self._stack, self._edited, self._file, self._edits = stack, edited, file, edits

    def preview(self, *, refresh: bool = True) -> list[Change]:
        return self._stack.preview(self._edited.copy, refresh=refresh)

    def write(self) -> None:
        """Makes it the stack's config, in one atomic step.

        Raises:
            BlockedError: the file was changed since the copy was made.
        """
        self._file.replace(self._edited)
        self._stack.wrote = True

    def carry_out(
        self, begun: Callable[[], None], on_step: Callable[[Change], None], *, refresh: bool = True
    ) -> None:
        """Updates with it; `begun` is called under the stack's lock.

        Raises:
            BlockedError: the file was changed since the copy was made; nothing was done.
        """
        self._file.refuse_changed(self._edited)
        self._stack.up(self._edited.copy, begun, on_step, refresh=refresh, edits=self._edits)
