"""The stack config file: what an edit leaves alone, and how it is put in place."""

from pathlib import Path
from typing import Any

import pytest

from restore.configfile import ConfigFile

WRITTEN = """\
# The table of the walk-through.
encryptionsalt: v1:c2FsdA==:v1:bm9uY2U=:Y2lwaGVy
config:
  aws:region: eu-west-1 # near the clients
  restore-demo:activeTable: original
  restore-demo:secret:
    secure: v1:bm9uY2U=:c2VjcmV0
  # Kept while the move runs.
  restore-demo:standbyTables:
    - restored
  restore-demo:tables:
    restore-demo:
      # The walk-through's key.
      hashKey: id
      attributes:
        - name: id
          type: S
      tags: {team: "orders", cost: '0042'}
"""


@pytest.fixture
def file(tmp_path: Path) -> ConfigFile:
    (tmp_path / "stacks").mkdir()
    (tmp_path / "Pulumi.yaml").write_text("name: restore-demo\nstackConfigDir: stacks\n")
    (tmp_path / "stacks" / "Pulumi.dev.yaml").write_text(WRITTEN)
    return ConfigFile.of(tmp_path, "dev", "restore-demo")


def text_after(file: ConfigFile, edits: dict[tuple[str, ...], Any]) -> str:
    with file.edited(edits) as copy:
        return copy.read_text()


def test_the_file_lies_in_the_projects_config_folder(file: ConfigFile, tmp_path: Path) -> None:
    """The Automation API's own stack settings would write a second file beside Pulumi.yaml."""
    assert file.path == tmp_path / "stacks" / "Pulumi.dev.yaml"


@pytest.mark.parametrize("stack", ["dev", "acme/dev", "acme/restore-demo/dev"])
def test_without_such_a_folder_it_lies_beside_the_project(tmp_path: Path, stack: str) -> None:
    (tmp_path / "Pulumi.yaml").write_text("name: restore-demo\n")

    assert ConfigFile.of(tmp_path, stack, "restore-demo").path == tmp_path / "Pulumi.dev.yaml"


def test_without_an_edit_the_copy_is_the_file(file: ConfigFile) -> None:
    assert text_after(file, {}) == WRITTEN


def test_an_edit_changes_its_key_and_nothing_else(file: ConfigFile) -> None:
    """Comments, quotes, order, other namespaces, secrets and the salt are the user's."""
    edited = text_after(file, {("activeTable",): "restored"})

    assert edited == WRITTEN.replace("activeTable: original", "activeTable: restored")


def test_a_key_is_removed_with_all_it_held(file: ConfigFile) -> None:
    edited = text_after(file, {("standbyTables",): None})

    assert "standbyTables" not in edited
    assert "    - restored\n" not in edited
    assert "hashKey: id" in edited


def test_removing_what_is_not_there_changes_nothing(file: ConfigFile) -> None:
    assert text_after(file, {("adoptTables",): None}) == WRITTEN


def test_a_tables_own_key_lands_in_its_entry(file: ConfigFile) -> None:
    edited = text_after(
        file,
        {
            ("tables", "restore-demo", "adoptTables"): ["restored"],
            ("tables", "restore-demo", "standbyTables"): [],
        },
    )

    own = "      adoptTables:\n        - restored\n      standbyTables: []\n"
    assert edited == WRITTEN + own


def test_an_empty_file_takes_a_first_key(tmp_path: Path) -> None:
    """`pulumi stack init` with a cloud backend leaves one without a salt."""
    path = tmp_path / "Pulumi.dev.yaml"
    path.write_text("")

    assert text_after(ConfigFile(path, "restore-demo"), {("activeTable",): "restored"}) == (
        "config:\n  restore-demo:activeTable: restored\n"
    )


def test_a_copy_is_no_more_than_a_copy(file: ConfigFile) -> None:
    """A preview of it must not be the stack's config for whoever updates meanwhile."""
    with file.edited({("activeTable",): "restored"}) as copy:
        assert file.path.read_text() == WRITTEN
        assert copy.name == file.path.name
    assert not copy.exists()
    assert not copy.parent.exists()


def test_a_copy_is_gone_when_its_preview_fails(file: ConfigFile) -> None:
    """It may hold a secret's ciphertext and the salt."""
    with pytest.raises(RuntimeError), file.edited({}) as copy:
        raise RuntimeError
    assert not copy.parent.exists()


def test_a_copy_put_in_place_leaves_nothing_beside(file: ConfigFile) -> None:
    with file.edited({("activeTable",): "restored"}) as copy:
        file.replace(copy)

    assert "activeTable: restored" in file.path.read_text()
    assert [each.name for each in file.path.parent.iterdir()] == ["Pulumi.dev.yaml"]


def test_a_reader_sees_the_old_file_or_the_new_one(
    file: ConfigFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed before the last step, the file is the old one, whole."""

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", killed)
    with (
        file.edited({("activeTable",): "restored"}) as copy,
        pytest.raises(KeyboardInterrupt),
    ):
        file.replace(copy)

    assert file.path.read_text() == WRITTEN


def test_a_linked_file_stays_a_link(tmp_path: Path) -> None:
    """Config that lives elsewhere is changed there."""
    (tmp_path / "Pulumi.yaml").write_text("name: restore-demo\n")
    (tmp_path / "shared.yaml").write_text(WRITTEN)
    (tmp_path / "Pulumi.dev.yaml").symlink_to("shared.yaml")
    file = ConfigFile.of(tmp_path, "dev", "restore-demo")

    with file.edited({("activeTable",): "restored"}) as copy:
        file.replace(copy)

    assert (tmp_path / "Pulumi.dev.yaml").is_symlink()
    assert "activeTable: restored" in (tmp_path / "shared.yaml").read_text()
