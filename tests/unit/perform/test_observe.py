"""How the stack is read: its two commands at once, and whichever fails is told."""

from collections.abc import Mapping
from threading import Barrier
from typing import cast

import pytest

from restore.engine.stack import Stack
from restore.model.errors import RestoreError
from restore.model.facts import StackState
from restore.model.places import Places
from restore.perform.observe import observe
from restore.table.config.problems import ConfigError
from tests.support.memory.account_and_stack import World, world

STUCK = RestoreError("Reading the stack's state failed", "Nothing was touched.", "pulumi login")


class Slow:
    """A stack that gives neither answer before it is asked for both."""

    name, named = "dev", ""

    def __init__(self, there: World, both: Barrier) -> None:
        self._there, self._both = there, both

    def written(self) -> Mapping[str, str]:
        self._both.wait()
        return self._there.stack.written()

    def places(self) -> Places:
        return Places()

    def state(self) -> StackState:
        self._both.wait()
        return self._there.stack.state()


def test_config_and_state_are_read_at_the_same_time() -> None:
    there = world()

    facts = observe(cast("Stack", Slow(there, Barrier(2, timeout=10))), there.session().aws)

    assert facts.state == there.stack.state()
    assert facts.written == there.stack.written()
    assert facts.tables


class Stuck(Slow):
    """One whose state cannot be read."""

    def __init__(self, there: World, config: Mapping[str, str]) -> None:
        super().__init__(there, Barrier(1))
        self._config = config

    def written(self) -> Mapping[str, str]:
        return self._config

    def state(self) -> StackState:
        raise STUCK


@pytest.mark.parametrize("wrong", [False, True], ids=["the state", "both"])
def test_what_fails_is_told_and_the_config_first(*, wrong: bool) -> None:
    there = world()
    config = {"tables": "[]"} if wrong else there.stack.written()

    with pytest.raises(ConfigError if wrong else RestoreError) as failed:
        observe(cast("Stack", Stuck(there, config)), there.session().aws)

    assert wrong or failed.value is STUCK
