"""Whether a managed policy in AWS still allows what the stack made it allow. Pure."""

import json
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any


def still_allows(declared: str, living: str | None, table: str) -> bool:
    """Whether clients may do to `table` what the stack's document allows them.

    Args:
        declared: The document in the stack's state.
        living: The one of the default version in AWS, None where the policy was deleted.
        table: A DynamoDB table name.
    """
    rights = [
        (action, resource)
        for statement in _statements(declared)
        for action in _texts(statement, "Action")
        for resource in _texts(statement, "Resource")
        if resource.partition(":table/")[2].partition("/")[0] == table
    ]
    return living is not None and all(_allows(living, *right) for right in rights)


def _allows(document: str, action: str, resource: str) -> bool:
    # A condition may or may not be met by a client: it is counted neither for nor against.
    effects = {
        statement.get("Effect")
        for statement in _statements(document)
        if "Condition" not in statement
        and any(fnmatchcase(action.lower(), each.lower()) for each in _texts(statement, "Action"))
        and any(fnmatchcase(resource, each) for each in _texts(statement, "Resource"))
    }
    return effects == {"Allow"}


def _statements(document: str) -> Iterator[Mapping[str, Any]]:
    found = json.loads(document or "{}").get("Statement", [])
    # IAM takes one statement without a list.
    yield from [found] if isinstance(found, dict) else found


def _texts(statement: Mapping[str, Any], key: str) -> list[str]:
    found = statement.get(key, [])
    return [found] if isinstance(found, str) else found
