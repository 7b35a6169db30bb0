"""What an engine was doing when it died."""

import json

from tests.support.engine.world import World


def pending(world: World) -> list[str]:
    """What the state says was being created when the engine died."""
    deployment = json.loads(world.pulumi("stack", "export").out)["deployment"]
    return [
        f"{each['type']} {each['resource']['urn'].rpartition('::')[2]}"
        for each in deployment.get("pending_operations", [])
    ]
