"""The stack config file: edited as a copy, comments kept, put in place in one step."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML


@dataclass(frozen=True)
class ConfigFile:
    """`Pulumi.<stack>.yaml`.

    Attributes:
        path: Where it lies, below the project's stackConfigDir.
        namespace: The project's name, which its keys begin with.
        shown: The path as a person sees it from the project's folder.
    """

    path: Path
    namespace: str
    shown: str = ""

    @classmethod
    def of(cls, cwd: Path, stack: str, project: str) -> "ConfigFile":
        # The Automation API's own stack settings do not look into stackConfigDir.
        folder = YAML().load(cwd / "Pulumi.yaml").get("stackConfigDir", ".")
        short = stack.rpartition("/")[2]
        path = (cwd / folder / f"Pulumi.{short}.yaml").resolve()
        here = cwd.resolve()
        shown = path.relative_to(here) if path.is_relative_to(here) else path
        return cls(path, project, str(shown))

    @contextmanager
    def edited(self, edits: Mapping[tuple[str, ...], Any]) -> Iterator[Path]:
        """A changed copy, which is gone when the block ends.

        Args:
            edits: Path of a key in the project's namespace → its value, None to remove it.
        """
        with tempfile.TemporaryDirectory(prefix="restore-") as folder:
            copy = Path(folder) / self.path.name
            yaml = _as_pulumi_writes()
            document = yaml.load(self.path) or {}
            for path, value in edits.items():
                _edit(document.setdefault("config", {}), self._keys(path), value)
            yaml.dump(document, copy)
            yield copy

    def replace(self, copy: Path) -> None:
        """Puts `copy` in the file's place, so that a reader sees the old one or the new one."""
        beside = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        shutil.copyfile(copy, beside)
        shutil.copymode(self.path, beside)
        beside.replace(self.path)

    def _keys(self, path: tuple[str, ...]) -> tuple[str, ...]:
        return (f"{self.namespace}:{path[0]}", *path[1:])


def _as_pulumi_writes() -> YAML:
    yaml = YAML()
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = 4096
    yaml.preserve_quotes = True
    return yaml


def _edit(tree: dict[str, Any], keys: tuple[str, ...], value: Any) -> None:
    *above, last = keys
    for key in above:
        tree = tree.setdefault(key, {})
    if value is None:
        tree.pop(last, None)
    else:
        tree[last] = value
