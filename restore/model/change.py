"""One step of a preview or an update."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from restore.table.kinds import SCALING_POLICY, SCALING_TARGET

IDLE = frozenset({"same", "read", "refresh"})
"""Operations that change nothing in AWS."""
TAGS = frozenset({"tags", "tagsAll"})
"""Properties that hold tags and nothing else; `tagsAll` has the provider's default ones as well."""
_PROVIDER = "pulumi:providers:"
_WORDS = {SCALING_POLICY: "ScalingPolicy", SCALING_TARGET: "ScalingTarget"}
"""Where Pulumi's own word is that of another type as well."""


@dataclass(frozen=True)
class Change:
    """One step of a preview that changes something.

    Attributes:
        op: The engine's name of the operation: create, update, import, delete, replace, …
        urn: The resource.
        properties: Top-level input properties that differ.
        replaces: Whether the provider would replace the resource for them.
        values: Path of each value that differs, where the preview names it → (old, new); None for
            a value that does not exist or is not known yet.
    """

    op: str
    urn: str
    properties: frozenset[str] = frozenset()
    replaces: bool = False
    values: Mapping[str, tuple[Any, Any]] = field(default_factory=dict, compare=False)

    @property
    def kind(self) -> str:
        return self.urn.split("::")[2].rpartition("$")[2]

    @property
    def name(self) -> str:
        return self.urn.split("::", 3)[3]

    @property
    def resource(self) -> str:
        """What `--accept` calls it: `Table/restore-demo.original`."""
        return f"{word(self.kind)}/{self.name}"

    @property
    def replaced(self) -> bool:
        return self.replaces or "replace" in self.op

    @property
    def light(self) -> bool:
        """Whether it changes no table and nothing that belongs to one.

        A provider is how AWS is reached: new credentials for it change nothing there. And a team's
        account puts tags on tables, so tags alone never stop a step (docs/decisions/0025).
        """
        if self.replaced:
            return False
        tagged = self.op == "update" and bool(self.properties) and self.properties <= TAGS
        return self.op in IDLE or tagged or self.kind.startswith(_PROVIDER)

    def __str__(self) -> str:
        which = f" ({', '.join(sorted(self.properties))})" if self.properties else ""
        return f"{self.op} {word(self.kind)} {self.name}{which}"


def word(kind: str) -> str:
    """A resource type as messages name it: Pulumi's last word of it, `Table`."""
    return _WORDS.get(kind, kind.rpartition(":")[2])
