"""How long the restores take: random, and yet the same whether few or many are made. Pure."""

from random import Random


def lengths(rounds: int, low: float, high: float, seed: int) -> list[float]:
    """One length out of each of so many equal parts of the span, in any order.

    A waiter that asks every 20 s is late by anything from 0 to 20 s: three lengths that happen
    to lie together would say little about it.
    """
    dice = Random(seed)  # noqa: S311 - the same throws from the same seed are what is wanted
    part = (high - low) / rounds
    found = [low + part * (number + dice.random()) for number in range(rounds)]
    dice.shuffle(found)
    return found
