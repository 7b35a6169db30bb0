"""The audit log: one line for each decision and each effect of a call. Nobody reads it back.

It lies in the project's folder. A log that cannot be written stops nothing, and is said once.
"""

import json
import os
import pwd
import shlex
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

LOG = Path(".restore", "audit.jsonl")
"""Below the folder with Pulumi.yaml; `.gitignore` keeps it out of git."""

Event = Literal["decided", "began", "did", "failed", "ended"]


class Audit:
    """The log of one call.

    Args:
        project: The folder with Pulumi.yaml; None, or a folder without one, keeps no log.
        verb: The verb.
        arguments: What the command line says.
        warn: Tells a person that the log cannot be written.

    Attributes:
        stack: The stack, once it is known.
    """

    def __init__(
        self,
        project: Path | None,
        verb: str,
        arguments: Mapping[str, Any],
        warn: Callable[[str], None],
    ) -> None:
        known = project is not None and (project / "Pulumi.yaml").is_file()
        self._path = project / LOG if project is not None and known else None
        self._call = {"pid": os.getpid(), "host": socket.gethostname(), "user": _user()}
        self._call |= {"verb": verb, "arguments": arguments}
        self._warn = warn
        self._warned = False
        self.stack: str | None = None

    def note(self, event: Event, what: str, table: str | None = None, **more: Any) -> None:
        """One line."""
        self._append(self._line(event, what, table, more))

    @contextmanager
    def effect(self, what: str, table: str | None = None) -> Iterator[None]:
        """What the block changes: its begin is on the disk before anything is done."""
        self._append(self._line("began", what, table, {}), durably=True)
        try:
            yield
        except BaseException as error:
            self.note("failed", f"{what}: {_words(error)}", table)
            raise
        self.note("did", what, table)

    @contextmanager
    def call(self) -> Iterator[None]:
        """The whole verb. An error that nobody expected, and Ctrl-C, are noted on their way."""
        self.note("began", str(self._call["verb"]))
        try:
            yield
        except BaseException as error:
            self.note("failed", _words(error))
            self.note("ended", "failed", exit=1)
            raise

    def _line(
        self, event: Event, what: str, table: str | None, more: Mapping[str, Any]
    ) -> dict[str, Any]:
        now = datetime.now(UTC).isoformat()
        about = {"stack": self.stack, "table": table, "event": event, "what": what}
        return {"time": now, **self._call, **about, **more}

    def _append(self, line: Mapping[str, Any], *, durably: bool = False) -> None:
        if self._path is None:
            return
        try:
            _append(self._path, json.dumps(line, default=str).encode() + b"\n", durably=durably)
        except OSError as error:
            if not self._warned:
                self._warned = True
                self._warn(
                    f"The audit log {self._path} cannot be written: {error.strerror or error}."
                    f" Nothing was stopped for it.\n  fix: let {_user()} write to it: ls -ld"
                    f" {shlex.join(_ways_to(self._path))}"
                )


def _append(path: Path, line: bytes, *, durably: bool) -> None:
    """In one write to the end of the file, so that two runs do not tear each other's lines."""
    path.parent.mkdir(exist_ok=True)
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
    try:
        if os.write(file, line) < len(line):
            raise OSError("the disk took a part of a line only")
        if durably:
            os.fsync(file)
    finally:
        os.close(file)


def _ways_to(path: Path) -> list[str]:
    """What has to let a user through who writes the file: as much of it as exists."""
    folder = path.parent
    return [str(each) for each in (folder.parent, folder, path) if each.exists()]


def nowhere() -> Audit:
    """No log: for what decides nothing and changes nothing."""
    return Audit(None, "", {}, lambda _: None)


def _user() -> str:
    """By the process itself; the environment says what anybody wants it to."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def _words(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
