"""pydantic's findings in the words of a stack config."""

import difflib
import json
import re
import shlex
from collections.abc import Iterable, Iterator

from pydantic import ValidationError
from pydantic.alias_generators import to_camel
from pydantic_core import ErrorDetails

from stacks import patterns
from stacks.problems import Problem
from stacks.settings import Model

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


def explain(error: ValidationError) -> list[Problem]:
    """Every finding as a problem with its path and the command that mends it."""
    return [_problem(details) for details in error.errors(include_url=False)]


def _problem(details: ErrorDetails) -> Problem:
    path = path_of(details["loc"])
    given, context = _given(details), details.get("ctx", {})
    wrong, mend = f"{given}: {details['msg'][0].lower()}{details['msg'][1:]}", "<value>"
    match details["type"]:
        case "extra_forbidden":
            return Problem(path, _unknown(str(details["loc"][-1])), rm_command(path))
        case "missing" | "too_short":
            wrong = "is missing or empty"
            path = "tables.<name>.hashKey" if path == "tables" else path
            if path.endswith(".attributes"):
                return Problem(path, wrong, set_command(f"{path}[0].name", "<attribute>"))
            if path.endswith(".run"):
                return Problem(path, wrong, set_command(f"{path}[0]", "<program>"))
        case "string_pattern_mismatch":
            wrong, mend = f"{given} {patterns.in_words(context['pattern'])}", "<name>"
        case "list_type" | "dict_type" | "model_type" as kind:
            shape, below = ("list", "[0]") if kind == "list_type" else ("map", ".<key>")
            mend = f"{rm_command(path)}; {set_command(path + below, mend)}"
            return Problem(path, f"{given} is no {shape}", mend)
        case "literal_error":
            wrong, mend = f"{given} is not {context['expected']}", f"<{context['expected']}>"
    if details["loc"][-1] == "[key]":
        return Problem(path, wrong, f"{rm_command(path)}, and set it under another name")
    return Problem(path, wrong, set_command(path, mend))


_NO_SECRET = {"drainSeconds", "probeProfile", "before", "after"}
"""Of all below `runbook`: what stands elsewhere may be a hook, not where it belongs."""


def _given(details: ErrorDetails) -> str:
    """What was written; of a hook's arguments nothing, since they may hold a secret."""
    loc, given = details["loc"], details["input"]
    hidden = loc[:1] == ("runbook",) and loc[-1] not in _NO_SECRET
    return f"a {type(given).__name__}" if hidden else repr(given)


def _unknown(key: str) -> str:
    known = {to_camel(field) for model in _below(Model) for field in model.model_fields}
    near = difflib.get_close_matches(key, sorted(known), n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    return f"is not a key that this program knows{hint}"


def _below(model: type[Model]) -> Iterator[type[Model]]:
    """The model, and all that are made from it, in whichever module."""
    yield model
    for inner in model.__subclasses__():
        yield from _below(inner)
