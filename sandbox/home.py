"""One sandbox: the folder that holds its engine, its backend, its logs and its emulator's pid."""

import json
import os
import shutil
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from sandbox import environment, process
from sandbox.engine.prepare import Engine, prepare
from sandbox.process import SandboxError


@dataclass(frozen=True)
class Running:
    """A started emulator, as `sandbox.json` keeps it."""

    pid: int
    port: int
    restore_seconds: float
    lag_seconds: float
    engine: Engine


def default_home() -> Path:
    """SANDBOX_HOME, or `.sandbox` in the checkout."""
    named = os.environ.get("SANDBOX_HOME")
    return Path(named) if named else process.CHECKOUT / ".sandbox"


class Sandbox:
    """An engine and an AWS on this machine, kept in one folder."""

    def __init__(self, home: Path | None = None) -> None:
        """Name the sandbox in `home`; nothing is started yet."""
        self.home = (home or default_home()).absolute()
        self._record = self.home / "sandbox.json"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Start it, unless that was done."""
        if self.running() is None:
            self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the emulator; the folder stays."""
        self.stop()

    def start(
        self, port: int | None = None, restore_seconds: float = 3, lag_seconds: float = 0
    ) -> Running:
        """Prepare the engine and start the emulator, empty, with an empty backend.

        A new AWS knows nothing of what an old backend says exists, so that is removed.
        EngineError and SandboxError say what is missing.
        """
        if self.running() is not None:
            raise SandboxError(
                f"A sandbox is running in {self.home} already. It was left alone. "
                "Run `python -m sandbox stop` first."
            )
        engine = prepare(self.home)
        backend = self.home / "backend"
        shutil.rmtree(backend, ignore_errors=True)
        backend.mkdir()
        options = [f"--restore-seconds={restore_seconds}", f"--lag-seconds={lag_seconds}"]
        log = self.home / "logs" / "emulator.log"
        if port is None:
            self._process, port = process.start_anywhere(options, log)
        else:
            self._process = process.start(port, options, log)
        running = Running(self._process.pid, port, restore_seconds, lag_seconds, engine)
        self._record.write_text(json.dumps(asdict(running), indent=2))
        return running

    def has_backend(self) -> bool:
        """Whether an earlier start has left one."""
        return (self.home / "backend").exists()

    def running(self) -> Running | None:
        """What runs in this folder; None where nothing does."""
        try:
            kept = json.loads(self._record.read_text())
        except FileNotFoundError:
            return None
        running = Running(**kept | {"engine": Engine(**kept["engine"])})
        return running if process.is_ours(running.pid, running.port) else None

    def stop(self) -> bool:
        """End the emulator; False where none was running."""
        running = self.running()
        stopped = running is not None and process.stop(running.pid, running.port)
        if self._process is not None:
            self._process.wait()
            self._process = None
        self._record.unlink(missing_ok=True)
        return stopped

    def settings(self) -> dict[str, str]:
        """Only the variables that the sandbox sets; SandboxError where none is running."""
        running = self.running()
        if running is None:
            raise SandboxError(
                f"No sandbox is running in {self.home}. Nothing was set. "
                "Run `python -m sandbox start` first."
            )
        return environment.settings(self.home, running.port, running.engine.bin, os.environ)

    def env(self) -> dict[str, str]:
        """A whole environment for a subprocess, without any real credential."""
        return environment.complete(self.settings(), os.environ)
