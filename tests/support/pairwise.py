"""Few rows in which every two values that go together are seen together."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import combinations
from random import Random

Dimensions = Mapping[str, Sequence[str]]
"""What can vary → its values."""
Row = dict[str, str]
Value = tuple[str, str]
"""A dimension, and what it is there."""
Pair = frozenset[Value]
GoTogether = Callable[[Row], bool]
"""Whether the two values of this small row can be in one row."""
_TRIES = 50


def pairs(dimensions: Dimensions, fit: GoTogether) -> list[Pair]:
    """Every two values of different dimensions that go together."""
    return [
        frozenset({(here, one), (there, other)})
        for here, there in combinations(dimensions, 2)
        for one in dimensions[here]
        for other in dimensions[there]
        if fit({here: one, there: other})
    ]


def pairs_in(row: Row) -> Iterator[Pair]:
    """The pairs that the row covers."""
    return map(frozenset, combinations(row.items(), 2))


def rows(dimensions: Dimensions, fit: GoTogether) -> list[Row]:
    """Rows that cover all pairs: the same ones each time, and close to as few as can be.

    Each is the best of many that begin with a pair which no row has yet.

    Args:
        dimensions: Each needs a value that goes with all the others.
        fit: What goes together.
    """
    dice = Random(0)  # noqa: S311 - the same throws each time are what is wanted
    left = pairs(dimensions, fit)
    found: list[Row] = []
    while left:
        new = frozenset(left)
        tries = [_row(dimensions, fit, dice.choice(left), new, dice) for _ in range(_TRIES)]
        found.append(max(tries, key=lambda row: _gain(row, new)))
        covered = frozenset(pairs_in(found[-1]))
        left = [pair for pair in left if pair not in covered]
    return found


def _row(
    dimensions: Dimensions, fit: GoTogether, first: Pair, new: AbstractSet[Pair], dice: Random
) -> Row:
    """One that has the pair, and takes in any order what covers most of what is new."""
    row: Row = dict(first)
    for name in dice.sample([*dimensions], len(dimensions)):
        if name not in row:
            able = [
                value
                for value in dimensions[name]
                if all(fit({name: value, other: there}) for other, there in row.items())
            ]
            shuffled = dice.sample(able, len(able))
            row[name] = max(shuffled, key=lambda value: _gain({**row, name: value}, new))
    return {name: row[name] for name in dimensions}


def _gain(row: Row, new: AbstractSet[Pair]) -> int:
    return sum(pair in new for pair in pairs_in(row))
