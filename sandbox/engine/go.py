"""The ordinary `go` client, kept from writing anywhere but into the cache folder."""

import os
import re
import shutil
import subprocess
import sys
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from semver import VersionInfo

from sandbox.engine.errors import EngineError
from sandbox.engine.progress import Task

LINES_OF_AN_ERROR = 20


@dataclass(frozen=True)
class Go:
    """A go command and the folder that takes all its caches."""

    command: str
    caches: Path

    def environment(self) -> dict[str, str]:
        """The user's settings for go (proxy, checksum database), with our folders.

        Go keeps counters in the user's configuration folder, and no setting moves them but
        that folder itself; its `go/env` is named so that a proxy set there still counts.
        """
        config = str(self.caches / "config")
        home = {"HOME": config} if sys.platform == "darwin" else {}
        return {
            **os.environ,
            **home,
            "XDG_CONFIG_HOME": config,
            "GOENV": os.environ.get("GOENV") or str(_user_config() / "go/env"),
            "GOPATH": str(self.caches / "path"),
            "GOMODCACHE": str(self.caches / "modules"),
            "GOCACHE": str(self.caches / "build"),
            "GOTOOLCHAIN": "local",
            "GOFLAGS": "-modcacherw -mod=readonly -buildvcs=false",
            "GOWORK": "off",
            # Both linkers together stay under 4 GB, and no C compiler is asked for. A lazier
            # collector saves a quarter of the time.
            "CGO_ENABLED": "0",
            "GOGC": "400",
        }

    def run(self, arguments: list[str], folder: Path, task: Task, log: Path) -> str:
        """Run go in `folder`, tell `task` how far it is and return its stdout.

        What go says is kept in `log`. EngineError ends with the last lines of it.
        """
        last: deque[str] = deque(maxlen=LINES_OF_AN_ERROR)
        log.parent.mkdir(parents=True, exist_ok=True)
        with (
            log.open("a") as kept,
            subprocess.Popen(
                [self.command, *arguments],
                cwd=folder,
                env=self.environment(),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            ) as process,
        ):
            count = Count()
            for line in process.stderr or []:
                kept.write(line)
                last.append(line.rstrip())
                task.detail = count.after(line)
            answer = process.stdout.read() if process.stdout else ""
        if process.returncode:
            said = "\n".join(last)
            raise EngineError(
                f"Building {task.name} failed: go {arguments[0]} ended with "
                f"{process.returncode}. Nothing was replaced, and what was built so far is kept. "
                f"The log is {log}; run `python -m sandbox start` again to carry on.\n{said}"
            )
        return answer


@dataclass
class Count:
    """How far go is, from the lines that it writes."""

    modules: int = 0
    packages: int = 0

    def after(self, line: str) -> str:
        if line.startswith("go: downloading "):
            self.modules += 1
        elif re.fullmatch(r"[\w./~-]+\n?", line):
            self.packages += 1
        if self.packages:
            return f"{self.packages} packages compiled"
        return f"{self.modules} modules downloaded"


def find_go(caches: Path, needed: VersionInfo) -> Go:
    """The go command on PATH; EngineError says what to install where it is missing or old."""
    command = shutil.which("go")
    fix = (
        "Nothing was changed. Install Go from https://go.dev/dl/, or install pulumi with its AWS "
        "plugin (https://www.pulumi.com/docs/install/), and run `python -m sandbox start` again."
    )
    if command is None:
        raise EngineError(
            "The engine could not be downloaded, and Go, with which it could be built, is not "
            f"on PATH: Go {needed} or newer is needed. {fix}"
        )
    go = Go(command, caches)
    said = subprocess.run(
        [command, "version"], env=go.environment(), capture_output=True, text=True, check=True
    ).stdout
    found = go_version(said)
    if found < needed:
        raise EngineError(
            f"The engine could not be downloaded, and {command} is Go {found}, too old to build "
            f"it: Go {needed} or newer is needed. {fix}"
        )
    return go


def go_version(said: str) -> VersionInfo:
    """The version in what `go version` or a go.mod says: `go1.26`, `go 1.25.11`, `go1.27rc1`."""
    found = re.search(r"\bgo ?(\d+)\.(\d+)(?:\.(\d+))?", said)
    if found is None:
        raise EngineError(
            f"`go version` answered {said!r}, which names no version. Nothing was changed. "
            "Install Go from https://go.dev/dl/."
        )
    return VersionInfo(*(int(part or 0) for part in found.groups()))


def _user_config() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library/Application Support"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
