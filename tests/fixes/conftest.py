"""A folder without an AWS, and the worlds of the tests of the engine."""

from pathlib import Path

import pytest

from tests.engine.conftest import at, scenes, the_world, world
from tests.fixes.folder import Folder

__all__ = ["at", "folder", "scenes", "the_world", "world"]


@pytest.fixture(scope="session")
def the_folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    home: Path = tmp_path_factory.mktemp("folder")
    return Folder(home)


@pytest.fixture
def folder(the_folder: Folder) -> Folder:
    """A project with a stack; each test writes its config."""
    return the_folder
