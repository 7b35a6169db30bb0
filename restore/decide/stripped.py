"""A table that has lost the resource policy that the state holds. Pure.

With terraform-provider-aws 6.34.0 no refresh gets past that: it ends with "Missing Resource
Identity After Read" (tests/engine/test_removed_policies.py). What it denied is allowed again.
"""

import shlex

from restore.model.errors import BlockedError
from restore.model.facts import TableFacts


def refuse_stripped(facts: TableFacts, untouched: str) -> None:
    """Raises BlockedError where a policy of the state does not exist in AWS.

    To put it back changes nothing that the stack does not declare.
    """
    lost = [(label, facts.live[label]) for label in facts.stripped]
    if not lost:
        return
    names = ", ".join(live.name for _, live in lost)
    frozen = [live.name for label, live in lost if label in facts.past.frozen]
    open_again = f" Writes to {', '.join(frozen)} are not denied any more." if frozen else ""
    raise BlockedError(
        f"Someone removed the resource policy of {names}, which the stack declares.{open_again}",
        untouched,
        "; ".join(
            f"aws dynamodb put-resource-policy --resource-arn {live.arn}"
            f" --policy {shlex.quote(facts.past.policies[label])}"
            for label, live in lost
        ),
    )
