"""The WSGI application and the server around it."""

import io
import signal
import threading
from collections.abc import Callable, Iterable
from typing import Any

from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from werkzeug.serving import make_server

from sandbox.emulator import (
    access,
    account_details,
    alarms,
    autoscaling,
    dynamodb,
    mappings,
    selections,
)
from sandbox.emulator.calls import Calls, action_of
from sandbox.emulator.control import Control
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
        self._moto = DomainDispatcherApplication(create_backend_app)
        self._calls = Calls()
        self._gate = Gate()
        self._hold = Hold()
        self._control = Control(self._calls, self._gate, self._hold)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path.startswith("/sandbox/"):
            return self._control.answer(environ)(environ, start_response)
        if path.startswith("/moto-api"):
            with self._gate.alone():
                return list(self._moto(environ, start_response))
        return self._call(environ, start_response)

    def _call(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        body = b""
        if length := environ.get("CONTENT_LENGTH"):
            body = environ["wsgi.input"].read(int(length))
            environ["wsgi.input"] = io.BytesIO(body)
        status = 0

        def start(line: str, *args: Any) -> Any:
            nonlocal status
            status = int(line.split(maxsplit=1)[0])
            return start_response(line, *args)

        action = action_of(environ, body)
        self._hold.pass_by(action, "before")
        with self._gate.call():
            answer = list(self._moto(environ, start))
        self._calls.note(environ, body, status)
        self._hold.pass_by(action, "after")
        return answer


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
