"""pydantic's findings in the words of a stack config."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from restore.table.config import patterns
from restore.table.config.commands import (
    attribute_commands,
    path_of,
    rename,
    rm_command,
    set_command,
    where,
)
from restore.table.config.problems import Problem
from restore.table.config.settings import Model
from restore.table.config.unknown import set_value, unknown
from restore.table.config.written import written

__all__ = ["explain", "path_of", "rename", "rm_command", "set_command", "where"]


def explain(
    error: ValidationError, written: Mapping[str, Any], document: type[Model]
) -> list[Problem]:
    """Every finding as a problem with its path and the command that fixes it.

    Args:
        error: What pydantic found.
        written: What it looked at.
        document: The model that it looked with.
    """
    return [_problem(each, written, document) for each in error.errors(include_url=False)]


def _problem(details: ErrorDetails, written: Mapping[str, Any], document: type[Model]) -> Problem:
    path, context = path_of(details["loc"]), details.get("ctx", {})
    given = _given(details)
    wrong, fix = f"{given}: {details['msg'][0].lower()}{details['msg'][1:]}", "<value>"
    match details["type"]:
        case "extra_forbidden":
            value = None if _is_hidden(details) else details["input"]
            siblings = _keys(written, details["loc"][:-1])
            return Problem(path, *unknown(details["loc"], value, siblings, document))
        case "missing" | "too_short":
            return _missing(path)
        case "list_type" | "dict_type" | "model_type" as kind:
            shape, below = ("list", "[0]") if kind == "list_type" else ("map", ".<key>")
            fix = f"{rm_command(path)}; {set_command(path + below, fix)}"
            return Problem(path, f"{given} is no {shape}", fix)
        case "string_type" | "int_type" | "float_type" | "bool_type" as kind:
            return Problem(path, wrong, _typed(path, kind, details))
        case "string_pattern_mismatch":
            wrong, fix = f"{given} {patterns.in_words(context['pattern'])}", "<name>"
        case "literal_error":
            wrong, fix = f"{given} is not {context['expected']}", f"<{context['expected']}>"
    if details["loc"][-1] == "[key]":
        return Problem(path, wrong, rename(path, "<another name>"))
    return Problem(path, wrong, set_command(path, fix))


def _missing(path: str) -> Problem:
    wrong = "is missing or empty"
    if path == "tables":
        return Problem(path, wrong, _NO_TABLES)
    if path.endswith(".attributes"):
        return Problem(path, wrong, attribute_commands(f"{path}[0]", "<attribute>"))
    if path.endswith(".run"):
        return Problem(path, wrong, set_command(f"{path}[0]", "<program>"))
    return Problem(path, wrong, set_command(path, "<value>"))


_NO_SECRET = {"drainSeconds", "probeProfile", "before", "after"}
"""Of all below `runbook`: what stands elsewhere may be a hook, not where it belongs."""


_NO_TABLES = (
    "put Pulumi.<stack>.yaml back as it was (git restore); only for a stack that never had a"
    " table: pulumi config set --path 'tables.<name>.hashKey' <value>"
)
"""Written again by hand it would lack most of what the deployed tables have."""


def _typed(path: str, kind: str, details: ErrorDetails) -> str:
    """The command that sets what was written as the type that it must have."""
    given = None if _is_hidden(details) else details["input"]
    fix = "<value>"
    match kind, given:
        case "string_type", bool() | int():
            return set_value(path, str(given).lower())
        case "int_type", str() if re.fullmatch(r"\d+", given):
            return set_value(path, int(given))
        case "float_type", str() if re.fullmatch(r"\d+(\.\d+)?", given):
            return set_value(path, float(given))
        case "bool_type", "true" | "false":
            fix = given
        case "string_type", _:
            return set_command(path, fix, "string")
        case "float_type", _:
            return set_command(path, fix, "float")
    return set_command(path, fix)


def _keys(tree: Any, loc: tuple[int | str, ...]) -> tuple[str, ...]:
    """The keys of the map at `loc`."""
    for step in loc:
        tree = tree[step]
    return tuple(tree)


def _is_hidden(details: ErrorDetails) -> bool:
    """What stands there may be a hook's argument or a part of a secret, and so is not shown."""
    loc = details["loc"]
    if loc[0] in written().secrets:
        return True
    return loc[:1] == ("runbook",) and loc[-1] not in _NO_SECRET


def _given(details: ErrorDetails) -> str:
    """What was written, and its type alone where it may be a secret."""
    given = details["input"]
    return f"a {type(given).__name__}" if _is_hidden(details) else repr(given)
