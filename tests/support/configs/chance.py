"""Chance with a seed: thousands of whole configs in seconds, the same ones every time.

Drawing each key by a strategy of its own takes ten times as long.
"""

from collections.abc import Callable, Sequence
from random import Random
from typing import Any, TypeVar

from hypothesis import strategies as st

Value = TypeVar("Value")


class Dice(Random):
    """A random generator that knows how a config is written."""

    def maybe(self, **keys: Any) -> dict[str, Any]:
        """Each key or not; what can be called is called for its value."""
        return {
            key: value() if callable(value) else value
            for key, value in keys.items()
            if self.random() < 0.5
        }

    def flag(self) -> bool:
        return self.random() < 0.5

    def some(self, these: Sequence[Value], least: int = 0) -> list[Value]:
        """Some of these, none twice, in any order."""
        return self.sample(these, self.randint(least, len(these)))

    def number(self, least: int, most: int) -> Callable[[], int]:
        """Between these, either of them included, and both of them often."""
        return lambda: self.choice((least, most, self.randint(least, most)))

    def one(self, *these: Value) -> Callable[[], Value]:
        return lambda: self.choice(these)


def drawn(make: Callable[[Dice], Value]) -> st.SearchStrategy[Value]:
    """What `make` makes of any seed."""
    return st.integers(0, 2**32 - 1).map(lambda seed: make(Dice(seed)))
