"""The resource policy → `resourcePolicy`, fit for whichever table carries it."""

import json
import re
from typing import Any

from restore.settings.answers import Answers
from stacks.dependants.settings import TABLE_ARN


def resource_policy(answers: Answers) -> dict[str, Any]:
    """The policy document, with `${table}` in the place of the table's own ARN."""
    if answers.policy is None:
        return {}
    own = re.compile(re.escape(answers.arn) + r"(?=/|$)")
    document = _replaced(json.loads(answers.policy), own)
    return dict(document)


def _replaced(value: Any, own: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return own.sub(lambda _: TABLE_ARN, value)
    if isinstance(value, list):
        return [_replaced(each, own) for each in value]
    if isinstance(value, dict):
        return {key: _replaced(each, own) for key, each in value.items()}
    return value
