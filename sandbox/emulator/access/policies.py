"""What policy documents say of an action on a resource.

IAM user guide, "Policy evaluation logic" and "IAM JSON policy elements". Known condition keys are
those that the caller passes; an absent key fails a condition, unless the operator is a negated one
or ends in IfExists.
"""

import ipaddress
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from typing import Any


class Verdict(Enum):
    ALLOWED = auto()
    DENIED = auto()  # by an explicit Deny
    SILENT = auto()  # nothing allows it


@dataclass(frozen=True)
class Question:
    """One action on one resource; `resource` is None where nobody knows which it is.

    `context` maps condition keys, in lower case, to their values; a list where a key has many.
    """

    action: str
    resource: str | None
    principals: frozenset[str]
    context: dict[str, str | list[str]]


def judge(documents: Iterable[dict[str, Any]], question: Question) -> Verdict:
    """Return what the statements that concern the question add up to: a Deny always wins."""
    effects = {
        statement["Effect"]
        for document in documents
        for statement in _listed(document["Statement"])
        if _concerns(statement, question)
    }
    if "Deny" in effects:
        return Verdict.DENIED
    return Verdict.ALLOWED if "Allow" in effects else Verdict.SILENT


def _concerns(statement: dict[str, Any], question: Question) -> bool:
    return (
        _names(statement, "Action", question.action, ignore_case=True)
        and _names_resource(statement, question.resource)
        and _names_principal(statement.get("Principal"), question.principals)
        and all(
            _holds(operator, key, _listed(expected), question.context)
            for operator, keys in statement.get("Condition", {}).items()
            for key, expected in keys.items()
        )
    )


def _names(statement: dict[str, Any], element: str, value: str, *, ignore_case: bool) -> bool:
    if (negated := statement.get(f"Not{element}")) is not None:
        return not _any_like(_listed(negated), value, ignore_case=ignore_case)
    return _any_like(_listed(statement[element]), value, ignore_case=ignore_case)


def _names_resource(statement: dict[str, Any], resource: str | None) -> bool:
    if resource is None:
        return statement["Effect"] == "Allow" or statement.get("Resource") == "*"
    return _names(statement, "Resource", resource, ignore_case=False)


def _names_principal(principal: Any, principals: frozenset[str]) -> bool:
    if principal is None or principal == "*":
        return True
    named = _listed(principal.get("AWS", []))
    return "*" in named or not principals.isdisjoint(named)


def _any_like(patterns: Iterable[str], value: str, *, ignore_case: bool = False) -> bool:
    return any(_pattern(pattern, ignore_case).fullmatch(value) for pattern in patterns)


@lru_cache(maxsize=4096)
def _pattern(glob: str, ignore_case: bool) -> re.Pattern[str]:  # noqa: FBT001  # lru_cache's key
    expression = re.escape(glob).replace(r"\*", ".*").replace(r"\?", ".")
    return re.compile(expression, re.IGNORECASE if ignore_case else 0)


def _in_network(expected: Iterable[str], value: str) -> bool:
    address = ipaddress.ip_address(value)
    return any(address in ipaddress.ip_network(network) for network in expected)


OPERATORS: dict[str, Callable[[list[str], str], bool]] = {
    "StringEquals": lambda expected, value: value in expected,
    "StringEqualsIgnoreCase": lambda expected, value: value.lower() in map(str.lower, expected),
    "StringLike": _any_like,
    "ArnEquals": _any_like,
    "ArnLike": _any_like,
    "Bool": lambda expected, value: value.lower() in [str(flag).lower() for flag in expected],
    "IpAddress": _in_network,
}
NEGATED = {
    "StringNotEquals": "StringEquals",
    "StringNotEqualsIgnoreCase": "StringEqualsIgnoreCase",
    "StringNotLike": "StringLike",
    "ArnNotEquals": "ArnEquals",
    "ArnNotLike": "ArnLike",
    "NotIpAddress": "IpAddress",
}


ANY_VALUE = "ForAnyValue:"


def _holds(
    operator: str, key: str, expected: list[Any], context: dict[str, str | list[str]]
) -> bool:
    values = _listed(context.get(key.lower(), []))
    if operator.startswith(ANY_VALUE):
        single = operator.removeprefix(ANY_VALUE)
        return any(_holds(single, key, expected, {key.lower(): value}) for value in values)
    value = values[0] if values else None
    if operator == "Null":
        return (value is None) == (str(expected[0]).lower() == "true")
    base = operator.removesuffix("IfExists")
    negated = base in NEGATED
    if value is None:
        return negated or base != operator
    try:
        test = OPERATORS[NEGATED.get(base, base)]
    except KeyError:
        raise NotImplementedError(f"The sandbox knows no condition operator {operator}") from None
    return test(expected, value) != negated


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
