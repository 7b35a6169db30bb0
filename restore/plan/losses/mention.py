"""What else in the account names a table, and what of that could not be looked at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from restore.settings.answers import Answers


class Kind(StrEnum):
    """What it is that names the table and has no place of its own in the stack config."""

    MATH_ALARM = "metric-math alarm"
    COMPOSITE_ALARM = "composite alarm"
    SCHEDULED_ACTION = "scheduled action"
    STREAM_POLICY = "resource policy of the stream"
    IAM_POLICY = "IAM policy"
    INLINE_POLICY = "inline IAM policy"
    BACKUP = "backup selection"


@dataclass(frozen=True)
class Mention:
    """One thing that names the table.

    Attributes:
        name: What AWS calls it, as precisely as it takes to find it again.
        detail: What it has to do with the table.
        by_hand: What a person can do, so that it names the restored table as well.
        config: What under `tables.<name>` of the stack config does the same, None where nothing
            does.
    """

    kind: Kind
    name: str
    detail: str
    by_hand: str
    config: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Unseen:
    """What could not be looked at, and the permission that it takes: `cloudwatch:DescribeAlarms`.

    Not the same as nothing found.
    """

    what: str
    action: str


@dataclass(frozen=True)
class Survey:
    """All that was found out about a table and about what names it.

    Attributes:
        answers: Its settings and what hangs on it; None where the table is gone, or where it
            could not be looked at.
    """

    answers: Answers | None = None
    mentions: tuple[Mention, ...] = ()
    unseen: tuple[Unseen, ...] = ()


@dataclass(frozen=True)
class Side:
    """A table as others name it, and the tags by which others take it."""

    name: str
    arn: str
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Route:
    """Whose mentions are looked for.

    Attributes:
        source: The table that is restored from.
        target: The table that takes its place, with the tags that the stack declares for it.
        indexes: The names of the global secondary indexes, which both have.
        stream: The ARN of the source's stream, None where it has none.
    """

    source: Side
    target: Side
    indexes: tuple[str, ...] = ()
    stream: str | None = None

    @property
    def scaled(self) -> tuple[str, ...]:
        """What Application Auto Scaling calls the table and its indexes."""
        table = f"table/{self.source.name}"
        return (table, *(f"{table}/index/{index}" for index in self.indexes))

    def arns(self) -> Iterator[tuple[str, str]]:
        """Each ARN of the source, with the one that stands in its place.

        A stream's ends with the moment at which it was turned on, which for the target is still
        to come.
        """
        yield self.source.arn, self.target.arn
        for index in (*self.indexes, "any"):
            yield f"{self.source.arn}/index/{index}", f"{self.target.arn}/index/{index}"
        stream = self.stream or f"{self.source.arn}/stream/then"
        yield stream, f"{self.target.arn}/stream/later"
