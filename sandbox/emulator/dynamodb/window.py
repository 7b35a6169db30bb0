"""The restore window of one table: from when to when it can be restored.

AWS restores to a second (developer guide, "Point-in-time backups for DynamoDB"), so the window
begins and ends on whole seconds and an asked time is cut to its second. That second means its very
first moment: a write at or before it is in, a later one is out. Only the earliest time of a window
that has just begun stands for the moment within it at which recovery was turned on.
"""

import math
from dataclasses import dataclass, field
from typing import Any

from moto.dynamodb.exceptions import ValidationException

from sandbox.emulator.dynamodb.clock import as_datetime
from sandbox.emulator.dynamodb.errors import InvalidRestoreTimeError
from sandbox.emulator.dynamodb.journal import Journal

DAY = 86_400
LONGEST_PERIOD = 35  # days; the API reference's default and maximum of RecoveryPeriodInDays


@dataclass
class Recovery:
    """Point-in-time recovery that is on. Times are seconds since 1970."""

    since: float
    days: int = LONGEST_PERIOD
    journal: Journal = field(default_factory=Journal)

    def earliest(self, now: float) -> int:
        return max(math.floor(self.since), math.ceil(now - self.days * DAY))

    def latest(self, now: float, lag: float) -> int:
        return max(self.earliest(now), math.floor(now - lag))

    def keep_for(self, days: int, now: float) -> None:
        """Change the recovery period; what is older than a shorter one is gone for good.

        Raises:
            ValidationException: not between 1 and 35 days.
        """
        if not 1 <= days <= LONGEST_PERIOD:
            raise ValidationException(
                "RecoveryPeriodInDays must be a value between 1 and 35, but is " + str(days)
            )
        self.since = max(self.since, now - self.days * DAY, now - days * DAY)
        self.days = days
        self.journal.forget(self.earliest(now))

    def restore_point(self, asked: float | None, now: float, lag: float) -> int:
        """Return the second to restore to; no asked time means the latest one.

        Raises:
            InvalidRestoreTimeError: outside the window.
        """
        earliest, latest = self.earliest(now), self.latest(now, lag)
        second = latest if asked is None else math.floor(asked)
        if not earliest <= second <= latest:
            raise InvalidRestoreTimeError(
                f"RestoreDateTime {as_datetime(second).isoformat()} is not between"
                f" EarliestRestorableDateTime {as_datetime(earliest).isoformat()}"
                f" and LatestRestorableDateTime {as_datetime(latest).isoformat()}"
            )
        return second

    def describe(self, now: float, lag: float) -> dict[str, Any]:
        """Return a PointInTimeRecoveryDescription."""
        return {
            "PointInTimeRecoveryStatus": "ENABLED",
            "RecoveryPeriodInDays": self.days,
            "EarliestRestorableDateTime": as_datetime(self.earliest(now)),
            "LatestRestorableDateTime": as_datetime(self.latest(now, lag)),
        }
