"""Slips of the finger anywhere in a stack config: a key unknown or left out, a value of no use.

Found by walking a config along its schema, so that every key that there is can be hit.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from restore.table.config.schema import schema
from tests.support.configs.chance import Dice

Loc = tuple[str | int, ...]
Node = Mapping[str, Any]

_SCHEMA = schema("")
_ROOT: Node = {
    "properties": {
        key.removeprefix(":"): node
        for key, node in _SCHEMA["properties"]["config"]["properties"].items()
    },
    "additionalProperties": False,
}
_GONE = object()
_BY_TYPE: Mapping[str, tuple[Any, ...]] = {
    "string": (5, True, ["x"]),
    "integer": ("x", 1.5, True, ["x"]),
    "number": ("x", True, ["x"]),
    "boolean": ("yes", 1, ["x"]),
    "array": ("x", 5, {"x": "y"}),
    "object": ("x", 5, ["x"]),
}


@dataclass(frozen=True)
class Slip:
    """One thing that is wrong.

    Attributes:
        loc: Where, step by step.
        value: What stands there.
    """

    loc: Loc
    value: Any


def slips(document: Mapping[str, Any]) -> Iterator[Slip]:
    """Every slip that there can be in `document`."""
    yield from _below(document, _ROOT, ())


def some_slips(dice: Dice, found: list[Slip], count: int) -> list[Slip]:
    """At most `count` of them, none inside of another."""
    chosen: list[Slip] = []
    for slip in dice.sample(found, min(len(found), 4 * count)):
        if len(chosen) < count and not any(_nested(slip.loc, other.loc) for other in chosen):
            chosen.append(slip)
    return chosen


def slipped(document: Mapping[str, Any], chosen: list[Slip]) -> dict[str, Any]:
    """The document with these slips in it."""
    wrong: dict[str, Any] = deepcopy(dict(document))
    for slip in chosen:
        owner: Any = wrong
        for step in slip.loc[:-1]:
            owner = owner[step]
        if slip.value is _GONE:
            del owner[slip.loc[-1]]
        else:
            owner[slip.loc[-1]] = slip.value
    return wrong


def _nested(one: Loc, other: Loc) -> bool:
    least = min(len(one), len(other))
    return one[:least] == other[:least]


def _below(value: Any, node: Node, here: Loc) -> Iterator[Slip]:
    node = _resolved(node)
    if here:
        yield from (Slip(here, wrong) for wrong in _of_no_use(node))
    if isinstance(value, dict):
        inner = node.get("properties", {})
        by_key = [*node.get("patternProperties", {}).values()]
        if inner:
            # At the top a key that resembles nothing of ours is the team's own.
            yield Slip((*here, "zzz" if here else "activeTabel"), "unknown")
        if by_key and value:
            yield Slip((*here, "not legal!"), deepcopy(next(iter(value.values()))))
        for key, each in value.items():
            if key in inner or by_key:
                yield from _below(each, inner[key] if inner else by_key[0], (*here, key))
        yield from (Slip((*here, key), _GONE) for key in node.get("required", ()))
    if isinstance(value, list):
        for n, each in enumerate(value):
            yield from _below(each, node["items"], (*here, n))


def _resolved(node: Node) -> Node:
    if "$ref" not in node:
        return node
    found: Node = _SCHEMA["definitions"][node["$ref"].rpartition("/")[2]]
    return found


def _of_no_use(node: Node) -> Iterator[Any]:
    yield from _BY_TYPE[node["type"]]
    if {"enum", "const", "pattern"} & {*node}:
        yield "!"
    if "minLength" in node:
        yield ""
    if "minItems" in node:
        yield []
    if "minimum" in node:
        yield node["minimum"] - 1
    if "maximum" in node:
        yield node["maximum"] + 1
