"""What `pulumi preview --json` says that an update would do."""

import json
from dataclasses import dataclass
from typing import Any

from tests.support.engine.world import World

IDLE = {"same", "read", "refresh"}


@dataclass(frozen=True)
class Step:
    """One resource of a preview.

    Attributes:
        op: The engine's word: same, import, update, create, …
        kind: Its type's last word.
        name: Its logical name.
        differs: Every property in which it differs, by its path.
    """

    op: str
    kind: str
    name: str
    differs: frozenset[str]


def previewed(world: World, *arguments: str) -> list[Step]:
    """The steps that would change something, against AWS as it is now."""
    shown: dict[str, Any] = json.loads(
        world.pulumi("preview", "--json", "--refresh", *arguments).out
    )
    steps = [_step(each) for each in shown["steps"]]
    return sorted(
        (step for step in steps if step.op not in IDLE), key=lambda step: (step.kind, step.name)
    )


def _step(shown: dict[str, Any]) -> Step:
    kind, name = shown["urn"].split("::")[2:4]
    details = [*(shown.get("detailedDiff") or ()), *(shown.get("diffReasons") or ())]
    replaces = [f"{each} (replaces)" for each in shown.get("replaceReasons") or ()]
    return Step(shown["op"], kind.rpartition(":")[2], name, frozenset((*details, *replaces)))
