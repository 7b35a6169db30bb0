"""Paths and commands as the `pulumi config` command line takes them."""

import json
import re
import shlex
from collections.abc import Iterable

_PLAIN_STEP = re.compile(r"[\w-]+")


def path_of(loc: Iterable[int | str]) -> str:
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


def set_command(path: str, value: str) -> str:
    """The command that sets the key at `path`."""
    if path.isidentifier():
        return f"pulumi config set {path} {value}"
    return f"pulumi config set --path {shlex.quote(path)} {value}"


def rm_command(path: str) -> str:
    """The command that removes the key at `path`."""
    if path.isidentifier():
        return f"pulumi config rm {path}"
    return f"pulumi config rm --path {shlex.quote(path)}"
