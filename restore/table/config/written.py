"""Where the stack config is written, and so how one of its keys is changed.

`pulumi config set` and `rm` write into the stack's file alone (seen with Pulumi 3.259.0):
- where a key stands in Pulumi.yaml only, a part of it in the stack's file hides the whole of it
  (pulumi/pulumi#17948), and `rm` removes nothing;
- where a key is one secret, the part that is set replaces all of it;
- what aliases and merge keys stand for is written out.
There the key has to be changed by hand, and this says in which file and line. Pure, but for `read`.
"""

import os
from collections.abc import Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from restore.table.config.text import ConfigText, Step

_SOMEWHERE = "in the file where it stands"


@dataclass(frozen=True)
class Written:
    """The stack config as it is written.

    Attributes:
        namespace: The project's name.
        file: The stack's file, None where it does not exist or cannot be read.
        project: Pulumi.yaml, likewise.
        keys: The project's own keys that have a value, wherever they stand.
        secrets: Those of them that are secret, or hold one.
    """

    namespace: str = ""
    file: ConfigText | None = None
    project: ConfigText | None = None
    keys: frozenset[str] = frozenset()
    secrets: frozenset[str] = frozenset()

    def where(self, steps: Sequence[Step]) -> str:
        """The file and line of a path, for a sentence."""
        names = self._names(steps)
        for each in (self.file, self.project):
            if each is not None and each.key(names) is not None:
                return each.line(names, steps[1:])
        return _SOMEWHERE

    def sealed(self, steps: Sequence[Step]) -> bool:
        """Whether the path is a part of what is one secret."""
        return len(steps) > 1 and self.file is not None and self.file.seals(self._names(steps))

    def by_hand(self, steps: Sequence[Step]) -> str | None:
        """Where to set the path by hand; None where a command hides nothing."""
        names, whole = self._names(steps), len(steps) == 1
        if self.file is not None and self.file.shares:
            there = self.file.key(names) is not None or not self._is_shared(names)
            return self.file.line(names, steps[1:]) if there else self.where(steps)
        if whole or (self.file is not None and self.file.key(names) is not None):
            return None
        stands = self._is_shared(names) or str(steps[0]) in self.keys
        return self.where(steps) if stands else None

    def removed_by_hand(self, steps: Sequence[Step]) -> str | None:
        """Where to remove the path by hand; None where a command removes it."""
        names = self._names(steps)
        if len(steps) > 1 or not self._is_shared(names) or self.project is None:
            return self.by_hand(steps)
        both = self.file is not None and self.file.key(names) is not None
        there = [self.file] if both and self.file else []
        return " and ".join(each.line(names, ()) for each in (*there, self.project))

    def _is_shared(self, names: Sequence[str]) -> bool:
        return self.project is not None and self.project.key(names) is not None

    def _names(self, steps: Sequence[Step]) -> tuple[str, ...]:
        """In Pulumi.yaml a key may stand without the namespace."""
        top = str(steps[0])
        return (top,) if ":" in top else (f"{self.namespace}:{top}", top)


_WRITTEN: ContextVar[Written | None] = ContextVar("written", default=None)
"""Set once at the edge: every printed command depends on it, and no decision does."""


def written() -> Written:
    """How the config of this process is written; unknown, unless the edge has said it."""
    return _WRITTEN.get() or Written()


def know(found: Written) -> None:
    """Says how the config of this process is written."""
    _WRITTEN.set(found)


def read(
    folder: Path, stack: str, namespace: str, keys: Iterable[str], secrets: Iterable[str]
) -> Written:
    """How the config of a stack is written.

    Args:
        folder: The folder with Pulumi.yaml.
        stack: The stack's name, without its organization.
        namespace: The project's name.
        keys: The keys that have a value, with their namespaces.
        secrets: Those of them that are secret.
    """
    own = f"{namespace}:"
    project = next((each for each in map(folder.joinpath, _PROJECT) if each.is_file()), None)
    if project is None:
        return Written(namespace, keys=_below(own, keys), secrets=_below(own, secrets))
    shared = _text(project)
    # The stack's file has the ending of the project's (pulumi, sdk/go/common/workspace/paths.go).
    name = f"Pulumi.{stack}{project.suffix}"
    file = folder / (shared.folder if shared else ".") / name
    return Written(namespace, _text(file), shared, _below(own, keys), _below(own, secrets))


_PROJECT = ("Pulumi.yaml", "Pulumi.yml", "Pulumi.json")


def _below(namespace: str, keys: Iterable[str]) -> frozenset[str]:
    return frozenset(key.removeprefix(namespace) for key in keys if key.startswith(namespace))


def _text(path: Path) -> ConfigText | None:
    try:
        return ConfigText(os.path.relpath(path), path.read_text())
    except (OSError, ValueError):
        return None
