"""The gate: every step that the engine previewed is expected, or nothing is done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from stacks.kinds import SCALING_POLICY, SCALING_TARGET, TABLE

IDLE = frozenset({"same", "read", "refresh"})
"""Operations that change nothing in AWS."""
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
    """

    op: str
    urn: str
    properties: frozenset[str] = frozenset()
    replaces: bool = False

    @property
    def kind(self) -> str:
        return self.urn.split("::")[2].rpartition("$")[2]

    @property
    def name(self) -> str:
        return self.urn.split("::", 3)[3]

    def __str__(self) -> str:
        which = f" ({', '.join(sorted(self.properties))})" if self.properties else ""
        return f"{self.op} {_word(self.kind)} {self.name}{which}"


@dataclass(frozen=True)
class Permit:
    """What may happen to one resource.

    Attributes:
        properties: The properties that may differ; None for any that change in place.
    """

    kind: str
    name: str
    ops: frozenset[str]
    properties: frozenset[str] | None = None

    def __str__(self) -> str:
        what = f"{' or '.join(sorted(self.ops))} {_word(self.kind)} {self.name}"
        if self.properties is None:
            return what
        return f"{what} ({', '.join(sorted(self.properties)) or 'as it is'})"

    def covers(self, change: Change) -> bool:
        return (
            (change.kind, change.name) == (self.kind, self.name)
            and change.op in self.ops
            and (self.properties is None or change.properties <= self.properties)
        )


def _word(kind: str) -> str:
    return _WORDS.get(kind, kind.rpartition(":")[2])


def judge(
    changes: Iterable[Change], permits: Iterable[Permit], retained: Mapping[str, bool]
) -> list[str]:
    """What stands against the update: one line for each change that is not allowed.

    Args:
        changes: The preview's steps.
        permits: What the row allows.
        retained: URN of each table in the state → its retain flag.
    """
    allowed = tuple(permits)
    complaints: list[str] = []
    for change in changes:
        if change.op in IDLE:
            continue
        if change.replaces or "replace" in change.op:
            complaints.append(f"{change}: would replace it")
        elif not any(permit.covers(change) for permit in allowed):
            complaints.append(f"{change}: not part of this step")
        elif change.op == "delete" and change.kind == TABLE and not retained.get(change.urn):
            complaints.append(f"{change}: would really delete it, its state has no retain flag")
    return complaints
