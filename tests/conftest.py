"""What holds for every test, and the world that the tests of the engine share."""

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from restore.table.config.written import Written, know
from sandbox.home import Sandbox
from tests.support.engine.scenes import Scenes
from tests.support.engine.world import World


def pytest_configure() -> None:
    """A shell that starts the tests in the background has Ctrl-C ignored by all that they start."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_runtest_setup() -> None:
    """What one test said of where its config is written is not true of the next one's."""
    know(Written())


@pytest.fixture(scope="session")
def the_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder: Path = tmp_path_factory.mktemp("world")
    sandbox = Sandbox(folder / "home")
    sandbox.start(restore_seconds=0.5)
    with sandbox:
        yield World(sandbox, folder)


@pytest.fixture(scope="session")
def scenes(the_world: World) -> Scenes:
    return Scenes(the_world)


@pytest.fixture
def at(scenes: Scenes) -> Callable[[str], World]:
    """`at("prepared")`: the world as it is there."""
    return scenes.load


@pytest.fixture
def world(scenes: Scenes) -> World:
    """A new stack in an empty AWS, not yet deployed."""
    return scenes.begin()
