"""The stack config file: what an edit leaves alone, and how it is put in place."""

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from restore.engine.configfile import ConfigFile
from restore.model.errors import BlockedError, UsageError

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
    with file.edited(edits) as edited:
        return edited.copy.read_text()


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
    """A preview of it must not be the stack's config for anyone who updates meanwhile."""
    with file.edited({("activeTable",): "restored"}) as edited:
        copy = edited.copy
        assert file.path.read_text() == WRITTEN
        assert copy.name == file.path.name
    assert not copy.exists()
    assert not copy.parent.exists()


def test_a_copy_is_gone_when_its_preview_fails(file: ConfigFile) -> None:
    """It may hold a secret's ciphertext and the salt."""
    with pytest.raises(RuntimeError), file.edited({}) as edited:
        raise RuntimeError
    assert not edited.copy.parent.exists()


def test_a_copy_put_in_place_leaves_nothing_beside(file: ConfigFile) -> None:
    with file.edited({("activeTable",): "restored"}) as edited:
        file.replace(edited)

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
        file.edited({("activeTable",): "restored"}) as edited,
        pytest.raises(KeyboardInterrupt),
    ):
        file.replace(edited)

    assert file.path.read_text() == WRITTEN


def test_a_linked_file_stays_a_link(tmp_path: Path) -> None:
    """Config that lives elsewhere is changed there."""
    (tmp_path / "Pulumi.yaml").write_text("name: restore-demo\n")
    (tmp_path / "shared.yaml").write_text(WRITTEN)
    (tmp_path / "Pulumi.dev.yaml").symlink_to("shared.yaml")
    file = ConfigFile.of(tmp_path, "dev", "restore-demo")

    with file.edited({("activeTable",): "restored"}) as edited:
        file.replace(edited)

    assert (tmp_path / "Pulumi.dev.yaml").is_symlink()
    assert "activeTable: restored" in (tmp_path / "shared.yaml").read_text()


def test_a_missing_file_and_its_folder_are_made(tmp_path: Path) -> None:
    """Config that stands in Pulumi.yaml alone leaves a stack without a file."""
    (tmp_path / "Pulumi.yaml").write_text("name: shop\nstackConfigDir: stacks\n")
    file = ConfigFile.of(tmp_path, "dev", "shop")

    with file.edited({("activeTable",): "restored"}) as edited:
        file.replace(edited)

    assert file.path.read_text() == "config:\n  shop:activeTable: restored\n"


@pytest.mark.parametrize("other", ["config: {}\n", None, WRITTEN + "# a comment\n"])
def test_a_file_that_someone_changed_meanwhile_is_left_as_it_is(
    file: ConfigFile, other: str | None
) -> None:
    """An editor, or another runbook: the later rename must not win over what they wrote."""
    with file.edited({("activeTable",): "restored"}) as edited:
        if other is None:
            file.path.unlink()
        else:
            file.path.write_text(other)
        with pytest.raises(BlockedError, match="changed by someone else"):
            file.replace(edited)

    assert [each.name for each in file.path.parent.iterdir()] == ([file.path.name] if other else [])
    assert other is None or file.path.read_text() == other


def test_a_file_that_appeared_meanwhile_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "Pulumi.yaml").write_text("name: shop\n")
    file = ConfigFile.of(tmp_path, "dev", "shop")
    with file.edited({("activeTable",): "restored"}) as edited:
        file.path.write_text("config: {}\n")
        with pytest.raises(BlockedError):
            file.replace(edited)

    assert file.path.read_text() == "config: {}\n"


def test_the_files_permissions_are_kept(file: ConfigFile) -> None:
    file.path.chmod(0o640)
    with file.edited({("activeTable",): "restored"}) as edited:
        file.replace(edited)

    assert file.path.stat().st_mode & 0o777 == 0o640


def test_content_and_name_are_on_the_disk_before_the_update_goes_on(
    file: ConfigFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power failure must not leave an empty file beside a stack that has moved on."""
    synced: list[bool] = []
    monkeypatch.setattr("os.fsync", lambda fd: synced.append(stat.S_ISDIR(os.fstat(fd).st_mode)))
    with file.edited({("activeTable",): "restored"}) as edited:
        file.replace(edited)

    assert synced == [False, True]


def test_keys_are_found_where_they_stand(tmp_path: Path) -> None:
    """Pulumi.yaml takes a key with and without the namespace, and in three forms."""
    (tmp_path / "Pulumi.yaml").write_text(
        "name: shop\nconfig:\n  activeTable: original\n  shop:tables: {value: {}}\n"
        "  forgetTables: {type: array, default: []}\n  aws:region: us-east-1\n"
    )
    (tmp_path / "Pulumi.dev.yaml").write_text("config:\n  shop:activeTable: restored\n  a:b: c\n")

    places = ConfigFile.of(tmp_path, "dev", "shop").places()

    assert places.project == {"activeTable", "tables", "forgetTables"}
    assert places.file == {"activeTable"}
    assert places.inherited == {"tables", "forgetTables"}


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("config:\n<<<<<<< HEAD\n  a:b: c\n", "line 2", "a merge conflict that nobody"),
        ("config:\n  a:b: [1\n  c:d: e\n", "line 3", "no valid YAML"),
        ("config:\n  a:b: 1\n  a:b: 2\n", "line 3", "no valid YAML"),
        ("- a list\n", "Pulumi.dev.yaml", "it is no map"),
        ("a: 1\n---\nb: 2\n", "line 2", "no valid YAML"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_line(
    tmp_path: Path, text: str, where: str, what: str
) -> None:
    """The engine names neither the file nor, often, the right line."""
    (tmp_path / "Pulumi.yaml").write_text("name: shop\n")
    (tmp_path / "Pulumi.dev.yaml").write_text(text)

    with pytest.raises(UsageError) as refused:
        ConfigFile.of(tmp_path, "dev", "shop").places()

    assert "Pulumi.dev.yaml" in refused.value.wrong
    assert where in refused.value.wrong
    assert what in refused.value.wrong
    assert "Nothing was touched." in str(refused.value)


def test_a_file_is_missing_or_empty_or_neither(tmp_path: Path) -> None:
    (tmp_path / "Pulumi.yaml").write_text("name: shop\n")
    file = ConfigFile.of(tmp_path, "dev", "shop")
    missing = file.fault()
    file.path.write_text("# nothing\n")
    empty = file.fault()
    file.path.write_text("config: {}\n")

    assert (missing, empty) == (f"{file.shown} is missing", f"{file.shown} is empty")
    assert file.fault() is None


def test_what_cannot_be_edited_faithfully_is_refused(file: ConfigFile) -> None:
    """`tables` may be a text by mistake: then no key can be written into it."""
    file.path.write_text("config:\n  restore-demo:tables: [a]\n")

    with (
        pytest.raises(BlockedError, match="cannot be edited without changing more"),
        file.edited({("tables", "orders", "activeTable"): "restored"}),
    ):
        pass
