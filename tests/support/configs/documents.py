"""Stack configs to start a test from, as the engine hands them out."""

import json
from collections.abc import Mapping
from typing import Any

TABLE = "restore-demo"


def entry(**changed: Any) -> dict[str, Any]:
    """The walk-through's entry of `tables`, with some keys changed; None leaves a key out."""
    settings = {
        "hashKey": "id",
        "attributes": [{"name": "id", "type": "S"}],
        "billingMode": "PAY_PER_REQUEST",
        "pointInTimeRecovery": {"enabled": True},
    }
    return {key: value for key, value in {**settings, **changed}.items() if value is not None}


def texts(document: Mapping[str, Any]) -> dict[str, str]:
    """Config values as the engine gives them to a program: texts, maps and lists as JSON."""
    return {
        key: value if isinstance(value, str) else json.dumps(value)
        for key, value in document.items()
    }


def walk_through(**stack_wide: Any) -> dict[str, str]:
    """The config of the one table of the walk-through, with further stack-wide keys."""
    return texts({"tables": {TABLE: entry()}, **stack_wide})
