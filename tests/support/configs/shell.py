"""A stack config edited by the very commands that a problem offers."""

import re
import shlex
from collections.abc import Mapping
from typing import Any


def typed_in(fix: str, keys: Mapping[str, Any]) -> dict[str, Any]:
    """`keys` after the `pulumi config` commands in `fix`, of those that go back on purpose."""
    edited = {key: list(value) if isinstance(value, list) else value for key, value in keys.items()}
    for command in fix.rpartition("on purpose: ")[2].split("; "):
        match [word for word in shlex.split(command) if word != "--path"]:
            case ["pulumi", "config", "rm", key]:
                _rm(edited, key)
            case ["pulumi", "config", "set", path, value]:
                _set(edited, path, value)
            case other:
                raise AssertionError(other)
    return edited


def _rm(keys: dict[str, Any], path: str) -> None:
    key, _, place = path.removesuffix("]").partition("[")
    if place:
        del keys[key][int(place)]
    else:
        keys.pop(key)


def _set(keys: dict[str, Any], path: str, value: str) -> None:
    found = re.fullmatch(r"(\w+)(?:\[(\d+)\])?", path)
    assert found
    key, place = found.groups()
    if place is None:
        keys[key] = value
        return
    items = keys.setdefault(key, [])
    items[int(place) : int(place) + 1] = [value]
