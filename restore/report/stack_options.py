"""Every command that is printed, with the stack that the command line named.

The selected stack stays selected: a command that was printed without the name would be about that
one, and a rollback of the wrong stack moves the wrong clients. A text comes from wherever a problem
was found, also from the program, which knows no command line; so it gets the name here, once, where
it leaves for a screen or a script.
"""

import re
from typing import Any

_COMMAND = re.compile(
    r"(?:pulumi (?:up|preview|refresh|cancel"
    r"|config(?: set| rm| get)?(?![\w-])"
    r"|stack export|stack output"
    r"|state (?:delete|protect|rename|unprotect))"
    r"|python -m restore (?:adopt|clean|drop|freeze|plan|policy|prepare|rollback|run|start|status"
    r"|switch|thaw|verify|wait))(?![\w-])"
)
"""Those that take `--stack`, up to the word behind which it may stand."""
_REST = re.compile(r"[^;,\n]*")


def with_options(text: str, options: str) -> str:
    """The text, with the options in each command that does not name a stack itself.

    Args:
        text: A message.
        options: `--stack S --cwd DIR`, as they were given; empty where nothing was.
    """

    def named(found: re.Match[str]) -> str:
        rest = _REST.match(text, found.end())
        said = rest is not None and ("--stack" in rest.group() or "--cwd" in rest.group())
        return found.group() if said else f"{found.group()} {options}"

    return _COMMAND.sub(named, text) if options else text


def all_with_options(told: Any, options: str) -> Any:
    """The same for each text in what a script gets."""
    if isinstance(told, str):
        return with_options(told, options)
    if isinstance(told, dict):
        return {key: all_with_options(value, options) for key, value in told.items()}
    if isinstance(told, list | tuple):
        return [all_with_options(each, options) for each in told]
    return told
