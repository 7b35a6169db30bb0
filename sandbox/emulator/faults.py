"""What AWS answers when it is not well, so that a test can see what its user then does."""

import json
import socket
import threading
from dataclasses import asdict, dataclass
from typing import Any
from xml.sax.saxutils import escape

from werkzeug.wrappers import Response

from sandbox.emulator.calls import access_key_of

KINDS = ("error", "delay", "cut")
MOMENTS = ("before", "after")
EVERY_ACTION = "*"


@dataclass(frozen=True)
class Fault:
    """What happens to the calls of an action.

    Attributes:
        action: The API's word for it, of a REST API its method and path; `*` for all.
        kind: `error` answers code and status; `delay` lets the answer come `seconds` late; `cut`
            closes the connection without an answer.
        moment: `before` AWS does it, or `after` that: it is done then, though it seems to have
            failed.
        times: How many calls it happens to; None for all from now on.
        since: It begins with the first call of this action.
        access_key: Only the calls that are signed with it.
        user_agent: Only the calls whose user agent contains it.
    """

    action: str
    kind: str = "error"
    code: str = "InternalServerError"
    status: int = 500
    message: str = "The sandbox was told to answer this."
    seconds: float = 0.0
    moment: str = "before"
    times: int | None = 1
    since: str = ""
    access_key: str = ""
    user_agent: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.kind!r} is none of {', '.join(KINDS)}")
        if self.moment not in MOMENTS:
            raise ValueError(f"{self.moment!r} is neither before nor after")

    def concerns(self, environ: dict[str, Any], action: str) -> bool:
        return (
            self.action in {action, EVERY_ACTION}
            and self.access_key in {"", access_key_of(environ)}
            and self.user_agent in environ.get("HTTP_USER_AGENT", "")
        )

    def answer(self, environ: dict[str, Any]) -> Response:
        """The error, as the service that was called words it.

        Raises:
            ConnectionAbortedError: there is no answer; the connection is closed.
        """
        if self.kind == "cut":
            environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
            raise ConnectionAbortedError("The sandbox was told to cut this connection")
        if "HTTP_X_AMZ_TARGET" in environ:
            said = {"__type": f"com.amazon.coral.service#{self.code}", "message": self.message}
            return _as_json(said, self.status)
        if environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded"):
            return Response(_xml(self), self.status, content_type="text/xml")
        answer = _as_json({"Type": "User", "message": self.message}, self.status)
        answer.headers["x-amzn-ErrorType"] = self.code
        return answer


class Faults:
    """The faults that are still to happen; of several that concern a call the oldest does."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._left: list[tuple[Fault, int | None]] = []
        self._struck = 0

    def add(self, **fields: Any) -> None:
        """Let one more fault happen.

        Raises:
            TypeError, ValueError: the fields make no fault.
        """
        fault = Fault(**fields)
        with self._changed:
            self._left.append((fault, fault.times))

    def forget(self) -> None:
        """AWS is well again, and anyone who waits for a late answer gets it."""
        with self._changed:
            self._left, self._struck = [], 0
            self._changed.notify_all()

    def describe(self) -> dict[str, object]:
        """What is still to happen, and to how many calls something has."""
        with self._changed:
            left = [asdict(fault) | {"times": times} for fault, times in self._left]
            return {"faults": left, "struck": self._struck}

    def strike(self, environ: dict[str, Any], action: str) -> Fault | None:
        """The fault that happens to this call."""
        with self._changed:
            for index, (fault, times) in enumerate(self._left):
                if fault.since not in {"", action}:
                    continue
                begun = Fault(**asdict(fault) | {"since": ""})
                self._left[index] = begun, times
                if begun.concerns(environ, action):
                    self._count(index)
                    return begun
        return None

    def _count(self, index: int) -> None:
        fault, times = self._left[index]
        self._struck += 1
        if times == 1:
            del self._left[index]
        elif times is not None:
            self._left[index] = fault, times - 1

    def sit_out(self, fault: Fault) -> None:
        """Wait as long as the fault says, or until it is forgotten."""
        with self._changed:
            left = self._left
            self._changed.wait_for(lambda: self._left is not left, fault.seconds)


def _as_json(body: dict[str, str], status: int) -> Response:
    return Response(json.dumps(body), status, content_type="application/x-amz-json-1.0")


def _xml(fault: Fault) -> str:
    """Services that speak XML name their errors without the ending (ExpiredToken, Throttling)."""
    code = escape(fault.code.removesuffix("Exception"))
    return (
        "<ErrorResponse><Error><Type>Sender</Type>"
        f"<Code>{code}</Code><Message>{escape(fault.message)}</Message>"
        "</Error><RequestId>sandbox</RequestId></ErrorResponse>"
    )
