"""Paths and commands as the `pulumi config` command line takes them."""

import json
import re
import shlex
from collections.abc import Iterable
from typing import Literal

from restore.table.config.text import Step
from restore.table.config.written import written

_PLAIN_STEP = re.compile(r"[\w-]+")
_STEP = re.compile(r'\.?(?P<key>[^.\[\]]+)|\[(?P<place>\d+)\]|\[(?P<text>"(?:[^"\\]|\\.)*")\]')


def path_of(loc: Iterable[Step]) -> str:
    """`("tables", "a", "attributes", 0)` → `tables.a.attributes[0]`, `"a.b"` → `["a.b"]`."""
    path = ""
    for step in loc:
        if isinstance(step, int):
            path += f"[{step}]"
        elif step == "[key]":
            continue
        elif _PLAIN_STEP.fullmatch(step):
            path += f".{step}" if path else step
        else:
            path += f"[{json.dumps(step, ensure_ascii=False)}]"
    return path


def steps_of(path: str) -> tuple[Step, ...]:
    """The other way round."""
    return tuple(
        int(each["place"]) if each["place"] else each["key"] or json.loads(each["text"])
        for each in _STEP.finditer(path)
    )


def set_command(path: str, value: str, kind: Literal["string", "float"] | None = None) -> str:
    """What sets the key at `path`: a command, or where to do it by hand if that would hide a value.

    Args:
        path: The path of the key.
        value: Its value, as a shell takes it.
        kind: Its type, where it looks like one of another type.
    """
    steps = steps_of(path)
    by_hand = f"set {path} to {json.dumps(value) if kind == 'string' else value}"
    if written().sealed(steps):
        return _whole(steps[0], by_hand)
    if there := written().by_hand(steps):
        return f"{there}, {by_hand}"
    typed = f" --type {kind}" if kind else ""
    if path.isidentifier():
        return f"pulumi config set {path} {value}{typed}"
    return f"pulumi config set --path {shlex.quote(path)} {value}{typed}"


def attribute_commands(path: str, name: str) -> str:
    """What defines the attribute at `path`: its type is the user's to say."""
    kind = set_command(f"{path}.type", "<S, N or B>")
    return f"{set_command(f'{path}.name', name)}; {kind}"


def rm_command(path: str) -> str:
    """What removes the key at `path`, likewise."""
    steps = steps_of(path)
    if written().sealed(steps):
        return _whole(steps[0], f"remove {path}")
    if there := written().removed_by_hand(steps):
        return f"{there}, remove {path}"
    if path.isidentifier():
        return f"pulumi config rm {path}"
    return f"pulumi config rm --path {shlex.quote(path)}"


def rename(path: str, name: str) -> str:
    """What gives the key at `path` another name: nothing that is written below it may be lost."""
    return f"rename {path} to {name} {where(path)}"


def where(path: str) -> str:
    """The file and line of the key at `path`, for a sentence."""
    return written().where(steps_of(path))


def _whole(key: Step, change: str) -> str:
    """A part of a secret cannot be set: Pulumi would put the part in place of all of it."""
    return (
        f"{change} in the whole value, which is one secret: print it (pulumi config get {key}),"
        f" and set it again with that change (pulumi config set --secret {key} '<whole value>')"
    )
