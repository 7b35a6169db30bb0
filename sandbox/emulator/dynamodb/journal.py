"""What every item of a table was before each write, newest last.

Going back from the present costs nothing when recovery is turned on, and only what was written
since the asked second when a restore is made.
"""

from collections import deque
from typing import NamedTuple

from moto.dynamodb.models.dynamo_type import DynamoType, Item

Key = tuple[DynamoType, DynamoType | None]
Items = dict[Key, Item]


class Change(NamedTuple):
    at: float
    key: Key
    before: Item | None


class Journal:
    def __init__(self) -> None:
        self._changes: deque[Change] = deque()

    def __len__(self) -> int:
        return len(self._changes)

    def __deepcopy__(self, memo: dict[int, object]) -> "Journal":
        # moto copies a table for each transaction. A change is never altered once it is noted, so
        # its copy may share it.
        copied = Journal()
        copied._changes = self._changes.copy()
        return copied

    def note(self, at: float, key: Key, before: Item | None) -> None:
        """Remember an item as it was until `at`; nobody may alter it afterwards."""
        if self._changes:
            at = max(at, self._changes[-1].at)  # the machine's clock may have been put back
        self._changes.append(Change(at, key, before))

    def forget(self, until: float) -> None:
        """Drop the changes that no restore point from `until` on needs."""
        while self._changes and self._changes[0].at <= until:
            self._changes.popleft()

    def as_of(self, moment: float, present: Items) -> Items:
        """Return the items as they were at `moment`: a write at that very moment is in."""
        items = dict(present)
        for change in reversed(self._changes):
            if change.at <= moment:
                break
            if change.before is None:
                items.pop(change.key, None)
            else:
                items[change.key] = change.before
        return items
