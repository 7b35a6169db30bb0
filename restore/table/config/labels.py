"""Labels: the names of one table's physical tables."""

import re
from collections.abc import Iterable, Iterator
from itertools import count

ORIGINAL = "original"
RESTORED = "restored"

PATTERN = r"(original|restored(-([2-9]|[1-9][0-9]+))?)"
"""A closed grammar, so that a slip of the finger is found before it names a table."""


LONGEST_GAP = 3
"""So many labels in a row without a table, after the newest one that is known, end the search for
tables: `clean` leaves gaps."""


def is_label(text: str) -> bool:
    """Whether `text` is `original`, `restored` or `restored-N` with N of 2 or more."""
    return re.fullmatch(PATTERN, text) is not None


def restored_labels() -> Iterator[str]:
    """`restored`, `restored-2`, `restored-3`, … without end."""
    return (RESTORED if n == 1 else f"{RESTORED}-{n}" for n in count(1))


def rank(label: str) -> int:
    """0 for `original`, 1 for `restored`, N for `restored-N`: the order in which they are used."""
    return 0 if label == ORIGINAL else int(label.partition("-")[2] or 1)


def next_label(used: Iterable[str]) -> str:
    """The label after the newest one: what was used, or left a gap, is not used again."""
    newest = max(map(rank, used), default=0)
    return next(label for label in restored_labels() if rank(label) > newest)
