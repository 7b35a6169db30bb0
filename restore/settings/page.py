"""A live table as the lines to paste under `config:` of a Pulumi.<stack>.yaml."""

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ruamel.yaml import YAML

from restore.settings.claims import Path, Unclaimed
from restore.table.config.labels import ORIGINAL

_INDENT = "  "
_LONGEST_KEY = 115
"""So that `<key>-write-policy` has no more than IAM's 128 letters."""


def table_key(name: str) -> str:
    """The key in `tables` for the DynamoDB table `name`."""
    return re.sub(r"[^A-Za-z0-9_-]", "-", name)[:_LONGEST_KEY]


def config(project: str, name: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """What declares the live table `name` as the label `original`, taken over as it is.

    Args:
        project: The Pulumi project, whose namespace the keys have.
        name: The DynamoDB table.
        entry: Its settings.
    """
    return {
        f"{project}:adoptTables": [ORIGINAL],
        f"{project}:tables": {table_key(name): {"names": {ORIGINAL: name}, **entry}},
    }


def claimed(entry: Mapping[str, Any], parts: Sequence[Unclaimed]) -> dict[str, Any]:
    """The entry without the parts that have to wait."""
    return _less(entry, frozenset(_blocks(entry, parts)))


def page(project: str, name: str, entry: Mapping[str, Any], parts: Sequence[Unclaimed]) -> str:
    """The config as YAML, indented for its place below `config:`.

    What has to wait is a comment, under the sentence that says what to do: without its `# ` it is
    the YAML that belongs there.
    """
    whole = config(project, name, entry)
    lines = _dumped(whole).splitlines()
    above = (f"{project}:tables", table_key(name))
    read = YAML().load("\n".join(lines))
    # From the last to the first, since every block gets longer.
    for path, why in sorted(
        _blocks(entry, parts).items(), key=lambda block: _line(read, above + block[0]), reverse=True
    ):
        start = _line(read, above + path)
        _comment_out(lines, start, why)
    return "".join(f"{_INDENT}{line}".rstrip() + "\n" for line in lines)


def _blocks(entry: Mapping[str, Any], parts: Sequence[Unclaimed]) -> dict[Path, list[str]]:
    """Path → why it has to wait; a map of which nothing else is left waits as a whole."""
    blocks: dict[Path, list[str]] = {part.path: [part.why] for part in parts}
    for depth in range(max((len(path) for path in blocks), default=0), 1, -1):
        for parent in dict.fromkeys(path[:-1] for path in blocks if len(path) == depth):
            children = [(*parent, key) for key in _at(entry, parent)]
            if all(child in blocks for child in children):
                blocks[parent] = [why for child in children for why in blocks.pop(child)]
    return blocks


def _comment_out(lines: list[str], start: int, why: Sequence[str]) -> None:
    column = _column(lines[start])
    end = start + 1
    while end < len(lines) and (not lines[end] or _column(lines[end]) > column):
        end += 1
    margin = " " * column
    sentences = [f"{margin}# {each}" for each in dict.fromkeys(why)]
    lines[start:end] = sentences + [f"{margin}# {line[column:]}" for line in lines[start:end]]


def _column(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _dumped(document: Mapping[str, Any]) -> str:
    yaml = YAML()
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = 4096
    # A list that stands in two places is written twice.
    yaml.representer.ignore_aliases = lambda *_: True
    text = io.StringIO()
    yaml.dump(dict(document), text)
    return text.getvalue()


def _line(read: Any, path: Path) -> int:
    return int(_at(read, path[:-1]).lc.key(path[-1])[0])


def _at(tree: Any, path: Path) -> Any:
    for step in path:
        tree = tree[step]
    return tree


def _less(tree: Mapping[str, Any], paths: frozenset[Path], here: Path = ()) -> dict[str, Any]:
    return {
        key: _less(value, paths, (*here, key)) if isinstance(value, Mapping) else value
        for key, value in tree.items()
        if (*here, key) not in paths
    }
