"""Labels: the names of one table's physical tables."""

import re
from collections.abc import Container, Iterator
from itertools import count

ORIGINAL = "original"
RESTORED = "restored"

PATTERN = r"(original|restored(-([2-9]|[1-9][0-9]+))?)"
"""A closed grammar, so that a slip of the finger is found before it names a table."""


def is_label(text: str) -> bool:
    """Whether `text` is `original`, `restored` or `restored-N` with N of 2 or more."""
    return re.fullmatch(PATTERN, text) is not None


def restored_labels() -> Iterator[str]:
    """`restored`, `restored-2`, `restored-3`, … without end."""
    return (RESTORED if n == 1 else f"{RESTORED}-{n}" for n in count(1))


def next_label(used: Container[str]) -> str:
    """The first label for a restore that was never used: labels are not used again."""
    return next(label for label in restored_labels() if label not in used)
