"""Which tables a resource selection of AWS Backup takes, and why. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from restore.plan.losses.mention import Route, Side
from restore.plan.losses.wildcards import matches

_TAG = "aws:ResourceTag/"
_OPERATORS = ("StringEquals", "StringLike", "StringNotEquals", "StringNotLike")


@dataclass(frozen=True)
class Selection:
    """A selection (AWS Backup API Reference, BackupSelection).

    Attributes:
        resources: ARN patterns; with no tag asked for either, every resource is meant.
        but_not: ARN patterns.
        one_of: Tag and value, one of which is enough (ListOfTags).
        all_of: Operator, tag and value, every one of which has to hold (Conditions).
    """

    resources: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()
    one_of: tuple[tuple[str, str], ...] = ()
    all_of: tuple[tuple[str, str, str], ...] = ()

    @classmethod
    def of(cls, described: Mapping[str, Any]) -> "Selection":
        """From what GetBackupSelection answers under BackupSelection."""
        conditions = described.get("Conditions") or {}
        return cls(
            resources=tuple(described.get("Resources") or ()),
            but_not=tuple(described.get("NotResources") or ()),
            one_of=tuple(_tag(each) for each in described.get("ListOfTags") or ()),
            all_of=tuple(
                (operator, *_tag(each))
                for operator in _OPERATORS
                for each in conditions.get(operator) or ()
            ),
        )

    @property
    def tags(self) -> frozenset[str]:
        """The tags that it looks at."""
        return frozenset((*(tag for tag, _ in self.one_of), *(tag for _, tag, _ in self.all_of)))

    def takes(self, side: Side) -> bool:
        excluded = any(matches(pattern, side.arn) for pattern in self.but_not)
        conditions = all(_holds(condition, side.tags) for condition in self.all_of)
        return conditions and not excluded and any(True for _ in self._reasons(side))

    def reason(self, side: Side) -> str:
        """Why it takes the table: `by its ARN`, or the tags that it asks for."""
        (first, *_) = self._reasons(side)
        asked = [f"{tag}={side.tags.get(tag, '')}" for _, tag, _ in self.all_of]
        return first + (f" and by its tags {', '.join(asked)}" if asked else "")

    def _reasons(self, side: Side) -> Iterator[str]:
        if any(matches(pattern, side.arn) for pattern in self.resources):
            yield "by its ARN"
        for tag, value in self.one_of:
            if side.tags.get(tag) == value:
                yield f"by its tag {tag}={value}"
        if not self.resources and not self.one_of:
            yield "with all others"


@dataclass(frozen=True)
class Missed:
    """A selection that takes the source and not the target.

    Attributes:
        why: Why it takes the source.
        tags: Those of the source's tags that would make it take the target too, None where no
            tag can.
    """

    why: str
    tags: Mapping[str, str] | None = field(default=None)


def missed(selection: Selection, route: Route) -> Missed | None:
    """What the selection takes of the source alone, None where it treats both alike."""
    source, target = route.source, route.target
    if not selection.takes(source) or selection.takes(target):
        return None
    lent = {tag: source.tags[tag] for tag in sorted(selection.tags & {*source.tags})}
    helps = selection.takes(replace(target, tags={**target.tags, **lent}))
    return Missed(selection.reason(source), lent if helps else None)


def _tag(condition: Mapping[str, str]) -> tuple[str, str]:
    return condition["ConditionKey"].removeprefix(_TAG), condition["ConditionValue"]


def _holds(condition: tuple[str, str, str], tags: Mapping[str, str]) -> bool:
    """A table without the tag is unlike any value."""
    operator, tag, value = condition
    given = tags.get(tag)
    alike = given is not None and (
        matches(value, given) if operator.endswith("Like") else value == given
    )
    return alike != ("Not" in operator)
