"""Keys for what AWS knows by names that a config key cannot hold."""

import re
from collections.abc import Container

LONGEST = 100
"""As `restore.table.config.patterns.KEY` has it."""


def free_key(text: str, taken: Container[str]) -> str:
    """`text` as a key: `-` for what is not allowed, and -2, -3, … where it is taken already."""
    plain = re.sub(r"[^A-Za-z0-9_-]", "-", text)[:LONGEST] or "-"
    key, number = plain, 1
    while key in taken:
        number += 1
        ending = f"-{number}"
        key = plain[: LONGEST - len(ending)] + ending
    return key
