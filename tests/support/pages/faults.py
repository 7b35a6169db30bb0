"""What goes wrong in the scenes of a page: `python -m tests.support.pages.faults FAULT …`.

A reader would not type these; an incident brings them. They need a sandbox in the environment.
"""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

_PATIENCE_SECONDS = 120.0
_LOG = Path(".restore/fault.log")


def kill(action: str, *command: str) -> None:
    """Runs the command and kills it, with all that it started, once AWS has done `action`."""
    running = _held(action, "after", command)
    # Plugins have process groups of their own, and the session in common.
    subprocess.run(["pkill", "-KILL", "-s", str(running.pid)], check=True)  # noqa: S607 - procps
    running.wait()
    tell("DELETE", "/sandbox/hold")


def slow(action: str, seconds: str, *command: str) -> None:
    """Runs the command beside whatever comes next; `action` takes that long."""
    _held(action, "before", command)
    let_go = f"import time; time.sleep({float(seconds)}); from tests.support.pages import faults; "
    _beside(sys.executable, "-c", f"{let_go}faults.tell('DELETE', '/sandbox/hold')")


def failing(action: str, code: str, status: str, message: str) -> None:
    """Every call of `action` from now on ends with that error."""
    fault = {"action": action, "code": code, "status": int(status), "message": message}
    tell("PUT", "/sandbox/faults", {**fault, "times": None})


def well() -> None:
    """AWS answers again as it should."""
    tell("DELETE", "/sandbox/faults")


def restores_end(status: str) -> None:
    """Restores that start from now on end as this."""
    tell("PUT", "/sandbox/settings", {"restore_ends": status})


def _held(action: str, moment: str, command: tuple[str, ...]) -> "subprocess.Popen[bytes]":
    tell("PUT", "/sandbox/hold", {"action": action, "moment": moment})
    running = _beside(*command)
    give_up = time.monotonic() + _PATIENCE_SECONDS
    while not tell("GET", "/sandbox/hold")["held"]:
        if running.poll() is not None or time.monotonic() > give_up:
            sys.exit(f"{action} was never called:\n{_LOG.read_text()}")
        time.sleep(0.05)
    return running


def _beside(*command: str) -> "subprocess.Popen[bytes]":
    """A process in a session of its own; what it prints is for anyone who looks for a mistake."""
    with _LOG.open("ab") as log:
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )


def tell(method: str, path: str, body: dict[str, object] | None = None) -> dict[str, object]:
    """Asks the sandbox's emulator for something (sandbox/emulator/control.py)."""
    url = os.environ["AWS_ENDPOINT_URL"] + path
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, method=method)  # noqa: S310 - 127.0.0.1
    with urllib.request.urlopen(request) as answer:  # noqa: S310 - 127.0.0.1
        answered: dict[str, object] = json.loads(answer.read())
    return answered


FAULTS: dict[str, Callable[..., None]] = {
    "kill": kill,
    "slow": slow,
    "failing": failing,
    "well": well,
    "restores-end": restores_end,
}

if __name__ == "__main__":
    FAULTS[sys.argv[1]](*sys.argv[2:])
