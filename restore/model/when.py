"""WHEN: the point in time to restore to, as a person says it and as AWS wants it."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from restore.model.errors import UsageError
from restore.model.facts import Window

_AGE = re.compile(r"(?P<count>[0-9]{1,5})(?P<unit>[smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_NOTHING = "Nothing was touched."
TOLERANCE = timedelta(seconds=1)
"""DynamoDB restores to the second; closer than this is the same point in time."""


@dataclass(frozen=True)
class When:
    """`latest` (neither), an age, or an absolute time.

    Attributes:
        said: Whether the command line says it. Where it does not, a restore that exists is carried
            on and a lost table has only one moment left; no other restore begins.
        predecessor: `predecessor`: the last moment of a table that was deleted and made again.
    """

    at: datetime | None = None
    age: timedelta | None = None
    said: bool = True
    predecessor: bool = False

    def names_another_time(self, than: datetime) -> bool:
        """Whether this is an absolute time that differs from `than` by more than a second.

        An age and `latest` are resolved once: a restore that runs already has resolved them.
        """
        return self.at is not None and abs(self.at - than) > TOLERANCE


LATEST = When()
UNSAID = When(said=False)


def said_when(text: str | None) -> When:
    """What `--to` says.

    Raises:
        UsageError: it says no point in time; an empty text, as an unset variable gives, says none.
    """
    return UNSAID if text is None else parse_when(text)


def parse_when(text: str) -> When:
    """`latest`, `predecessor`, an age such as `90m`, or an ISO 8601 time with its offset.

    Raises:
        UsageError: it is none of them.
    """
    if text == "latest":
        return LATEST
    if text == "predecessor":
        return When(predecessor=True)
    if age := _AGE.fullmatch(text):
        return When(age=timedelta(**{_UNITS[age["unit"]]: int(age["count"])}))
    try:
        at = datetime.fromisoformat(text)
        at.astimezone(UTC)
    except (ValueError, OverflowError):
        raise UsageError(
            f"{text!r} is no point in time." if text else "--to is empty.",
            _NOTHING,
            "--to TIME, the last good second, such as 2026-01-31T14:02:00Z, or an age such as 90m"
            " (s, m, h or d); --to latest is everything up to now",
        ) from None
    if at.tzinfo is None:
        raise UsageError(
            f"{text!r} does not say in which time zone.",
            _NOTHING,
            f"--to {at.isoformat()}Z for UTC, or --to {at.isoformat()}+02:00 for a clock that is"
            " two hours ahead of it",
        )
    # In the zone that it was typed in: of a slip the digits are needed again.
    return When(at=at)


def resolve(when: When, window: Window, now: datetime) -> datetime:
    """The restore point, whole seconds, inside the restore window.

    Raises:
        UsageError: none was given, or it lies in the future or outside the window that AWS
            describes.
    """
    if not when.said:
        raise UsageError(
            "No restore point was given, and a restore to the latest second would hold the damage"
            " as well.",
            "Nothing was started.",
            "--to TIME, the last good second, such as --to"
            f" {time_text(now - timedelta(hours=1))}; --to latest is everything up to"
            f" {time_text(window.latest)}",
        )
    if when.predecessor:
        raise UsageError(
            "The table was not deleted since the stack has it: it has no predecessor.",
            _NOTHING,
            "--to TIME, the last good second",
        )
    if when == LATEST:
        return window.latest.replace(microsecond=0)
    asked = (when.at or now - (when.age or timedelta())).replace(microsecond=0)
    if asked > now:
        raise _future(asked, now)
    at = asked.astimezone(UTC)
    if at > window.latest:
        raise UsageError(
            f"{time_text(at)} is too recent: the restore window ends at {time_text(window.latest)}"
            " and moves on.",
            _NOTHING,
            f"wait until it holds that second, then the same command; or --to"
            f" {time_text(window.latest)}",
        )
    if at < window.earliest.replace(microsecond=0):
        nearest = window.earliest + timedelta(seconds=1)
        raise UsageError(
            f"{time_text(at)} is before the restore window, from {time_text(window.earliest)}.",
            _NOTHING,
            f"--to {time_text(nearest)}",
        )
    return at


def time_text(moment: datetime) -> str:
    """UTC, whole seconds, as WHEN takes it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def in_full(moment: datetime, now: datetime) -> str:
    """The time in UTC, as the clock on the wall has it, and how long ago it was."""
    here = moment.astimezone()
    return (
        f"{time_text(moment)}, {here:%H:%M:%S} local time ({here:%Z}), {age_text(now - moment)} ago"
    )


def age_text(age: timedelta) -> str:
    """The two largest units of it: `1 h 02 min`."""
    minutes, seconds = divmod(int(age.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days} d {hours:02} h"
    if hours:
        return f"{hours} h {minutes:02} min"
    return f"{minutes} min {seconds:02} s" if minutes else f"{seconds} s"


def _future(asked: datetime, now: datetime) -> UsageError:
    """Nobody means the future; with the zone of the digits mistaken, it is often the local time.

    The latest second is never offered instead: it holds the damage as well.
    """
    wrong = f"{time_text(asked)} lies in the future: it is {time_text(now)} now."
    here = asked.replace(tzinfo=None).astimezone()
    if here > now or here == asked:
        return UsageError(wrong, _NOTHING, "--to TIME, the last good second")
    return UsageError(
        f"{wrong} Did you mean local time? {here:%H:%M:%S} {here:%Z} is {time_text(here)},"
        f" {age_text(now - here)} ago.",
        _NOTHING,
        f"--to {time_text(here)}, if so",
    )
