"""AWS calls as IAM names them."""

import re
from typing import Any

_PREFIX = {"monitoring": "cloudwatch"}
"""What IAM calls a service, where its endpoint has another name."""


_LAMBDA = {
    "DELETE event-source-mappings/x": "DeleteEventSourceMapping",
    "GET functions/x": "GetFunctionConfiguration",
    "GET event-source-mappings": "ListEventSourceMappings",
    "GET event-source-mappings/x": "GetEventSourceMapping",
    "GET tags/x": "ListTags",
    "POST event-source-mappings": "CreateEventSourceMapping",
}


def action_of(call: dict[str, Any]) -> str:
    """The call as IAM names it; Lambda's are known by method and path."""
    service, action = str(call["service"]), str(call["action"])
    if service == "lambda":
        method, _, path = action.partition(" ")
        what, _, which = re.sub(r"^/\d{4}-\d\d-\d\d/", "", path).strip("/").partition("/")
        action = _LAMBDA[f"{method} {what}/x" if which else f"{method} {what}"]
    return f"{_PREFIX.get(service, service)}:{action}"
