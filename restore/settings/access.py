"""The resource policy → `resourcePolicy`, fit for whichever table carries it."""

import json
import re
from typing import Any

from restore.settings.answers import Answers
from restore.table.config.dependents import TABLE_ARN
from restore.table.config.freeze import thawed


def resource_policy(answers: Answers) -> dict[str, Any]:
    """The policy document, with `${table}` in the place of the table's own ARN.

    Without the statement that denies writes while a restore runs: it is no setting of the table.
    """
    if answers.policy is None:
        return {}
    own = re.compile(re.escape(answers.arn) + r"(?=/|$)")
    document = _replaced(json.loads(answers.policy), own)
    return thawed(dict(document))


def _replaced(value: Any, own: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return own.sub(lambda _: TABLE_ARN, value)
    if isinstance(value, list):
        return [_replaced(each, own) for each in value]
    if isinstance(value, dict):
        return {key: _replaced(each, own) for key, each in value.items()}
    return value


_SETS = frozenset({"Action", "NotAction", "Resource", "NotResource"})
_ACCOUNT = re.compile(r"arn:aws[a-z-]*:iam::([0-9]{12}):root")


def normal_policy(document: Any) -> dict[str, Any]:
    """The one form of a policy document: what is one text or a list of one is the same to IAM.

    IAM User Guide, 'Grammar of the IAM JSON policy language'; and an account's principal is its
    root, or its number ('AWS JSON policy elements: Principal').
    """
    statements = document.get("Statement", [])
    listed = statements if isinstance(statements, list) else [statements]
    return {**document, "Statement": sorted(map(_statement, listed), key=repr)}


def _statement(statement: dict[str, Any]) -> dict[str, Any]:
    return {key: _element(key, statement[key]) for key in sorted(statement)}


def _element(key: str, value: Any) -> Any:
    if key in _SETS:
        return _set(value)
    if key in {"Principal", "NotPrincipal"}:
        principals = {"AWS": value} if value == "*" else value
        return {kind: _set(principals[kind]) for kind in sorted(principals)}
    if key == "Condition":
        return {
            operator: {name: _set(tests[name]) for name in sorted(tests)}
            for operator, tests in sorted(value.items())
        }
    return value


def _set(value: Any) -> list[str]:
    texts = value if isinstance(value, list) else [value]
    return sorted(_ACCOUNT.sub(r"\1", _text(each)) for each in texts)


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
