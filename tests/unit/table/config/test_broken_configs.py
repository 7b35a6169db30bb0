"""Whole configs with a few things wrong, anywhere: each is named, and nothing else is.

A problem that is not there sends a person after a ghost, and one that is not named costs an update.
"""

from typing import Any

import pytest
from hypothesis import assume, given, settings
from jsonschema import Draft7Validator

from restore.table.config.explain import path_of
from restore.table.config.parse import parse
from restore.table.config.problems import ConfigError
from restore.table.config.schema import schema
from tests.support.configs.chance import Dice, drawn
from tests.support.configs.conflicts import MISFITS
from tests.support.configs.documents import texts
from tests.support.configs.entries import document
from tests.support.configs.typos import slipped, slips, some_slips

bounded = settings(max_examples=1250, deadline=None, derandomize=True, database=None)
VALIDATOR = Draft7Validator(schema("shop"))

Broken = tuple[dict[str, Any], set[str]]
"""A config, and the paths that are wrong in it."""


def with_slips(dice: Dice) -> Broken:
    sound = document(dice)
    chosen = some_slips(dice, [*slips(sound)], dice.randint(1, 5))
    return slipped(sound, chosen), {path_of(slip.loc) for slip in chosen}


def with_misfits(dice: Dice) -> Broken:
    """What does not go together, and slips in keys that have nothing to do with it."""
    sound = document(dice)
    table, entry = dice.choice([*sound["tables"].items()])
    wrong: set[str] = set()
    read: set[str] = set()
    for keys in sorted(dice.sample([*MISFITS], dice.randint(1, 4)), key=[*MISFITS].index):
        wrong |= {f"tables.{table}.{path}" for path in dice.choice(MISFITS[keys])(entry)}
        read |= keys
    free = [slip for slip in slips(sound) if len(slip.loc) > 2 and slip.loc[2] not in read]
    chosen = some_slips(dice, free, dice.randint(0 if wrong else 1, 2))
    return slipped(sound, chosen), wrong | {path_of(slip.loc) for slip in chosen}


def named_in(broken: dict[str, Any]) -> set[str]:
    with pytest.raises(ConfigError) as caught:
        parse(texts(broken))
    assert all(problem.wrong and problem.fix for problem in caught.value.problems)
    return {problem.path for problem in caught.value.problems}


@given(drawn(with_slips))
@bounded
def test_every_slip_of_the_finger_is_named_and_nothing_else(case: Broken) -> None:
    broken, paths = case
    assert named_in(broken) == paths


@given(drawn(with_misfits))
@bounded
def test_whatever_does_not_go_together_is_named_and_nothing_else(case: Broken) -> None:
    broken, paths = case
    assume(paths)
    assert named_in(broken) == paths


@given(drawn(with_slips))
@settings(bounded, max_examples=300)
def test_an_editor_marks_what_the_program_refuses_for_a_single_key(case: Broken) -> None:
    """A slip is found while it is typed, not only by the update."""
    broken, _ = case
    keys = {f"shop:{key}": value for key, value in broken.items()}
    assert not VALIDATOR.is_valid({"config": keys})
