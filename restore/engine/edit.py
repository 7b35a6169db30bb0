"""An edit of a stack config's YAML: one key changed, every anchor, comment and quote kept. Pure."""

import copy
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from restore.table.config.commands import path_of, rm_command, set_command

Edits = Mapping[tuple[str, ...], Any]
"""Path of a key below `config:` → its value, None to remove it."""


class UnfaithfulEditError(Exception):
    """The edited text does not say exactly what was wanted, so it must not be used."""


def edited_text(text: str, edits: Edits) -> str:
    """The text of a stack config after `edits`.

    A map that stands in several places by an anchor is changed in the edited place alone.

    Raises:
        UnfaithfulEditError: read back, the result is not `text` with these edits and no other.
    """
    yaml = _as_pulumi_writes()
    document = yaml.load(text)
    if document is None:
        document = CommentedMap()
    _keep_anchors(document)
    for path, value in edits.items():
        _edit(document, ("config", *path), value)
    out = io.StringIO()
    yaml.dump(document, out)
    if plain(out.getvalue()) != _wanted(text, edits):
        raise UnfaithfulEditError(", ".join(".".join(path) for path in edits))
    return out.getvalue()


def commands(edits: Edits) -> Iterator[str]:
    """The commands that make them; of a list that was longer nothing is left."""
    for path, value in edits.items():
        key = path_of(path)
        if value is None or isinstance(value, list):
            yield rm_command(key)
        if isinstance(value, list):
            yield from (set_command(f"{key}[{n}]", each) for n, each in enumerate(value))
        elif value is not None:
            yield set_command(key, str(value))


def plain(text: str) -> Any:
    """What the text says, with every anchor followed and every merge key merged."""
    return YAML(typ="safe", pure=True).load(text)


def _wanted(text: str, edits: Edits) -> Any:
    # A deep copy keeps what two places share shared: YAML's own loader shares an anchored map.
    document = _unshared(plain(text) or {})
    for path, value in edits.items():
        *above, last = ("config", *path)
        tree = document
        for key in above:
            if value is None and not tree.get(key):
                break
            tree[key] = tree.get(key) or {}
            tree = tree[key]
        else:
            if value is None:
                tree.pop(last, None)
            else:
                tree[last] = value
    return document


def _unshared(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {key: _unshared(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_unshared(value) for value in tree]
    return tree


def _as_pulumi_writes() -> YAML:
    yaml = YAML()
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = 4096
    yaml.preserve_quotes = True
    return yaml


def _edit(document: CommentedMap, path: tuple[str, ...], value: Any) -> None:
    *above, last = path
    tree = document
    for key in above:
        if value is None and not tree.get(key):
            return
        tree = _own_map(document, tree, key)
    if value is not None:
        tree[last] = value
        return
    if last in _merged(tree):
        _flatten(tree)
    tree.pop(last, None)


def _own_map(document: CommentedMap, tree: CommentedMap, key: str) -> CommentedMap:
    """The map below `key`, which no other place of the document shares any more."""
    child: CommentedMap | None = tree.get(key)
    if child is None:
        child = CommentedMap()
        tree[key] = child
    elif _times(document)[id(child)] > 1 or key in _merged(tree):
        child = _copied(child)
        tree[key] = child
    return child


def _merged(tree: CommentedMap) -> set[Any]:
    """The keys that `<<` brings, also those that the map has itself."""
    return {key for base in tree.merge for key in base}


def _flatten(tree: CommentedMap) -> None:
    """Writes out what `<<` brings: a key of it can be removed in no other way."""
    own = _own_keys(tree)
    inherited = {key: _copied_child(tree[key]) for key in tree if key not in own}
    everything = inherited | {key: tree[key] for key in own}
    tree.merge[:] = []
    tree.clear()
    tree.update(everything)


def _own_keys(tree: CommentedMap) -> list[Any]:
    return [key for key in tree if key in tree._ok]  # noqa: SLF001 - ruamel has no public name


def _copied(node: Any) -> Any:
    """The node without its anchor; what has an anchor below it stays an alias of that."""
    if isinstance(node, CommentedMap):
        made = CommentedMap((key, _copied_child(node[key])) for key in node)
        _copy_layout(node, made)
        return made
    if isinstance(node, CommentedSeq):
        made_list = CommentedSeq(_copied_child(each) for each in node)
        _copy_layout(node, made_list)
        return made_list
    return node


def _copied_child(node: Any) -> Any:
    if isinstance(node, CommentedMap | CommentedSeq) and node.anchor.value:
        return node
    return _copied(node)


def _copy_layout(node: Any, made: Any) -> None:
    for attribute in ("_yaml_comment", "_yaml_format", "_yaml_line_col"):
        if hasattr(node, attribute):
            setattr(made, attribute, copy.deepcopy(getattr(node, attribute)))


def _keep_anchors(node: Any) -> None:
    """Else ruamel leaves out the anchor of what stands in one place alone by now."""
    for child in _children(node):
        if child.anchor.value and not child.anchor.always_dump:
            child.yaml_set_anchor(child.anchor.value, always_dump=True)
        _keep_anchors(child)


def _times(document: Any) -> Counter[int]:
    """How often each map and list of the document is referred to."""
    times: Counter[int] = Counter()
    ahead = [document]
    while ahead:
        for child in _children(ahead.pop()):
            times[id(child)] += 1
            if times[id(child)] == 1:
                ahead.append(child)
    return times


def _children(node: Any) -> Iterator[Any]:
    if isinstance(node, CommentedMap):
        for each in (*(node[key] for key in _own_keys(node)), *node.merge):
            if isinstance(each, CommentedMap | CommentedSeq):
                yield each
    elif isinstance(node, CommentedSeq):
        for each in node:
            if isinstance(each, CommentedMap | CommentedSeq):
                yield each
