"""The WSGI application and the server around it."""

import io
import signal
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from moto.moto_server.werkzeug_app import MotoRequestHandler
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

from sandbox.emulator import (
    access,
    account_details,
    alarms,
    autoscaling,
    dynamodb,
    mappings,
    selections,
)
from sandbox.emulator.answers import Answers
from sandbox.emulator.calls import Calls, action_of
from sandbox.emulator.control import Control
from sandbox.emulator.dispatch import Dispatcher
from sandbox.emulator.faults import Fault, Faults
from sandbox.emulator.gate import Gate
from sandbox.emulator.hold import Hold

Environ = dict[str, Any]
StartResponse = Callable[..., Any]

ADDRESS = "127.0.0.1"
#: What is put in the place of moto's own.
PARTS = (access, account_details, alarms, autoscaling, dynamodb, mappings, selections)


class Application:
    """moto's services, and /sandbox/ beside them."""

    def __init__(self) -> None:
        for part in PARTS:
            part.install()
        self._moto = Dispatcher()
        self._answers = Answers()
        self._calls = Calls()
        self._gate = Gate()
        self._hold = Hold()
        self._faults = Faults()
        self._control = Control(self._calls, self._gate, self._hold, self._faults)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path.startswith("/sandbox/"):
            return self._control.answer(environ)(environ, start_response)
        if path.startswith("/moto-api"):
            with self._gate.alone():
                return list(self._moto(environ, start_response))
        return self._call(environ, start_response)

    def _call(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        arrived, body = time.time(), b""
        if length := environ.get("CONTENT_LENGTH"):
            body = environ["wsgi.input"].read(int(length))
            environ["wsgi.input"] = io.BytesIO(body)
        action = action_of(environ, body)
        self._hold.pass_by(action, "before")
        if before := self._answers.given(environ):
            return before(environ, start_response)
        fault = self._faults.strike(environ, action)
        if fault is None:
            answer = self._done(environ)
            self._answers.keep(environ, answer)
        else:
            answer = self._faulty(environ, fault)
        self._calls.note(environ, body, answer.status_code, arrived)
        self._hold.pass_by(action, "after")
        return answer(environ, start_response)

    def _faulty(self, environ: Environ, fault: Fault) -> Response:
        late = fault.kind == "delay"
        if late and fault.moment == "before":
            self._faults.sit_out(fault)
        done = self._done(environ) if late or fault.moment == "after" else None
        if late and fault.moment == "after":
            self._faults.sit_out(fault)
        return done if late and done else fault.answer(environ)

    def _done(self, environ: Environ) -> Response:
        with self._gate.call():
            return Response.from_app(self._moto, environ, buffered=True)


class QuietHandler(MotoRequestHandler):
    def log_request(self, *_: Any) -> None:
        """Say nothing of calls; errors are still told."""


def serve(port: int) -> None:
    """Answer on 127.0.0.1 until SIGTERM or SIGINT."""
    server = make_server(ADDRESS, port, Application(), threaded=True, request_handler=QuietHandler)

    def stop(*_: object) -> None:
        # shutdown() waits for the loop that this very thread runs.
        threading.Thread(target=server.shutdown, daemon=True).start()

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, stop)
    try:
        server.serve_forever()
    finally:
        server.server_close()
