"""One thing that a restore will not bring back, and how it is brought back all the same."""

import shlex
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from typing import Any

from ruamel.yaml import YAML

from restore.table.config.explain import path_of, set_command

Path = tuple[str | int, ...]
_FEW = 3
"""So many values are set by so many commands; more of them are easier to write as lines."""


@dataclass(frozen=True)
class Loss:
    """One live thing that neither the restore nor the stack config brings.

    Attributes:
        kind: What it is, in AWS's words.
        name: Which one.
        detail: What it is or does, and what the stack config says instead, if anything.
        config: What under `tables.<name>` of the stack config brings it, None where no key can.
        todo: The commands or the lines that bring it, or what is to be done by hand.
    """

    kind: str
    name: str
    detail: str
    config: Mapping[str, Any] | None
    todo: str

    @property
    def in_lines(self) -> bool:
        """Whether `todo` is a part of the config file rather than something to type."""
        return self.config is not None and "\n" in self.todo


def bring(table: str, config: Mapping[str, Any]) -> str:
    """The commands that set `config` below `tables.<table>`, or its lines.

    Lines where it is long, and where it holds a list: a command would have to know the place of
    each member.
    """
    leaves = list(_leaves(config))
    if len(leaves) > _FEW or any(isinstance(value, list) for _, value in leaves):
        return lines(table, config)
    return set_each(("tables", table), leaves)


def set_each(above: Path, leaves: Iterable[tuple[Path, Any]]) -> str:
    """One command for each value, `above` before its path."""
    return "; ".join(set_command(path_of((*above, *path)), _word(value)) for path, value in leaves)


def lines(table: str, config: Mapping[str, Any]) -> str:
    """`config` as it stands in the stack's file, less the project's namespace before it."""
    yaml, text = YAML(), StringIO()
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    # A list that stands in two places is written twice.
    yaml.representer.ignore_aliases = lambda *_: True
    yaml.dump({"tables": {table: config}}, text)
    return text.getvalue().rstrip()


def merged(configs: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """All of them in one: maps by their keys, lists one after the other."""
    tree: dict[str, Any] = {}
    for config in configs:
        _merge(tree, config)
    return tree


def _merge(tree: dict[str, Any], more: Mapping[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, Mapping):
            _merge(tree.setdefault(key, {}), value)
        elif isinstance(value, list):
            there = tree.get(key, [])
            tree[key] = [*there, *(each for each in value if each not in there)]
        else:
            tree[key] = value


def _leaves(tree: Mapping[str, Any], above: Path = ()) -> Iterator[tuple[Path, Any]]:
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, (*above, key))
        else:
            yield (*above, key), value


def _word(value: Any) -> str:
    """A value as `pulumi config set --path` takes it: it reads `true` and `5` as no texts."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = shlex.quote(str(value))
    looks_like_another = isinstance(value, str) and (
        value in {"true", "false"} or value.removeprefix("-").isdecimal()
    )
    return f"--type string -- {text}" if looks_like_another or text.startswith("-") else text
