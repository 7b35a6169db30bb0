"""The operator's IAM policy document."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from restore.policy.duties import Duty, duties
from restore.policy.scope import Where, whole
from restore.table.config.resolved import TableConfig
from restore.table.past import Past, TablePast

_MANAGED, _INLINE = 6_144, 10_240
"""The most characters of a managed policy, and of all inline policies of a role together; white
space is not counted (IAM User Guide, 'IAM and STS character limits')."""


def document(
    tables: Iterable[TableConfig], past: Past, where: Where, *, tagged: bool = False
) -> dict[str, Any]:
    """What the runbook and the program call for `tables`, from their first update on.

    Tables share a statement where they are allowed the same.

    Args:
        tables: Tables of the stack config.
        past: What the engine remembers of them.
        where: Where they live.
        tagged: Whether the provider puts tags of its own on all that it makes.
    """
    found = [
        duty
        for table in tables
        for duty in duties(
            table, whole(table, past.get(table.table, TablePast()), where, tagged=tagged)
        )
    ]
    return {"Version": "2012-10-17", "Statement": _statements(found)}


def size(document: Mapping[str, Any]) -> int:
    """Its characters as IAM counts them."""
    return len(json.dumps(document, separators=(",", ":")))


def too_large(length: int) -> str | None:
    """What to do about a document of so many characters, None where IAM takes it anywhere."""
    if length <= _MANAGED:
        return None
    says = f"The document has {length:,} characters, more than a managed policy's {_MANAGED:,}: "
    if length <= _INLINE:
        return f"{says}it fits into a role as an inline policy ({_INLINE:,})."
    return f"{says}make one for each table (--table NAME), or divide its statements."


def _statements(found: Iterable[Duty]) -> list[dict[str, Any]]:
    same: dict[str, list[tuple[Duty, dict[str, None]]]] = {}
    for duty in found:
        alike = same.setdefault(duty.sid, [])
        rights = (duty.actions, duty.condition)
        known = next((on for each, on in alike if (each.actions, each.condition) == rights), None)
        if known is None:
            known = {}
            alike.append((duty, known))
        known.update(dict.fromkeys(duty.resources))
    return [
        _statement(duty, f"{sid}{number}" if number > 1 else sid, sorted(resources))
        for sid, alike in same.items()
        for number, (duty, resources) in enumerate(alike, 1)
    ]


def _statement(duty: Duty, sid: str, resources: list[str]) -> dict[str, Any]:
    condition = {
        operator: {key: list(values) for key, values in keys.items()}
        for operator, keys in duty.condition.items()
    }
    return {
        "Sid": sid,
        "Effect": "Allow",
        "Action": sorted(duty.actions),
        "Resource": resources,
        **({"Condition": condition} if condition else {}),
    }
