"""Resource patterns, as IAM and AWS Backup read them. Pure."""

import re
from functools import cache


def covers(pattern: str, arn: str) -> bool:
    """Whether a policy's `pattern` matches the ARN.

    A wildcard may go on past a colon (IAM User Guide, 'IAM JSON policy elements: Resource'), and
    a policy variable may turn out to be anything.
    """
    return matches(re.sub(r"\$\{[^}]*\}", "*", pattern), arn)


def matches(pattern: str, text: str) -> bool:
    """Whether `pattern` matches the whole text: `*` any text, `?` any one character."""
    return _compiled(pattern).fullmatch(text) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."))
