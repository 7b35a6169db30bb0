"""The one place that drives Pulumi (its Automation API, and so the CLI)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from pulumi import automation
from pulumi.automation.events import EngineEvent

from restore.engine.configfile import ConfigFile, read_yaml
from restore.engine.edit import Edits, commands
from restore.engine.events import Beginning, changes_of, diagnosed, refuse_missing
from restore.engine.interrupt import after_the_engine
from restore.engine.lock import Lock
from restore.engine.project import PROJECT_FILE, project_folder
from restore.engine.proposal import Proposal
from restore.engine.selection import no_stack, selected_in
from restore.engine.sight import locks_below, removed
from restore.engine.state import state_of
from restore.engine.workspace import Workspace
from restore.model.change import Change
from restore.model.command import options
from restore.model.credentials import changed_since
from restore.model.errors import RestoreError, UsageError
from restore.model.facts import StackState
from restore.model.places import Places
from restore.table.config.written import know, read
from restore.table.place import ProviderConfig

_UNTOUCHED = "Nothing was touched."


class Stack:
    """One stack of the program in a folder.

    Args:
        cwd: The folder with Pulumi.yaml.
        name: The stack; None for the selected one.

    Attributes:
        folder: The folder with Pulumi.yaml.
        named: How both were named on the command line: what another command has to say again.
        file: Its config file.
        wrote: Whether that was written by this call.

    Raises:
        UsageError: no such folder, no stack selected, or no such stack.
        RestoreError: there is no engine, or it does not answer.
    """

    def __init__(self, cwd: Path, name: str | None = None) -> None:
        folder = project_folder(cwd)
        if folder is None:
            raise UsageError(
                f"There is no Pulumi.yaml in the folder {cwd.resolve()} or above it.",
                _UNTOUCHED,
                "--cwd DIR",
            )
        self._project = str(read_yaml(folder / PROJECT_FILE).get("name"))
        try:
            with after_the_engine():
                workspace = Workspace(str(folder))
        except FileNotFoundError:
            raise RestoreError(
                "There is no pulumi command on PATH.",
                _UNTOUCHED,
                "install it (https://www.pulumi.com/docs/install), or for the sandbox:"
                ' eval "$(python -m sandbox env)"',
            ) from None
        with diagnosed("Reading the stack", _UNTOUCHED, "pulumi stack ls"):
            selected = name or selected_in(workspace, self._project)
            try:
                self._stack = automation.Stack.select(selected, workspace)
            except automation.StackNotFoundError:
                raise no_stack(
                    f"There is no stack {selected!r} in this backend.",
                    workspace,
                    self._project,
                    selected.rpartition("/")[2],
                ) from None
        self.name, self.folder = selected, folder
        self.named = options(cwd, name)
        self._status = f"python -m restore status {self.named}".rstrip()
        self.wrote = False
        self._deployed: Mapping[str, str] = {}
        self._texts: dict[str, str] | None = None
        self.file = ConfigFile.of(folder, selected, self._project)
        self.file.places()

    @property
    def engine(self) -> str:
        """The version of the pulumi command."""
        return self._stack.workspace.pulumi_version

    def written(self) -> dict[str, str]:
        """The project's own config keys, without its namespace, as texts."""
        written = self._config(self._project)
        fault = None if "tables" in written else self.file.fault()
        if fault:
            raise UsageError(
                f"The stack config has no tables: {fault}.",
                _UNTOUCHED,
                f"git restore -- {self.file.shown}, or put it back from elsewhere",
            )
        return written

    def places(self) -> Places:
        """Where the project's own keys stand."""
        return self.file.places()

    def provider(self) -> dict[str, str]:
        """The AWS provider's config keys, without their namespace, as texts.

        As the config was when it was last read: no verb changes them.
        """
        return dict(self.providers().texts)

    def providers(self) -> ProviderConfig:
        """The same, with what the config says of default providers."""
        if self._texts is None:
            self._config("aws")
        return ProviderConfig.of(self._texts or {})

    def _config(self, namespace: str) -> dict[str, str]:
        with diagnosed("Reading the stack's config", _UNTOUCHED, "pulumi config"):
            everything = self._stack.get_all_config()
        self._texts = {key: entry.value for key, entry in everything.items()}
        secrets = [key for key, entry in everything.items() if entry.secret]
        know(read(self.folder, self.name.rpartition("/")[2], self._project, everything, secrets))
        return _below(namespace, self._texts)

    def state(self) -> StackState:
        """The last checkpoint."""
        with diagnosed("Reading the stack's state", _UNTOUCHED, "pulumi stack export"):
            deployment = self._stack.export_stack().deployment or {}
        found = state_of(deployment)
        self._deployed = found.credentials
        return found

    def locks(self) -> tuple[Lock, ...]:
        """The locks on the stack, where the backend is a folder; no other one shows them."""
        with diagnosed("Asking for the backend", _UNTOUCHED, "pulumi whoami --verbose"):
            backend = self._stack.workspace.who_am_i().url or ""
        return locks_below(backend, self._project, self.name)

    def break_locks(self, locks: Sequence[Lock]) -> None:
        """Removes these locks.

        `pulumi cancel` removes whatever lock there is by then, also one that was made meanwhile.
        So it is used only where the backend is no folder.
        """
        if not removed(locks):
            with diagnosed("Breaking the lock", "The stack was not touched.", self._status):
                self._stack.cancel()

    def _again(self, *, refresh: bool) -> bool | None:
        """Whether a refresh needs the program's provider: the state's may be denied by now."""
        config = ProviderConfig.of(self._texts or {}).texts
        return (refresh and changed_since(self._deployed, config)) or None

    def _retained(self) -> frozenset[str]:
        return frozenset(urn for urn, retained in self.state().retained.items() if retained)

    def forget_pending(self) -> None:
        """Takes from the state what an engine was doing when it died, once all of it is done."""
        with diagnosed("Clearing what was pending", "The update itself is done.", self._status):
            self._stack.refresh(clear_pending_creates=True)

    def read_again(self) -> None:
        """Makes the state say what is in AWS (`pulumi refresh`); AWS is not touched."""
        untouched, again = "AWS was not touched.", self._again(refresh=True)
        with diagnosed("Reading AWS again", untouched, self._status) as diagnose:
            self._stack.refresh(on_event=diagnose, clear_pending_creates=True, run_program=again)

    @contextmanager
    def proposal(self, edits: Edits) -> Iterator[Proposal]:
        """A config that is not yet the stack's: to preview, and then to make it so."""
        with self.file.edited(edits) as edited:
            yield Proposal(self, edited, self.file, edits)

    def preview(
        self, config: Path | None = None, *, untouched: str = _UNTOUCHED, refresh: bool = True
    ) -> list[Change]:
        """The steps of a preview that would change something in AWS as it is now.

        It compares with AWS, not with the state, which an update that was killed or a hand edit
        may have left behind. The state is not written.

        Args:
            config: A config file instead of the stack's own.
            untouched: What to say of what was done so far, where the preview fails.
            refresh: Whether it compares with AWS; else with the state.

        Raises:
            RestoreError: the preview failed, or the program refused.
        """
        changes: list[Change] = []
        preview = f"pulumi preview --refresh --diff {self.named}".rstrip()
        look = f"{preview}, until it passes; then the same command"
        with diagnosed("The preview", untouched, look, self._retained) as diagnose:

            def on_event(event: EngineEvent) -> None:
                diagnose(event)
                changes.extend(changes_of(event))

            result = self._stack.preview(
                on_event=on_event,
                refresh=refresh,
                run_program=self._again(refresh=refresh),
                config_file=str(config) if config else None,
            )
        refuse_missing(changes, result.change_summary, untouched)
        return changes

    def up(
        self,
        config: Path,
        begun: Callable[[], None],
        on_step: Callable[[Change], None],
        *,
        refresh: bool = True,
        edits: Edits | None = None,
    ) -> None:
        """Updates the stack, as the preview was made.

        Args:
            config: The config file to update with.
            begun: Called once the engine works, and so holds the stack's lock.
            on_step: Called for each step that changes something.
            refresh: Whether it begins with AWS as it is now; else with the state.
            edits: What `begun` writes into the stack's own config file.

        Raises:
            BlockedError: someone else holds the lock, or `begun` said so; nothing was done.
            RestoreError: the update failed; what it had done so far is in the state.
        """
        carry_on = "What it had done before that is in the stack's state."
        beginning = Beginning(begun)

        def on_event(event: EngineEvent) -> None:
            beginning.hear(event)
            diagnose(event)
            for change in changes_of(event):
                on_step(change)

        try:
            with diagnosed("The update", carry_on, self._status, self._retained) as diagnose:
                self._stack.up(
                    on_event=on_event,
                    refresh=refresh,
                    run_program=self._again(refresh=refresh),
                    config_file=str(config),
                    show_secrets=False,
                )
        except RestoreError:
            if beginning.blocked:
                raise beginning.blocked from None
            raise
        if beginning.failure:
            raise RestoreError(
                f"The stack config could not be written: {beginning.failure}.",
                "The update itself is done.",
                "; ".join(f"{each} {self.named}".rstrip() for each in commands(edits or {})),
            )


def _below(namespace: str, texts: Mapping[str, str]) -> dict[str, str]:
    head = f"{namespace}:"
    return {key.removeprefix(head): text for key, text in texts.items() if key.startswith(head)}
