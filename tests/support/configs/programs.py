"""What the program registers for whole configs by chance, the same ones for anyone who asks."""

from collections.abc import Iterable, Iterator
from functools import cache

import pytest

from restore.table.config.parse import parse
from restore.table.decide import Declaration, PhysicalTable, decide
from tests.support.configs.chance import Dice
from tests.support.configs.documents import texts
from tests.support.configs.entries import document
from tests.support.memory.monitor import Deployed, declared

SEEDS = range(50)
each_seed = pytest.mark.parametrize("seed", SEEDS)


@cache
def program(seed: int) -> tuple[tuple[Declaration, ...], Deployed]:
    """A first update of the config of this seed."""
    declarations = decide(parse(texts(document(Dice(seed)))), {})
    return declarations, declared(*declarations)


def pairs(declarations: Iterable[Declaration]) -> Iterator[tuple[Declaration, PhysicalTable]]:
    return ((each, physical) for each in declarations for physical in each.physical)


def names_of(deployed: Deployed, kinds: Iterable[str]) -> set[tuple[str, str]]:
    found = (key.split("::") for key in deployed.registered)
    return {(kind, name) for kind, name in found if kind in kinds}
