"""The go client: which one is used, what is said without it, and where it may write."""

import sys
from pathlib import Path

import pytest
from semver import VersionInfo

from sandbox.engine.errors import EngineError
from sandbox.engine.go import Count, Go, find_go, go_version
from sandbox.engine.progress import Task

NEEDED = VersionInfo(1, 25, 11)


def fake_go(folder: Path, script: str) -> str:
    command = folder / "go"
    command.write_text(f"#!/bin/sh\n{script}\n")
    command.chmod(0o755)
    return str(command)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        pytest.param("go version go1.26.8 linux/amd64", (1, 26, 8), id="a release"),
        pytest.param("go version go1.26 darwin/arm64", (1, 26, 0), id="a first release"),
        pytest.param("go version go1.27rc1 linux/amd64", (1, 27, 0), id="a candidate"),
        pytest.param("module x\n\ngo 1.25.11\n", (1, 25, 11), id="a go.mod"),
    ],
)
def test_a_version_is_read_as_go_writes_it(said: str, found: tuple[int, int, int]) -> None:
    assert go_version(said).to_tuple()[:3] == found


def test_without_go_the_error_names_both_ways_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EngineError) as error:
        find_go(tmp_path, NEEDED)
    assert "Go 1.25.11 or newer" in str(error.value)
    assert "https://go.dev/dl/" in str(error.value)
    assert "https://www.pulumi.com/docs/install/" in str(error.value)


def test_a_go_that_is_too_old_is_refused_with_both_versions(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It would fail after minutes, in words about toolchains."""
    fake_go(tmp_path, "echo go version go1.24.3 linux/amd64")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EngineError, match=r"is Go 1\.24\.3, too old .* Go 1\.25\.11 or newer"):
        find_go(tmp_path, NEEDED)


def test_a_go_that_is_recent_enough_is_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    command = fake_go(tmp_path, "echo go version go1.25.11 linux/amd64")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_go(tmp_path, NEEDED).command == command


def test_every_folder_that_go_writes_to_is_in_the_cache(tmp_path: Path) -> None:
    env = Go("go", tmp_path).environment()
    for name in ("GOPATH", "GOMODCACHE", "GOCACHE", "XDG_CONFIG_HOME"):
        assert Path(env[name]).is_relative_to(tmp_path), name


def test_the_users_proxy_and_checksum_database_stay(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GOPROXY", "https://proxy.example")
    monkeypatch.delenv("GOENV", raising=False)
    monkeypatch.delenv("GONOSUMDB", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(sys, "platform", "linux")
    env = Go("go", tmp_path / "cache").environment()
    assert env["GOPROXY"] == "https://proxy.example"
    assert env["GOENV"] == str(tmp_path / "config" / "go" / "env")
    assert "GONOSUMDB" not in env


def test_progress_counts_modules_then_packages() -> None:
    count = Count()
    assert count.after("go: downloading github.com/x/y v1.0.0\n") == "1 modules downloaded"
    assert count.after("github.com/x/y\n") == "1 packages compiled"
    assert count.after("# github.com/x/y\n") == "1 packages compiled"


def test_a_failed_build_shows_gos_last_lines_and_keeps_the_log(tmp_path: Path) -> None:
    command = fake_go(tmp_path, "echo main.go:1: undefined: x >&2; exit 2")
    log = tmp_path / "logs" / "build.log"
    with pytest.raises(EngineError) as error:
        Go(command, tmp_path).run(["build"], tmp_path, Task("the provider"), log)
    assert "Building the provider failed: go build ended with 2." in str(error.value)
    assert "main.go:1: undefined: x" in str(error.value)
    assert str(log) in str(error.value)
    assert log.read_text() == "main.go:1: undefined: x\n"
