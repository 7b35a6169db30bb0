"""The gate: every step that the engine previewed is expected, or nothing is done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from restore.model.change import TAGS, Change, word
from restore.table.kinds import TABLE


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
        what = f"{' or '.join(sorted(self.ops))} {word(self.kind)} {self.name}"
        if self.properties is None:
            return what
        return f"{what} ({', '.join(sorted(self.properties)) or 'as it is'})"

    def covers(self, change: Change) -> bool:
        return (
            (change.kind, change.name) == (self.kind, self.name)
            and change.op in self.ops
            and (self.properties is None or change.properties - TAGS <= self.properties)
        )


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
