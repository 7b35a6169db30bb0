"""The stack config file: edited as a copy, and put in place only if it still is what was read."""

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml.error import MarkedYAMLError, YAMLError

from restore.engine.edit import Edits, UnfaithfulEditError, edited_text, plain
from restore.model.errors import BlockedError, ChangedError, UsageError
from restore.model.places import Places

_UNCHANGED = "Nothing was changed."
_CONFLICT = re.compile(r"^(<<<<<<<|=======|>>>>>>>)( |$)")


@dataclass(frozen=True)
class Edited:
    """A changed copy of the file.

    Attributes:
        copy: Where it lies.
        was: The file that it was made from, None where there was none.
    """

    copy: Path
    was: bytes | None


@dataclass(frozen=True)
class ConfigFile:
    """`Pulumi.<stack>.yaml`, which need not exist.

    Attributes:
        path: Where it lies, below the project's stackConfigDir.
        namespace: The project's name, which its keys begin with.
        shown: The path as the user types it from the current folder.
        project: The keys that stand in `config:` of Pulumi.yaml, without the namespace.
    """

    path: Path
    namespace: str
    shown: str = ""
    project: frozenset[str] = frozenset()

    @classmethod
    def of(cls, cwd: Path, stack: str, project: str) -> "ConfigFile":
        """The file of a stack.

        Raises:
            UsageError: Pulumi.yaml is no YAML.
        """
        # The Automation API's own stack settings do not look into stackConfigDir.
        settings = read_yaml(cwd / "Pulumi.yaml")
        short = stack.rpartition("/")[2]
        folder = cwd / (settings.get("stackConfigDir") or ".")
        path = (folder / f"Pulumi.{short}.yaml").resolve()
        shared = settings.get("config") or {}
        return cls(path, project, shown(path), _own_keys(shared, project))

    def places(self) -> Places:
        """Which keys stand in this file, and which in Pulumi.yaml.

        Raises:
            UsageError: the file is no YAML.
        """
        config = read_yaml(self.path).get("config") or {}
        return Places(_own_keys(config, self.namespace), self.project)

    def fault(self) -> str | None:
        """Why nothing of this project can stand in the file; None where something does."""
        if not self.path.exists():
            return f"{self.shown} is missing"
        return None if read_yaml(self.path) else f"{self.shown} is empty"

    @contextmanager
    def edited(self, edits: Edits) -> Iterator[Edited]:
        """A changed copy, which is removed when the block ends.

        Args:
            edits: Path of a key in the project's namespace → its value, None to remove it.

        Raises:
            BlockedError: the file cannot be edited without changing something else.
        """
        was = self._read()
        below = {(f"{self.namespace}:{path[0]}", *path[1:]): each for path, each in edits.items()}
        try:
            text = edited_text((was or b"").decode(), below) if edits else (was or b"").decode()
        except (UnfaithfulEditError, YAMLError, AttributeError, TypeError, ValueError) as error:
            raise BlockedError(
                f"{self.shown} cannot be edited without changing more than"
                f" {', '.join('.'.join(path) for path in edits)}: {error}.",
                _UNCHANGED,
                f"write these keys into {self.shown} without anchors and merge keys",
            ) from error
        with tempfile.TemporaryDirectory(prefix="restore-") as folder:
            copy = Path(folder) / self.path.name
            copy.write_bytes(text.encode())
            yield Edited(copy, was)

    def replace(self, edited: Edited) -> None:
        """Puts the copy in the file's place, so that a reader sees the old one or the new one.

        Raises:
            BlockedError: the file is not what the copy was made from.
            OSError: the file cannot be written.
        """
        self.refuse_changed(edited)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        beside = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        try:
            with beside.open("wb") as file:
                file.write(edited.copy.read_bytes())
                file.flush()
                os.fsync(file.fileno())
            if edited.was is not None:
                beside.chmod(self.path.stat().st_mode & 0o7777)
            self.refuse_changed(edited)
            beside.replace(self.path)
        finally:
            beside.unlink(missing_ok=True)
        _sync(self.path.parent)

    def refuse_changed(self, edited: Edited) -> None:
        """Raises ChangedError where the file is not what the copy was made from."""
        if self._read() != edited.was:
            raise ChangedError(
                f"{self.shown} was changed by someone else in the meantime.",
                "Nothing was changed, and what they wrote was kept.",
                "the same command again, once the file is as it must be",
            )

    def _read(self) -> bytes | None:
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            return None


def read_yaml(path: Path) -> dict[str, Any]:
    """What the file says; nothing where there is none.

    Raises:
        UsageError: it is no YAML, or no map.
    """
    try:
        text = path.read_bytes().decode()
    except FileNotFoundError:
        return {}
    lines = (number for number, line in enumerate(text.splitlines(), 1) if _CONFLICT.match(line))
    if line := next(lines, None):
        raise UsageError(
            f"{shown(path)}, line {line}: a merge conflict that nobody has resolved.",
            "Nothing was touched.",
            f"git diff -- {shown(path)}; resolve it in an editor, then the same command",
        )
    try:
        found = plain(text) or {}
    except (MarkedYAMLError, YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        at = f", line {mark.line + 1}" if mark else ""
        said = str(getattr(error, "problem", None) or error).partition("\n")[0]
        raise _no_yaml(path, at, said) from None
    if not isinstance(found, dict):
        raise _no_yaml(path, "", "it is no map")
    return found


def shown(path: Path) -> str:
    """The path as the user types it from the current folder."""
    return os.path.relpath(path)


def _no_yaml(path: Path, at: str, said: str) -> UsageError:
    return UsageError(
        f"{shown(path)}{at}: the file is no valid YAML: {said}.",
        "Nothing was touched.",
        f"correct it in an editor (git diff -- {shown(path)}), then the same command",
    )


def _own_keys(config: Any, namespace: str) -> frozenset[str]:
    """In Pulumi.yaml a key may stand without the namespace; in a stack's file it may not."""
    return frozenset(
        str(key).removeprefix(f"{namespace}:")
        for key in config
        if str(key).startswith(f"{namespace}:") or ":" not in str(key)
    )


def _sync(folder: Path) -> None:
    """So that the new name survives a power failure as the file's content does."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
