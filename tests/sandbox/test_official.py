"""Which official engine counts: on PATH, or in the cache. Downloads are not exercised here."""

import os
from pathlib import Path

import pytest

from sandbox.engine import official, versions


def folder_with(root: Path, version: str, *, host: bool = True) -> Path:
    folder = root / "bin"
    folder.mkdir(parents=True)
    names = ["pulumi", official.HOST] if host else ["pulumi"]
    for name in names:
        (folder / name).write_text(f"#!/bin/sh\necho {version}\n")
        (folder / name).chmod(0o755)
    return folder


def test_a_recent_cli_with_its_host_is_used(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "v3.252.0")
    assert official.installed_cli(str(folder)) == folder / "pulumi"


@pytest.mark.parametrize("version", ["v3.251.9", "v3.252.0-alpha.1", "unknown"])
def test_a_cli_that_is_too_old_is_not_used(tmp_path: Path, version: str) -> None:
    """Before 3.252 an imported resource could be deleted by the next update."""
    assert official.installed_cli(str(folder_with(tmp_path, version))) is None


def test_a_cli_without_its_language_host_is_not_used(tmp_path: Path) -> None:
    """It cannot run a Python program."""
    assert official.installed_cli(str(folder_with(tmp_path, "v3.259.0", host=False))) is None


def test_a_sandboxs_own_cli_on_path_is_not_taken_for_the_official_one(tmp_path: Path) -> None:
    """A shell with a sandbox's environment starts another one all the time."""
    ours = folder_with(tmp_path / "home", "v3.259.0")
    (tmp_path / "home" / official.MARK).write_text("{}")
    theirs = folder_with(tmp_path / "usr", "v3.260.0")
    path = os.pathsep.join([str(ours), str(theirs)])
    assert official.installed_cli(path) == theirs / "pulumi"
    assert official.installed_cli(str(ours)) is None


def test_nothing_on_path_is_nothing(tmp_path: Path) -> None:
    assert official.installed_cli(f"{tmp_path}{os.pathsep}") is None


def test_what_was_downloaded_once_is_used_without_a_network(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "official" / f"pulumi-{versions.PULUMI}", versions.PULUMI)
    home = tmp_path / "plugins"
    home.mkdir()
    assert official.downloaded_cli(tmp_path, online=False) == folder / "pulumi"
    assert official.plugin_home(folder / "pulumi", home, online=False)


def test_without_a_network_nothing_is_downloaded(tmp_path: Path) -> None:
    assert official.downloaded_cli(tmp_path, online=False) is None
    assert not official.plugin_home(tmp_path / "pulumi", tmp_path / "plugins", online=False)
    assert not list(tmp_path.iterdir())


def test_a_plugin_that_cannot_be_downloaded_leaves_no_home(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A half-made one would be taken for whole at the next start."""
    command = tmp_path / "pulumi"
    command.write_text("#!/bin/sh\necho error: 403 HTTP error >&2\nexit 255\n")
    command.chmod(0o755)
    assert not official.plugin_home(command, tmp_path / "plugins", online=True)
    assert not (tmp_path / "plugins").exists()
    assert "403 HTTP error" in capsys.readouterr().err
