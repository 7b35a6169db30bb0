"""One sandbox for the tests that need a real engine; small programs for it to run."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from sandbox.engine import built
from sandbox.engine.cache import cache_folder
from sandbox.home import Sandbox
from tests.support.projects import Project


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with Sandbox(tmp_path_factory.mktemp("sandbox")) as started:
        yield started


@pytest.fixture(scope="session")
def provider(sandbox: Sandbox) -> Path:
    """The provider that is built from source; absent where the official plugin runs."""
    assert sandbox.running() is not None
    path = built.pair().provider.path(cache_folder())
    if not path.exists():
        pytest.skip("the official AWS plugin runs here; there is no built one to look into")
    return path


@pytest.fixture
def project(sandbox: Sandbox, tmp_path: Path) -> Project:
    folder = tmp_path / "program"
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text("name: tiny\nruntime: python\n")
    made = Project(folder, sandbox.env())
    done = made.pulumi("stack", "init", f"stack-{uuid4().hex}")
    assert done.returncode == 0, done.stderr
    return made
