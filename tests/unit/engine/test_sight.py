"""What this machine shows of the process that a lock names."""

import json
import os
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from restore.engine import sight as locks
from restore.engine.lock import Lock
from restore.engine.sight import exists, file_of, locks_below, sight_of


def lock(pid: int, file: Path) -> Lock:
    return Lock("ann", socket.gethostname(), pid, "2026-01-31T14:02:00Z", file.as_uri())


def test_a_process_that_works_is_seen_by_its_number_whatever_its_name(tmp_path: Path) -> None:
    """NixOS wraps the engine as `.pulumi-wrapped`."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        seen = sight_of(lock(process.pid, tmp_path / "x.json"))
        assert seen.began is not None
        assert abs(seen.began - datetime.now(UTC)) < timedelta(minutes=1)
        assert not seen.is_ours
        process.kill()
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        # It has ended and was not asked yet how: a container's first process may never do that.
        assert sight_of(lock(process.pid, tmp_path / "x.json")).began is None
    assert sight_of(lock(process.pid, tmp_path / "x.json")).began is None


def test_this_call_and_what_started_it_hold_no_lock(tmp_path: Path) -> None:
    for pid in (os.getpid(), os.getppid()):
        assert sight_of(lock(pid, tmp_path / "x.json")).is_ours


def test_a_container_or_a_hidden_proc_shows_no_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Absence of evidence is no evidence of death."""
    (tmp_path / "self/ns").mkdir(parents=True)
    (tmp_path / "self/ns/pid").symlink_to("pid:[4026531836]")
    (tmp_path / "1").mkdir()
    monkeypatch.setattr(locks, "_PROC", tmp_path)
    monkeypatch.setattr(locks, "_is_on_this_machine", lambda _: True)
    assert not sight_of(lock(0x3FFFFF, tmp_path)).is_whole
    (tmp_path / "1/status").write_text("Name:\tinit\n")
    assert not sight_of(lock(0x3FFFFF, tmp_path)).is_whole
    (tmp_path / "1/status").write_text("Name:\tinit\nNSpid:\t1\n")
    assert sight_of(lock(0x3FFFFF, tmp_path)).is_whole
    (tmp_path / "7").mkdir()
    (tmp_path / "7/status").write_text("Name:\tx\nNSpid:\t7\t41\n")
    (tmp_path / "8").mkdir()
    assert sight_of(lock(41, tmp_path)).others
    assert not sight_of(lock(7, tmp_path)).others
    (tmp_path / "self/ns/pid").unlink()
    (tmp_path / "self/ns/pid").symlink_to("pid:[4026532200]")
    assert not sight_of(lock(0x3FFFFF, tmp_path)).is_whole


def test_a_backend_that_is_no_folder_is_not_on_this_machine_alone() -> None:
    remote = Lock("ann", socket.gethostname(), 0x3FFFFF, "", "s3://backend/x.json")
    assert file_of(remote) is None
    assert exists(remote)
    assert not sight_of(remote).is_whole


def test_the_locks_of_a_folder_are_read_and_a_torn_one_is_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / ".pulumi/locks/organization/shop/prod"
    folder.mkdir(parents=True)
    said = {"pid": 41, "username": "ann", "hostname": "ops-1"}
    (folder / "a b.json").write_text(
        json.dumps({**said, "timestamp": "2026-11-28T10:45:40.881503857Z"})
    )
    (folder / "torn.json").write_text('{"pid": 4')
    (found,) = locks_below(tmp_path.as_uri(), "shop", "organization/shop/prod")
    assert (found.user, found.host, found.pid) == ("ann", "ops-1", 41)
    assert found.since == "2026-11-28T10:45:40Z"
    assert file_of(found) == folder / "a b.json"
    assert exists(found)
    assert locks_below("s3://bucket", "shop", "prod") == ()
    assert locks_below(tmp_path.as_uri(), "shop", "test") == ()
