"""Writes to a table denied by its own resource policy, while a restore runs.

A Deny of a resource policy reaches every principal of the account, whatever its own policies say
(IAM User Guide, 'Policy evaluation logic'). TTL deletes, restores and reads go on. A transaction is
denied by the actions that it is made of (Developer Guide, 'Using IAM with DynamoDB transactions').
"""

import json
from typing import Any

from restore.table.config.dependents import TABLE_ARN, DependentSettings

SID = "RestoreWriteFreeze"
"""The statement's own name, which nothing else in a table's policy may have."""
WRITES = (
    "dynamodb:BatchWriteItem",
    "dynamodb:DeleteItem",
    "dynamodb:PartiQLDelete",
    "dynamodb:PartiQLInsert",
    "dynamodb:PartiQLUpdate",
    "dynamodb:PutItem",
    "dynamodb:UpdateItem",
)


def frozen(settings: DependentSettings) -> DependentSettings:
    """What hangs on a table, with every write to it denied beside what its policy says already."""
    policy = settings.resource_policy or {"Version": "2012-10-17"}
    deny = {
        "Sid": SID,
        "Effect": "Deny",
        "Principal": "*",
        "Action": list(WRITES),
        "Resource": TABLE_ARN,
    }
    document = {**policy, "Statement": [*_statements(policy), deny]}
    return settings.model_copy(update={"resource_policy": document})


def thawed(policy: dict[str, Any]) -> dict[str, Any]:
    """The policy without the freeze; empty where it is nothing else."""
    left = [each for each in _statements(policy) if not _is_ours(each)]
    if len(left) == len(_statements(policy)):
        return policy
    return {**policy, "Statement": left} if left else {}


def is_frozen(document: str) -> bool:
    """Whether a policy document, as the state holds it, denies writes for a restore."""
    return any(map(_is_ours, _statements(json.loads(document))))


def _is_ours(statement: Any) -> bool:
    return isinstance(statement, dict) and statement.get("Sid") == SID


def _statements(policy: dict[str, Any]) -> list[Any]:
    """Its statements; IAM takes a single one without a list."""
    found = policy.get("Statement", [])
    return found if isinstance(found, list) else [found]
