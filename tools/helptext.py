"""Writes the help texts into docs/reference/cli.md: `python -m tools.helptext`."""

import os
import re
import shlex
import subprocess
import sys

from tests.support.pages.page import CHECKOUT, CLI

_MARKED = re.compile(
    r"(?P<head><!-- help: (?P<command>[^\n]+) -->\n```text\n).*?(?P<tail>```\n<!-- end of help)",
    flags=re.DOTALL,
)


def refreshed(text: str) -> str:
    """The page with every marked block as the command prints it now."""
    found = 0

    def written(block: re.Match[str]) -> str:
        nonlocal found
        found += 1
        return block["head"] + _printed(block["command"]) + block["tail"]

    page = _MARKED.sub(written, text)
    if not found:
        raise ValueError("The page has no marked help text.")
    return page


def _printed(command: str) -> str:
    _, *arguments = shlex.split(command)
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=CHECKOUT,
        env={**os.environ, "COLUMNS": "100"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


if __name__ == "__main__":
    CLI.write_text(refreshed(CLI.read_text()))
