"""What the sandbox keeps to itself: no listener beyond this machine, no file outside."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.engine.world import CHECKOUT, World

LISTEN = "0A"
LOOPBACK = "0100007F"
LOOPBACK_IN_SIX = "0000000000000000FFFF00000100007F"


def listeners(pids: set[int]) -> set[str]:
    """Local addresses, in the kernel's hexadecimal, on which these processes listen."""
    sockets = set()
    for pid in pids:
        for link in Path(f"/proc/{pid}/fd").glob("*"):
            try:
                sockets.add(str(link.readlink()))
            except OSError:  # closed, or its process has ended, while we look
                continue
    rows = [
        line.split()
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]
    ]
    return {
        row[1].partition(":")[0]
        for row in rows
        if row[3] == LISTEN and f"socket:[{row[9]}]" in sockets
    }


def session_of(leader: int) -> set[int]:
    """The processes of the session that `leader` leads."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended while we look
            continue
        if int(fields[3]) == leader:
            found.add(int(stat.parent.name))
    return found


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="reads Linux's /proc")
def test_an_update_listens_on_this_machine_alone(world: World) -> None:
    """The engine, the language host, the provider and the emulator all serve over TCP."""
    engine = subprocess.Popen(
        ["pulumi", "up", "--yes", "--skip-preview", "--non-interactive"],  # noqa: S607 - the sandbox's
        cwd=world.project,
        env={**world.env, "PYTHONPATH": str(CHECKOUT)},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    seen: set[str] = set()
    while engine.poll() is None:
        seen |= listeners(session_of(engine.pid) | {world.emulator_pid})
        time.sleep(0.05)
    assert engine.returncode == 0
    assert seen, "an update without a listener cannot be"
    assert seen <= {LOOPBACK, LOOPBACK_IN_SIX}


def test_nothing_is_written_to_the_home_folder(world: World, tmp_path: Path) -> None:
    """A user's own ~/.pulumi and ~/.aws must never know that a sandbox was there."""
    home = tmp_path / "home"
    home.mkdir()
    env = {**world.env, "HOME": str(home), "PYTHONPATH": str(CHECKOUT)}
    for command in (
        ["pulumi", "up", "--yes", "--skip-preview", "--non-interactive"],
        [sys.executable, "-m", "restore", "status"],
        ["pulumi", "preview", "--refresh", "--expect-no-changes", "--non-interactive"],
    ):
        done = subprocess.run(
            command, cwd=world.project, env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
    assert [str(path.relative_to(home)) for path in home.rglob("*")] == []
