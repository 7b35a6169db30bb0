"""That a fix loses nothing: what existed before it was typed exists afterwards, unchanged."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.engine.world import World

_DELETES = re.compile(r"(Batch)?Delete|Deregister|Remove|DELETE ")
_VERSIONS = "DeletePolicyVersion"
"""A policy has five of them at most: the provider removes the oldest one to write another."""


@contextmanager
def kept(world: World, *but: str) -> Iterator[None]:
    """Every table, item, parameter and policy survives the block, and AWS is asked to delete none.

    Args:
        world: Where the fix is typed.
        but: Calls that may be made all the same, such as `DeleteResourcePolicy` after a freeze.
    """
    before, since = _existing(world), world.last_call()
    yield
    lost = before - _existing(world)
    assert not lost, f"no longer there: {sorted(lost)}"
    asked = {call["action"] for call in world.calls(since) if _DELETES.match(call["action"])}
    assert asked <= {_VERSIONS, *but}, f"AWS was asked to {sorted(asked)}"


def _existing(world: World) -> set[str]:
    """Each thing with what makes it itself: a table made again under its name is another one."""
    found = set()
    for name in world.tables():
        table = world.dynamodb.describe_table(TableName=name)["Table"]
        found.add(f"table {name} of {table['CreationDateTime'].isoformat()}")
        if table["TableStatus"] == "ACTIVE":
            items = world.dynamodb.scan(TableName=name, ConsistentRead=True)["Items"]
            found |= {f"item of {name}: {json.dumps(item, sort_keys=True)}" for item in items}
    for page in world.ssm.get_paginator("describe_parameters").paginate():
        found |= {f"parameter {each['Name']}" for each in page["Parameters"]}
    for page in world.iam.get_paginator("list_policies").paginate(Scope="Local"):
        found |= {f"policy {each['Arn']}" for each in page["Policies"]}
    return found
