"""Lambda functions that read the table's stream → `eventSourceMappings`."""

from collections.abc import Mapping
from typing import Any

from restore.settings.answers import Answer, Answers
from restore.settings.keys import free_key

DEFAULTS: Mapping[str, Any] = {
    "batchSize": 100,
    "maximumBatchingWindowInSeconds": 0,
    "parallelizationFactor": 1,
    "maximumRetryAttempts": -1,
    "maximumRecordAgeInSeconds": -1,
    "bisectBatchOnFunctionError": False,
    "tumblingWindowInSeconds": 0,
}
"""Lambda Developer Guide, 'Event source mapping parameters', for a DynamoDB stream."""
_OFF = frozenset({"Disabled", "Disabling"})


def keyed(answers: Answers) -> dict[str, Answer]:
    """The mappings by their keys: the functions' short names."""
    found: dict[str, Answer] = {}
    for mapping in sorted(answers.mappings, key=lambda each: str(each["FunctionArn"])):
        if mapping.get("State") != "Deleting":
            short = function_name(mapping["FunctionArn"]).partition(":")[0]
            found[free_key(short, found)] = mapping
    return found


def event_source_mappings(answers: Answers) -> dict[str, dict[str, Any]]:
    """`eventSourceMappings`, without what Lambda takes where nothing is said."""
    return {key: _settings(mapping) for key, mapping in keyed(answers).items()}


def function_name(text: str) -> str:
    """`name` or `name:qualifier`, also where `text` is the function's ARN or a part of it."""
    return text.rpartition("function:")[2]


def _settings(mapping: Answer) -> dict[str, Any]:
    said: dict[str, Any] = {
        "functionName": function_name(mapping["FunctionArn"]),
        "startingPosition": mapping["StartingPosition"],
    }
    if mapping.get("State") in _OFF:
        said["enabled"] = False
    for key, default in DEFAULTS.items():
        value = mapping.get(key[0].upper() + key[1:], default)
        if value != default:
            said[key] = value
    said |= {
        "functionResponseTypes": list(mapping.get("FunctionResponseTypes") or ()),
        "filterCriteria": _filters(mapping),
        "destinationConfig": _destination(mapping),
        "tags": dict(mapping.get("Tags", {})),
    }
    return {key: value for key, value in said.items() if value not in ([], {})}


def _filters(mapping: Answer) -> dict[str, Any]:
    filters = (mapping.get("FilterCriteria") or {}).get("Filters", ())
    return {"filters": [{"pattern": each["Pattern"]} for each in filters]} if filters else {}


def _destination(mapping: Answer) -> dict[str, Any]:
    on_failure = (mapping.get("DestinationConfig") or {}).get("OnFailure", {})
    arn = on_failure.get("Destination")
    return {"onFailure": {"destinationArn": arn}} if arn else {}
