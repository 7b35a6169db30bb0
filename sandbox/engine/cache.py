"""The folder outside the checkout in which builds and downloads are kept for all sandboxes."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sandbox.engine.progress import Say


def cache_folder() -> Path:
    """SANDBOX_CACHE, or `restore-demo` in the user's cache folder."""
    if named := os.environ.get("SANDBOX_CACHE"):
        return Path(named).absolute()
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "restore-demo"


def fingerprint(files: Iterable[Path], *facts: str) -> str:
    """A short name for what goes into a build: the files' names and content, and the facts."""
    digest = hashlib.sha256()
    for path in sorted(files, key=lambda path: path.name):
        digest.update(f"{path.name}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    digest.update("\0".join(facts).encode())
    return digest.hexdigest()[:16]


@contextmanager
def locked(cache: Path, say: Say) -> Iterator[None]:
    """Hold the cache for writing; the system lets go of it when this process ends."""
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another sandbox is preparing the engine; waiting for it.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def made_whole(target: Path) -> Iterator[Path]:
    """A folder to fill that becomes `target` at the end, or is made again the next time."""
    draft = target.with_name(f"{target.name}.partial")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    yield draft
    draft.rename(target)
