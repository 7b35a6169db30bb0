"""The gate: every step that the engine previewed is expected, or nothing is done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from restore.table.kinds import SCALING_POLICY, SCALING_TARGET, TABLE

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
        return f"{_word(self.kind)}/{self.name}"

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
            and (self.properties is None or change.properties - TAGS <= self.properties)
        )


def _word(kind: str) -> str:
    return _WORDS.get(kind, kind.rpartition(":")[2])


class Wrong(StrEnum):
    """Why a change is not let through."""

    REPLACES = "would replace it"
    FOREIGN = "not part of this step"
    DELETES = "would really delete it, its state has no retain flag"


@dataclass(frozen=True)
class Complaint:
    """A change that is not let through."""

    change: Change
    wrong: Wrong

    def __str__(self) -> str:
        return f"{self.change}: {self.wrong}"


def judge(
    changes: Iterable[Change], permits: Iterable[Permit], retained: Mapping[str, bool]
) -> list[Complaint]:
    """What blocks the update: a complaint for each change that is not allowed.

    Which of them someone may accept all the same says `restore.decide.acceptance`.

    Args:
        changes: The preview's steps.
        permits: What the transition allows. None: nothing but what changes no table.
        retained: URN of each table in the state → its retain flag.
    """
    allowed = tuple(permits)
    complaints: list[Complaint] = []
    for change in changes:
        if change.light:
            continue
        if change.replaced:
            complaints.append(Complaint(change, Wrong.REPLACES))
        elif not any(permit.covers(change) for permit in allowed):
            complaints.append(Complaint(change, Wrong.FOREIGN))
        elif change.op == "delete" and change.kind == TABLE and not retained.get(change.urn):
            complaints.append(Complaint(change, Wrong.DELETES))
    return complaints
