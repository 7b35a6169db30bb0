"""Version numbers, as far as they have to be compared. Pure."""

import re


def numbers(version: str) -> tuple[int, ...]:
    """`3.259.0` as numbers; what comes after them, such as `-alpha.1`, is left aside."""
    found = re.match(r"v?(\d+(?:\.\d+)*)", version)
    return tuple(map(int, found[1].split("."))) if found else ()
