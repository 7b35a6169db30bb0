"""The word that someone may have meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(typed: str, known: Iterable[str]) -> str:
    """` Did you mean switch?`; empty where nothing is near to what was typed."""
    near = get_close_matches(typed, [*known], n=1)
    return f" Did you mean {near[0]}?" if near else ""
