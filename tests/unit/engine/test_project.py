"""Where the project is, and what a file backend has lost."""

from pathlib import Path

import pytest

from restore.engine.backend import copies_alone, old_layout
from restore.engine.project import project_folder, project_name


def test_a_project_is_found_upwards_as_pulumi_finds_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Pulumi.yaml").write_text("name: shop\n")
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)

    assert project_folder(Path()) == tmp_path
    assert project_name(Path()) == "shop"
    assert project_folder(tmp_path) == tmp_path


def test_without_a_project_there_is_no_name(tmp_path: Path) -> None:
    assert project_folder(tmp_path) is None
    assert project_name(tmp_path) is None


def test_a_checkpoint_of_which_only_the_copy_is_left_is_found(tmp_path: Path) -> None:
    """The engine says that there is no such stack; someone would make a new one."""
    folder = tmp_path / ".pulumi" / "stacks" / "shop"
    folder.mkdir(parents=True)
    for name in ("dev.json.bak", "prod.json", "prod.json.bak"):
        (folder / name).touch()
    url = f"file://{tmp_path}"

    assert copies_alone(url, "shop", "dev") == [folder / "dev.json.bak"]
    assert copies_alone(url, "shop", None) == []  # of several stacks one may have been removed
    assert copies_alone(url, "shop", "prod") == []
    (folder / "prod.json").unlink()
    assert len(copies_alone(url, "shop", None)) == 2
    assert copies_alone("s3://bucket", "shop", None) == []


def test_a_backend_of_the_old_layout_is_known(tmp_path: Path) -> None:
    stacks = tmp_path / ".pulumi" / "stacks"
    stacks.mkdir(parents=True)
    url = f"file://{tmp_path}"
    empty = old_layout(url)
    (stacks / "dev.json").touch()

    assert (empty, old_layout(url), old_layout("s3://bucket")) == (False, True, False)
    (stacks / "shop").mkdir()
    assert not old_layout(url)
