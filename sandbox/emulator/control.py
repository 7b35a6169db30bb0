"""/sandbox/…: what a test may ask of the emulator beyond AWS. JSON in, JSON out.

    GET  /sandbox/process               {"pid": 4711}: whether a port is this emulator's
    GET  /sandbox/settings              {"restore_seconds": 3.0, "lag_seconds": 0.0,
                                        "restore_ends": "ACTIVE"}: or another TableStatus, or "gone"
    PUT  /sandbox/settings              any of these, to change them
    GET  /sandbox/calls?since=N         {"last": M, "calls": [{number, at, service, action, region,
                                        access_key, params, user_agent, status}, …]}: the calls
                                        after number N, at most the last 10,000
    PUT  /sandbox/hold                  {"action": "CreateTable", "moment": "before"}: its calls
                                        wait until AWS may do it; "after": until it may answer
    GET  /sandbox/hold                  the same, and "held": how many calls wait
    DELETE /sandbox/hold                let them go
    PUT  /sandbox/faults                {"action": "PutItem", "code": "InternalServerError",
                                        "status": 500, "times": 2, "moment": "after"}: the next two
                                        calls get that error, though AWS has done them; one more
                                        fault each time. Its further fields: faults.Fault
    GET  /sandbox/faults                {"faults": those still to happen, "struck": N calls so far}
    DELETE /sandbox/faults              AWS is well again
    POST /sandbox/snapshots             {"id": "1"}: put the whole state away
    PUT  /sandbox/snapshots/ID/load     bring it back, any number of times
    DELETE /sandbox/snapshots/ID        forget it

A wrong request gets {"error": sentence} with status 400 or 404. To go back to nothing, POST
/moto-api/reset.
"""

import json
import os
from dataclasses import asdict
from itertools import count
from typing import Any

from werkzeug.exceptions import BadRequest, HTTPException, NotFound
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from sandbox.emulator.calls import Calls
from sandbox.emulator.faults import Faults
from sandbox.emulator.gate import Gate
from sandbox.emulator.hold import Hold
from sandbox.emulator.settings import settings
from sandbox.emulator.snapshots import Snapshot

ROUTES = Map(
    [
        Rule("/sandbox/process", methods=["GET"], endpoint="show_process"),
        Rule("/sandbox/settings", methods=["GET"], endpoint="show_settings"),
        Rule("/sandbox/settings", methods=["PUT", "POST"], endpoint="change_settings"),
        Rule("/sandbox/calls", methods=["GET"], endpoint="show_calls"),
        Rule("/sandbox/hold", methods=["GET"], endpoint="show_hold"),
        Rule("/sandbox/hold", methods=["PUT", "POST"], endpoint="set_hold"),
        Rule("/sandbox/hold", methods=["DELETE"], endpoint="release_hold"),
        Rule("/sandbox/faults", methods=["GET"], endpoint="show_faults"),
        Rule("/sandbox/faults", methods=["PUT", "POST"], endpoint="add_fault"),
        Rule("/sandbox/faults", methods=["DELETE"], endpoint="forget_faults"),
        Rule("/sandbox/snapshots", methods=["POST"], endpoint="take_snapshot"),
        Rule("/sandbox/snapshots/<id>/load", methods=["PUT", "POST"], endpoint="load_snapshot"),
        Rule("/sandbox/snapshots/<id>", methods=["DELETE"], endpoint="forget_snapshot"),
    ]
)


class Control:
    def __init__(self, calls: Calls, gate: Gate, hold: Hold, faults: Faults) -> None:
        self._calls = calls
        self._gate = gate
        self._hold = hold
        self._faults = faults
        self._snapshots: dict[str, Snapshot] = {}
        self._ids = map(str, count(1))

    def answer(self, environ: dict[str, Any]) -> Response:
        request = Request(environ)
        handlers: dict[str, Any] = {
            "show_process": self._show_process,
            "show_settings": self._show_settings,
            "change_settings": self._change_settings,
            "show_calls": self._show_calls,
            "show_hold": self._show_hold,
            "set_hold": self._set_hold,
            "release_hold": self._release_hold,
            "show_faults": self._show_faults,
            "add_fault": self._add_fault,
            "forget_faults": self._forget_faults,
            "take_snapshot": self._take_snapshot,
            "load_snapshot": self._load_snapshot,
            "forget_snapshot": self._forget_snapshot,
        }
        try:
            endpoint, values = ROUTES.bind_to_environ(environ).match()
            return _json(handlers[endpoint](request, **values))
        except HTTPException as error:
            return _json({"error": error.description}, error.code or 500)

    def _show_process(self, _: Request) -> dict[str, Any]:
        return {"pid": os.getpid()}

    def _show_settings(self, _: Request) -> dict[str, Any]:
        return asdict(settings)

    def _change_settings(self, request: Request) -> dict[str, Any]:
        try:
            settings.change(json.loads(request.get_data()))
        except (ValueError, AttributeError) as error:
            raise BadRequest(str(error)) from error
        return asdict(settings)

    def _show_calls(self, request: Request) -> dict[str, Any]:
        return self._calls.since(request.args.get("since", 0, type=int))

    def _show_hold(self, _: Request) -> dict[str, Any]:
        return self._hold.describe()

    def _set_hold(self, request: Request) -> dict[str, Any]:
        try:
            self._hold.set(**json.loads(request.get_data()))
        except (ValueError, TypeError) as error:
            raise BadRequest(str(error)) from error
        return self._hold.describe()

    def _release_hold(self, _: Request) -> dict[str, Any]:
        self._hold.release()
        return self._hold.describe()

    def _show_faults(self, _: Request) -> dict[str, Any]:
        return self._faults.describe()

    def _add_fault(self, request: Request) -> dict[str, Any]:
        try:
            self._faults.add(**json.loads(request.get_data()))
        except (ValueError, TypeError) as error:
            raise BadRequest(str(error)) from error
        return self._faults.describe()

    def _forget_faults(self, _: Request) -> dict[str, Any]:
        self._faults.forget()
        return self._faults.describe()

    def _take_snapshot(self, _: Request) -> dict[str, Any]:
        name = next(self._ids)
        with self._gate.alone():
            self._snapshots[name] = Snapshot.take()
        return {"id": name}

    def _load_snapshot(self, _: Request, id: str) -> dict[str, Any]:  # noqa: A002  # the route's word
        snapshot = self._kept(id)
        with self._gate.alone():
            snapshot.load()
        return {"id": id}

    def _forget_snapshot(self, _: Request, id: str) -> dict[str, Any]:  # noqa: A002  # the route's word
        self._kept(id)
        del self._snapshots[id]
        return {"id": id}

    def _kept(self, name: str) -> Snapshot:
        if name not in self._snapshots:
            raise NotFound(f"There is no snapshot {name}")
        return self._snapshots[name]


def _json(body: dict[str, Any], status: int = 200) -> Response:
    return Response(json.dumps(body), status, content_type="application/json")
