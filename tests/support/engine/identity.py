"""What makes a table itself."""

from typing import Any

from tests.support.engine.world import ORIGINAL, World


def identity(world: World) -> tuple[str, Any]:
    """What a table made again under the same name would not have."""
    found = world.dynamodb.describe_table(TableName=ORIGINAL)["Table"]
    return found["TableId"], found["CreationDateTime"]
