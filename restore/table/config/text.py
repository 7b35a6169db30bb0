"""The text of a file with a `config:`, and where in it a key stands. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

Step = int | str


@dataclass(frozen=True)
class ConfigText:
    """A file with a `config:`.

    Attributes:
        shown: Its path, as a user types it.
        text: What it says.
    """

    shown: str
    text: str

    @cached_property
    def _config(self) -> Node | None:
        return _value(self._root, "config")

    @cached_property
    def _root(self) -> Node | None:
        try:
            found: Node | None = YAML(typ="safe", pure=True).compose(self.text)
        except YAMLError:
            return None
        return found

    @cached_property
    def folder(self) -> str:
        """Where the files of the stacks are, if this is Pulumi.yaml."""
        found = _value(self._root, "stackConfigDir")
        return str(found.value) if isinstance(found, ScalarNode) else "."

    @cached_property
    def shares(self) -> bool:
        """Whether a part of it stands for another one, by an alias or a merge key."""
        nodes = [] if self._config is None else [id(each) for each in _nodes(self._config)]
        return len(nodes) != len(set(nodes))

    def key(self, names: Sequence[str]) -> Node | None:
        """The value of the key that has one of these names."""
        _, found = _entry(self._config, names) or (None, None)
        return found

    def line(self, names: Sequence[str], below: Sequence[Step]) -> str:
        """Where the path stands, or as much of it as there is."""
        key, here = _entry(self._config, names) or (None, None)
        if below and _entry(here, below[:1]) is None:
            # In Pulumi.yaml what a key holds may stand below `value` or `default`.
            _, here = _entry(here, ("value", "default")) or (None, None)
        for step in below:
            found, here = _entry(here, (step,)) or (None, None)
            key = found or key
        line = None if key is None else key.start_mark.line
        return f"in {self.shown}" + ("" if line is None else f", line {line + 1}")

    def seals(self, names: Sequence[str]) -> bool:
        """Whether the key that has one of these names is one secret."""
        return _value(self.key(names), "secure") is not None


def _value(node: Node | None, name: str) -> Node | None:
    _, found = _entry(node, (name,)) or (None, None)
    return found


def _entry(node: Node | None, steps: Sequence[Step]) -> tuple[Node, Node] | None:
    """The key and the value of the first of `steps` that there is, also by a merge key."""
    if isinstance(node, SequenceNode):
        items = [node.value[each] for each in steps if _is_place(each, node)]
        return (items[0], items[0]) if items else None
    if not isinstance(node, MappingNode):
        return None
    pairs: list[tuple[Node, Node]] = list(node.value)
    for key, value in pairs:
        if key.value == "<<":
            several = value.value if isinstance(value, SequenceNode) else [value]
            pairs += [each for one in several if isinstance(one, MappingNode) for each in one.value]
    by_name = {str(key.value): (key, value) for key, value in reversed(pairs)}
    return next((by_name[str(each)] for each in steps if str(each) in by_name), None)


def _is_place(step: Step, node: SequenceNode) -> bool:
    return isinstance(step, int) and step < len(node.value)


def _nodes(node: Node) -> Iterator[Node]:
    """Every node that may hold others; one with an alias comes up twice."""
    if isinstance(node, MappingNode | SequenceNode):
        yield node
        for each in node.value:
            for inner in each if isinstance(each, tuple) else (each,):
                yield from _nodes(inner)
