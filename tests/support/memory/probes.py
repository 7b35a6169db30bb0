"""What a probe has read."""

from datetime import UTC, datetime, timedelta

from restore.decide.probed import Probed, Read, Seen

DENIED = "AccessDenied"
AT = datetime(2026, 1, 31, 14, 2, tzinfo=UTC)


def probed(*reads: tuple[str | None, str | None]) -> Probed:
    """What was seen by reads of a table, one each second, each with its error."""
    seen = Probed({"orders": Seen("old", "new")})
    for second, (table, error) in enumerate(reads):
        read = Read(AT + timedelta(seconds=second), "orders", table, 60 * (second % 2), error)
        seen = seen.after(read)
    return seen
