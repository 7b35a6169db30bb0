"""A folder without an AWS."""

from pathlib import Path

import pytest

from tests.fixes.folder import Folder


@pytest.fixture(scope="session")
def the_folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    home: Path = tmp_path_factory.mktemp("folder")
    return Folder(home)


@pytest.fixture
def folder(the_folder: Folder) -> Folder:
    """A project with a stack; each test writes its config."""
    return the_folder
