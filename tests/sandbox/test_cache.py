"""The cache folder: keys, the lock, and what an interruption leaves behind."""

import threading
from pathlib import Path

import pytest

from sandbox.engine.cache import cache_folder, fingerprint, locked, made_whole


def test_sandbox_cache_names_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SANDBOX_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path


def test_the_users_cache_folder_is_the_default(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("SANDBOX_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "restore-demo"


def test_a_change_of_a_source_changes_the_key(tmp_path: Path) -> None:
    """A stale binary under a new pin is the kind of wrong that nobody finds."""
    source = tmp_path / "go.mod"
    source.write_text("go 1.25")
    before = fingerprint([source], "1.0")
    source.write_text("go 1.26")
    assert fingerprint([source], "1.0") != before


def test_a_change_of_a_version_changes_the_key(tmp_path: Path) -> None:
    source = tmp_path / "go.mod"
    source.write_text("go 1.25")
    assert fingerprint([source], "1.0") != fingerprint([source], "1.1")


def test_the_place_of_the_sources_does_not_count(tmp_path: Path) -> None:
    """Two checkouts share one build."""
    keys = set()
    for checkout in ("one", "two"):
        (tmp_path / checkout).mkdir()
        (tmp_path / checkout / "main.go").write_text("package main")
        keys.add(fingerprint([tmp_path / checkout / "main.go"]))
    assert len(keys) == 1


def test_text_moved_from_one_file_to_another_changes_the_key(tmp_path: Path) -> None:
    first, second = tmp_path / "a.go", tmp_path / "b.go"
    first.write_text("xy")
    second.write_text("")
    before = fingerprint([first, second])
    first.write_text("x")
    second.write_text("y")
    assert fingerprint([first, second]) != before


def test_what_was_interrupted_is_not_taken_for_finished(tmp_path: Path) -> None:
    target = tmp_path / "engine"

    def interrupted() -> None:
        with made_whole(target) as draft:
            (draft / "pulumi").write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert not target.exists()
    with made_whole(target) as draft:
        assert not list(draft.iterdir())
        (draft / "pulumi").write_text("whole")
    assert (target / "pulumi").read_text() == "whole"


def test_a_second_build_waits_for_the_first_and_says_so(tmp_path: Path) -> None:
    said = threading.Event()
    done = threading.Event()

    def second() -> None:
        with locked(tmp_path, lambda _: said.set()):
            done.set()

    thread = threading.Thread(target=second)
    with locked(tmp_path, lambda _: None):
        thread.start()
        assert said.wait(60)
        assert not done.is_set()
    thread.join(60)
    assert done.is_set()
