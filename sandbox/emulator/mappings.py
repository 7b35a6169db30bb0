"""Lambda's event source mappings of table streams. They are kept and shown; nothing is invoked.

Lambda API reference, CreateEventSourceMapping and its siblings; developer guide, "Event source
mapping parameters" for the defaults. A mapping outlives its stream, as on AWS. Mappings of other
event sources are moto's own.
"""

import json
from typing import Any

from moto.awslambda import urls
from moto.awslambda.exceptions import (
    GenericResourcNotFound,
    InvalidParameterValueException,
    LambdaClientError,
)
from moto.awslambda.models import EventSourceMapping
from moto.awslambda.responses import LambdaResponse
from moto.core.common_types import TYPE_RESPONSE
from moto.dynamodbstreams.models import dynamodbstreams_backends

from sandbox.emulator.paging import page

DEFAULTS: dict[str, Any] = {
    "BisectBatchOnFunctionError": False,
    "DestinationConfig": {"OnFailure": {}},
    "FunctionResponseTypes": [],
    "MaximumBatchingWindowInSeconds": 0,
    "MaximumRecordAgeInSeconds": -1,
    "MaximumRetryAttempts": -1,
    "ParallelizationFactor": 1,
    "TumblingWindowInSeconds": 0,
}
LIMITS = {
    "BatchSize": range(1, 10_001),
    "MaximumBatchingWindowInSeconds": range(301),
    "MaximumRecordAgeInSeconds": (-1, *range(60, 604_801)),
    "MaximumRetryAttempts": range(-1, 10_001),
    "ParallelizationFactor": range(1, 11),
    "TumblingWindowInSeconds": range(901),
}
STARTING_POSITIONS = ("LATEST", "TRIM_HORIZON")  # AT_TIMESTAMP is for other sources
MOST_LISTED = 100


class ResourceConflictError(LambdaClientError):
    code = 409

    def __init__(self, message: str) -> None:
        super().__init__("ResourceConflictException", message)


class SandboxLambda(LambdaResponse):
    @property
    def _mappings(self) -> dict[str, EventSourceMapping]:
        return self.backend._event_source_mappings  # noqa: SLF001  # moto has no other way in

    def create_event_source_mapping(self) -> TYPE_RESPONSE:
        request = self.json_body
        source = request.get("EventSourceArn", "")
        if ":dynamodb:" not in source:
            return super().create_event_source_mapping()
        function = self.backend.get_function(request.get("FunctionName", ""))
        _check_limits(request)
        if request.get("StartingPosition") not in STARTING_POSITIONS:
            raise InvalidParameterValueException(
                f"StartingPosition of a DynamoDB stream must be one of {STARTING_POSITIONS}"
            )
        streams = dynamodbstreams_backends[self.current_account][self.region].list_streams()
        if source not in {stream["StreamArn"] for stream in streams}:
            raise InvalidParameterValueException(f"Stream not found: {source}")
        for known in self._mappings.values():
            if (known.event_source_arn, known.function_arn) == (source, function.function_arn):
                raise ResourceConflictError(
                    f"Mapping {known.uuid} from {source} to {function.function_name} exists already"
                )
        mapping = EventSourceMapping(  # type: ignore[abstract]  # what CloudFormation needs
            DEFAULTS
            | request
            | {
                "AccountId": self.current_account,
                "FunctionArn": function.function_arn,
                "RegionName": self.region,
            }
        )
        # Not told to the table as well, as moto does: its writes would run the function in Docker.
        self._mappings[mapping.uuid] = mapping
        return 202, {"status": 202}, _changing(mapping, "Creating")

    def get_event_source_mapping(self) -> TYPE_RESPONSE:
        return 200, {}, json.dumps(_described(self._named_mapping()))

    def update_event_source_mapping(self) -> TYPE_RESPONSE:
        mapping = self._named_mapping()
        _check_limits(self.json_body)
        self.backend.update_event_source_mapping(mapping.uuid, self.json_body)
        return 202, {"status": 202}, _changing(mapping, "Updating")

    def delete_event_source_mapping(self) -> TYPE_RESPONSE:
        mapping = self._named_mapping()
        self.backend.delete_event_source_mapping(mapping.uuid)
        return 202, {"status": 202}, _changing(mapping, "Deleting")

    def list_event_source_mappings(self) -> str:
        source, function = self._get_param("EventSourceArn"), self._get_param("FunctionName")
        found = [
            _described(mapping)
            for mapping in self._mappings.values()
            if source in (None, mapping.event_source_arn)
            and (function is None or _short(function) == _short(mapping.function_arn))
        ]
        size = min(int(self._get_param("MaxItems") or MOST_LISTED), MOST_LISTED)
        mappings, marker = page(found, self._get_param("Marker"), size)
        more = {"NextMarker": marker} if marker else {}
        return json.dumps({"EventSourceMappings": mappings, **more})

    def _named_mapping(self) -> EventSourceMapping:
        mapping = self._mappings.get(self.path.rstrip("/").rsplit("/", 1)[-1])
        if mapping is None:
            raise GenericResourcNotFound
        return mapping


def _check_limits(request: dict[str, Any]) -> None:
    for name, allowed in LIMITS.items():
        if name in request and request[name] not in allowed:
            raise InvalidParameterValueException(
                f"{name} must be from {allowed[0]} to {allowed[-1]}, but is {request[name]}"
            )


def _short(function: str) -> str:
    """Return a function's name, with its version or alias if any, from any form of its name."""
    return function.rpartition("function:")[2]


def _described(mapping: EventSourceMapping) -> dict[str, Any]:
    described = mapping.get_configuration()
    if not described.get("FilterCriteria", {}).get("Filters"):
        described.pop("FilterCriteria", None)
    return described


def _changing(mapping: EventSourceMapping, state: str) -> str:
    return json.dumps({**_described(mapping), "State": state})


def install() -> None:
    for path in urls.url_paths:
        if "/event-source-mappings" in path:
            urls.url_paths[path] = SandboxLambda.dispatch
