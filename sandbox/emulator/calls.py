"""The log of calls, so that a test can count what was asked of AWS."""

import json
import threading
from collections import deque
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import parse_qsl

KEPT = 10_000
LONGEST_VALUE = 200
LARGEST_BODY = 65_536


@dataclass(frozen=True)
class Call:
    """One call to AWS.

    Attributes:
        at: When it arrived, in seconds since 1970.
        params: The request's plain members, no items and no lists.
    """

    number: int
    at: float
    service: str
    action: str
    region: str
    access_key: str
    params: dict[str, Any]
    user_agent: str
    status: int


class Calls:
    """The last calls, numbered from 1 on."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: deque[Call] = deque(maxlen=KEPT)
        self._last = 0

    def note(self, environ: dict[str, Any], body: bytes, status: int, at: float) -> None:
        access_key, _, region, service, *_ = _scope(environ)
        params = _params(body, environ.get("CONTENT_TYPE", ""))
        action = action_of(environ, body)
        params.pop("Action", None)
        user_agent = environ.get("HTTP_USER_AGENT", "")
        with self._lock:
            self._last += 1
            self._kept.append(
                Call(
                    self._last,
                    at,
                    service,
                    action,
                    region,
                    access_key,
                    params,
                    user_agent,
                    status,
                )
            )

    def since(self, mark: int) -> dict[str, Any]:
        """Return the calls after the one numbered `mark`, and the number of the last one."""
        with self._lock:
            calls = [asdict(call) for call in self._kept if call.number > mark]
            return {"last": self._last, "calls": calls}


def action_of(environ: dict[str, Any], body: bytes) -> str:
    """Return the API's word for a call; of a REST API its method and path."""
    target = environ.get("HTTP_X_AMZ_TARGET", "").rpartition(".")[2]
    named = target or _params(body, environ.get("CONTENT_TYPE", "")).get("Action", "")
    return str(named) or _path(environ)


def access_key_of(environ: dict[str, Any]) -> str:
    """Return the access key that a call is signed with."""
    return _scope(environ)[0]


def _scope(environ: dict[str, Any]) -> list[str]:
    signed = environ.get("HTTP_AUTHORIZATION", "").partition("Credential=")[2].split(",")[0]
    return [*signed.split("/"), *[""] * 4]


def _path(environ: dict[str, Any]) -> str:
    return f"{environ['REQUEST_METHOD']} {environ.get('PATH_INFO', '/')}"


def _params(body: bytes, content_type: str) -> dict[str, Any]:
    if not body or len(body) > LARGEST_BODY:
        return {}
    parsed: Any = {}
    try:
        if "json" in content_type:
            parsed = json.loads(body)
        elif content_type.startswith("application/x-www-form-urlencoded"):
            parsed = dict(parse_qsl(body.decode()))
    except ValueError:
        return {}  # compressed, or broken: what the service makes of it is in the status
    if not isinstance(parsed, dict):
        return {}
    return {
        name: value[:LONGEST_VALUE] if isinstance(value, str) else value
        for name, value in parsed.items()
        if isinstance(value, str | int | float | bool)
    }
