"""The locks of a stack, and the processes that made them, as far as this machine can see."""

import json
import shlex
import socket
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import psutil

from restore.engine.lock import Lock, Sight
from restore.model.errors import RestoreError

_PROC = Path("/proc")
_FIRST_PID_NAMESPACE = "pid:[4026531836]"
"""PID_NS_INIT_INO of linux/nsfs.h. Who is in it sees the processes of every container."""
_OF_ONE_MACHINE = frozenset({"btrfs", "ext2", "ext3", "ext4", "f2fs", "overlay", "tmpfs", "xfs"})
"""File systems that no other machine writes to. (A network's or a virtual machine's is none.)"""


def sight_of(lock: Lock) -> Sight:
    """What can be seen from here of the process that `lock` names."""
    began, is_ours = _process(lock.pid)
    namespaced = _numbers()
    return Sight(
        host=socket.gethostname(),
        began=began,
        is_ours=is_ours,
        others=any(lock.pid in below for below in namespaced or ()),
        is_whole=namespaced is not None and _is_on_this_machine(file_of(lock)),
    )


def exists(lock: Lock) -> bool:
    """Whether the lock is held, as far as a look at its file can tell."""
    file = file_of(lock)
    return file is None or file.exists()


def file_of(lock: Lock) -> Path | None:
    """Its file, where the backend is a folder."""
    parts = urlsplit(lock.where)
    return Path(url2pathname(parts.path)) if parts.scheme == "file" else None


def locks_below(backend: str, project: str, stack: str) -> tuple[Lock, ...]:
    """The locks of a stack in a backend that is a folder; none of any other backend.

    Args:
        backend: Its address, as `pulumi whoami --json` has it.
        project: The project's name.
        stack: The stack's name, with or without its organization.
    """
    parts = urlsplit(backend)
    if parts.scheme != "file":
        return ()
    short = stack.rpartition("/")[2]
    folder = Path(url2pathname(parts.path)) / ".pulumi" / "locks" / "organization" / project / short
    return tuple(_read(folder.glob("*.json")))


def _read(files: Iterable[Path]) -> Iterator[Lock]:
    for file in sorted(files):
        # It may be removed, or half written, while we look.
        with suppress(OSError, ValueError, KeyError, TypeError):
            said = json.loads(file.read_text())
            made = datetime.fromisoformat(said["timestamp"]).astimezone(UTC)
            since = made.strftime("%Y-%m-%dT%H:%M:%SZ")
            yield Lock(said["username"], said["hostname"], said["pid"], since, file.as_uri())


def _process(pid: int) -> tuple[datetime | None, bool]:
    """When the process began, None where there is none; and whether it is us or above us."""
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:  # it has ended, and nobody has asked how
            return None, False
        began = datetime.fromtimestamp(process.create_time(), UTC)
    except psutil.NoSuchProcess:
        return None, False
    except psutil.Error:
        return datetime.now(UTC), False
    us = psutil.Process()
    return began, pid in {us.pid, *(each.pid for each in us.parents())}


def _numbers() -> list[tuple[int, ...]] | None:
    """The ids of each process in the pid namespaces below ours; None where not all are seen."""
    try:
        if str((_PROC / "self/ns/pid").readlink()) != _FIRST_PID_NAMESPACE:
            return None
        # A /proc that hides the processes of others (hidepid) hides the first one, too.
        _ids(_PROC / "1/status")
    except (OSError, ValueError):
        return None
    found = []
    for folder in _PROC.iterdir():
        if folder.name.isdecimal():
            with suppress(FileNotFoundError, ProcessLookupError):  # it has ended
                found.append(_ids(folder / "status")[1:])
    return found


def _ids(status: Path) -> tuple[int, ...]:
    """A process's ids, from the namespace of this /proc to its own (`NSpid` in proc(5))."""
    for line in status.read_text(errors="replace").splitlines():
        name, _, ids = line.partition(":")
        if name == "NSpid":
            return tuple(map(int, ids.split()))
    raise ValueError(f"no NSpid in {status}")


def _is_on_this_machine(file: Path | None) -> bool:
    if file is None:
        return False
    mounted = {
        each.mountpoint: each.fstype for each in psutil.disk_partitions(all=True)
    }  # of several mounts over one another the last one counts
    real = file.resolve()
    holding = next((str(each) for each in real.parents if str(each) in mounted), None)
    return holding is not None and mounted[holding] in _OF_ONE_MACHINE


def removed(locks: Sequence[Lock]) -> bool:
    """Removes the files of these locks; whether that removes all of them.

    Raises:
        RestoreError: a file cannot be removed.
    """
    files = [file_of(lock) for lock in locks]
    try:
        for file in files:
            if file is not None:
                file.unlink(missing_ok=True)
    except OSError as error:
        named = shlex.join(str(file) for file in files if file is not None)
        raise RestoreError(
            f"The lock could not be removed: {error}.",
            "The stack was not touched.",
            f"as a user who may write there: rm -f -- {named}; then the same command",
        ) from None
    return bool(files) and None not in files
