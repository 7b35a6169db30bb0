"""The emulator's process: started on its own, known again by its command line."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]
MODULE = "sandbox.emulator"
SECONDS_TO_START = 60
SECONDS_TO_STOP = 10
PORTS_TO_TRY = 3
SECONDS_BETWEEN_LOOKS = 0.05


class SandboxError(Exception):
    """The sandbox cannot do what was asked; the message says what fixes it."""


def start(port: int, options: list[str], log: Path) -> subprocess.Popen[bytes]:
    """Start the emulator on 127.0.0.1 and wait until it answers."""
    if not is_free(port):
        raise SandboxError(
            f"Port {port} is in use by another program. Nothing was started. "
            "Run `python -m sandbox start` without --port to take a free one."
        )
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", MODULE, "--port", str(port), *options],
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            # Ctrl-C in the shell that started it is not meant for it.
            start_new_session=True,
        )
    deadline = time.monotonic() + SECONDS_TO_START
    # Anyone who answers may be another emulator that took the port a moment before.
    while pid_on(port) != process.pid:
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            process.wait()
            raise SandboxError(
                f"The emulator did not start. No sandbox is running. See {log} for the reason."
            )
        time.sleep(SECONDS_BETWEEN_LOOKS)
    return process


def stop(pid: int, port: int) -> bool:
    """End the emulator; False where that process is gone or is none of ours."""
    if not is_ours(pid, port):
        return False
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + SECONDS_TO_STOP
    while is_ours(pid, port):
        if time.monotonic() > deadline:
            os.kill(pid, signal.SIGKILL)
            break
        time.sleep(SECONDS_BETWEEN_LOOKS)
    return True


def is_ours(pid: int, port: int) -> bool:
    """Whether `pid` is the emulator on `port`: after a reboot it may be any program."""
    return f"{MODULE} --port {port}" in command_line(pid)


def command_line(pid: int) -> str:
    """The words of a process, empty where there is none."""
    if Path("/proc/self").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        except (FileNotFoundError, ProcessLookupError):
            return ""
    return subprocess.run(
        ["ps", "-ww", "-o", "args=", "-p", str(pid)],  # noqa: S607 - where the system keeps it
        capture_output=True,
        text=True,
        check=False,
    ).stdout


def start_anywhere(options: list[str], log: Path) -> tuple[subprocess.Popen[bytes], int]:
    """Start the emulator on a free port, and on another one where that is taken meanwhile."""
    ports = [free_port() for _ in range(PORTS_TO_TRY)]
    while True:
        port = ports.pop()
        try:
            return start(port, options, log), port
        except SandboxError:
            if not ports:
                raise


def answers(port: int) -> bool:
    """Whether an emulator on `port` is up."""
    return pid_on(port) is not None


def pid_on(port: int) -> int | None:
    """The process id of the emulator that answers on `port`, None where none does."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sandbox/process", timeout=5) as said:
            return int(json.load(said)["pid"])
    except (urllib.error.URLError, ConnectionError, TimeoutError, ValueError, KeyError):
        return None


def free_port() -> int:
    """A port that nothing listens on just now."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def is_free(port: int) -> bool:
    """Whether the port can be bound on 127.0.0.1."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True
