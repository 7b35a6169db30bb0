"""WHEN: what someone may say, and the second that it comes to."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from restore.model.errors import UsageError
from restore.model.facts import Window
from restore.model.when import LATEST, When, in_full, parse_when, resolve, time_text

NOW = datetime(2026, 1, 31, 15, 0, 0, 700_000, tzinfo=UTC)
WINDOW = Window(
    datetime(2026, 1, 1, 9, 0, 0, 400_000, tzinfo=UTC),
    datetime(2026, 1, 31, 14, 55, 0, 400_000, tzinfo=UTC),
)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        pytest.param("latest", LATEST, id="latest"),
        pytest.param("45s", When(age=timedelta(seconds=45)), id="seconds"),
        pytest.param("90m", When(age=timedelta(minutes=90)), id="minutes"),
        pytest.param("2h", When(age=timedelta(hours=2)), id="hours"),
        pytest.param("3d", When(age=timedelta(days=3)), id="days"),
        pytest.param(
            "2026-01-31T14:02:00Z", When(at=datetime(2026, 1, 31, 14, 2, tzinfo=UTC)), id="utc"
        ),
        pytest.param(
            "2026-01-31T15:02:00+01:00",
            When(at=datetime(2026, 1, 31, 14, 2, tzinfo=UTC)),
            id="offset",
        ),
        pytest.param(
            "2026-01-31 09:02-05:00",
            When(at=datetime(2026, 1, 31, 14, 2, tzinfo=UTC)),
            id="a-blank-for-the-T",
        ),
    ],
)
def test_a_point_in_time_can_be_said_in_three_ways(text: str, when: When) -> None:
    assert parse_when(text) == when


@pytest.mark.parametrize(
    "text",
    ["yesterday", "90", "90x", "-90m", "1.5h", "90m ago", "Latest", "14:02", "2026-13-01T00Z"],
)
def test_a_malformed_time_is_refused_with_examples(text: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_when(text)

    assert refused.value.wrong == f"{text!r} is no point in time."
    assert refused.value.fix.startswith("--to TIME, the last good second, such as 20")
    assert refused.value.exit_code == 2


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+23:00", "9999-12-31T23:59:00-23:00"])
def test_a_time_that_utc_cannot_hold_is_malformed(text: str) -> None:
    """It is a time to Python until it is brought to UTC: a traceback would be the answer."""
    with pytest.raises(UsageError, match="is no point in time"):
        parse_when(text)


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("2026-01-31T14:02:00", "--to 2026-01-31T14:02:00Z for UTC, or"),
        ("2026-01-31 14:02", "--to 2026-01-31T14:02:00Z for UTC, or"),
        ("2026-01-31", "--to 2026-01-31T00:00:00Z for UTC, or"),
        ("20260131", "--to 2026-01-31T00:00:00Z for UTC, or"),
    ],
)
def test_a_time_without_a_zone_is_refused_with_a_fix_that_works(text: str, fix: str) -> None:
    """Guessing the zone would restore the wrong hour and say nothing."""
    with pytest.raises(UsageError) as refused:
        parse_when(text)

    assert refused.value.fix.startswith(fix)
    offered = [word for word in refused.value.fix.split() if word.startswith("20")]
    assert len({parse_when(word).at for word in offered}) == 2


def test_latest_is_the_last_whole_second_of_the_window() -> None:
    assert resolve(LATEST, WINDOW, NOW) == datetime(2026, 1, 31, 14, 55, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "point"),
    [
        pytest.param("90m", datetime(2026, 1, 31, 13, 30, tzinfo=UTC), id="age"),
        pytest.param(
            "2026-01-31T14:02:07.9Z", datetime(2026, 1, 31, 14, 2, 7, tzinfo=UTC), id="fraction"
        ),
        pytest.param(
            "2026-01-31T14:55:00Z", datetime(2026, 1, 31, 14, 55, tzinfo=UTC), id="latest-second"
        ),
        pytest.param(
            "2026-01-01T09:00:00Z", datetime(2026, 1, 1, 9, tzinfo=UTC), id="earliest-second"
        ),
    ],
)
def test_a_point_in_the_window_is_taken_to_the_whole_second(text: str, point: datetime) -> None:
    """RestoreTableToPointInTime takes whole seconds; rounding up could pass the bad write."""
    assert resolve(parse_when(text), WINDOW, NOW) == point


@pytest.mark.parametrize(
    ("text", "wrong", "fix"),
    [
        pytest.param(
            "2026-01-31T14:55:01Z",
            "2026-01-31T14:55:01Z is too recent: the restore window ends at 2026-01-31T14:55:00Z"
            " and moves on.",
            "wait until it holds that second, then the same command; or --to 2026-01-31T14:55:00Z",
            id="after-the-window",
        ),
        pytest.param(
            "1m",
            "2026-01-31T14:59:00Z is too recent: the restore window ends at 2026-01-31T14:55:00Z"
            " and moves on.",
            "wait until it holds that second, then the same command; or --to 2026-01-31T14:55:00Z",
            id="age-after-the-window",
        ),
        pytest.param(
            "2026-01-01T08:59:59Z",
            "2026-01-01T08:59:59Z is before the restore window, from 2026-01-01T09:00:00Z.",
            "--to 2026-01-01T09:00:01Z",
            id="before-the-window",
        ),
        pytest.param(
            "40d",
            "2025-12-22T15:00:00Z is before the restore window, from 2026-01-01T09:00:00Z.",
            "--to 2026-01-01T09:00:01Z",
            id="age-before-the-window",
        ),
    ],
)
def test_a_point_outside_the_window_is_refused_with_the_nearest_one(
    text: str, wrong: str, fix: str
) -> None:
    with pytest.raises(UsageError) as refused:
        resolve(parse_when(text), WINDOW, NOW)

    assert (refused.value.wrong, refused.value.fix) == (wrong, fix)
    offered = fix.rpartition("--to ")[2].replace("TIME, the last good second", "1h")
    assert resolve(parse_when(offered), WINDOW, NOW)


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """`zone(TZ)`: the machine's time zone."""

    def to(name: str) -> None:
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield to
    monkeypatch.undo()
    time.tzset()


def test_a_local_time_that_was_typed_as_utc_is_answered_with_both_readings(
    zone: Callable[[str], None],
) -> None:
    """The fix used to be the latest second: that restored the garbage."""
    zone("CET-1")
    with pytest.raises(UsageError) as refused:
        resolve(parse_when("2026-01-31T15:02:00Z"), WINDOW, NOW)

    assert refused.value.wrong == (
        "2026-01-31T15:02:00Z lies in the future: it is 2026-01-31T15:00:00Z now. Did you mean"
        " local time? 15:02:00 CET is 2026-01-31T14:02:00Z, 58 min 00 s ago."
    )
    assert refused.value.fix == "--to 2026-01-31T14:02:00Z, if so"
    # prints: restore/model/when.py:_future#2
    offered = refused.value.fix.removeprefix("--to ").removesuffix(", if so")
    assert time_text(resolve(parse_when(offered), WINDOW, NOW)) == offered


@pytest.mark.parametrize(
    ("here", "text"),
    [
        pytest.param("UTC", "2026-01-31T15:02:00Z", id="here-is-utc"),
        pytest.param("EST5", "2026-01-31T15:02:00Z", id="later-still-in-local-time"),
        pytest.param("CET-1", "2026-01-31T18:02:00Z", id="also-future-in-local-time"),
        pytest.param("CET-1", "2026-01-31T16:02:00+01:00", id="said-in-local-time"),
    ],
)
def test_a_future_time_is_never_answered_with_the_latest_second(
    zone: Callable[[str], None], here: str, text: str
) -> None:
    zone(here)
    with pytest.raises(UsageError, match="lies in the future") as refused:
        resolve(parse_when(text), WINDOW, NOW)

    assert "local time" not in refused.value.wrong
    assert refused.value.fix == "--to TIME, the last good second"


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (NOW - timedelta(seconds=5), "2026-01-31T14:59:55Z, 15:59:55 local time (CET), 5 s ago"),
        (
            NOW - timedelta(minutes=58),
            "2026-01-31T14:02:00Z, 15:02:00 local time (CET), 58 min 00 s ago",
        ),
        (
            NOW - timedelta(hours=3),
            "2026-01-31T12:00:00Z, 13:00:00 local time (CET), 3 h 00 min ago",
        ),
        (NOW - timedelta(days=3), "2026-01-28T15:00:00Z, 16:00:00 local time (CET), 3 d 00 h ago"),
    ],
)
def test_a_restore_point_is_said_in_utc_in_local_time_and_as_an_age(
    zone: Callable[[str], None], at: datetime, said: str
) -> None:
    zone("CET-1")
    assert in_full(at, NOW) == said


def test_an_age_older_than_the_calendar_is_refused_like_any_other() -> None:
    """Python cannot subtract a million days: a traceback would answer a slip of the finger."""
    with pytest.raises(UsageError, match="before the restore window"):
        resolve(parse_when("99999d"), WINDOW, NOW)
    with pytest.raises(UsageError, match="is no point in time"):
        parse_when("999999d")


@pytest.mark.parametrize(
    ("seconds", "another"), [(-2, True), (-1, False), (0, False), (1, False), (1.5, True)]
)
def test_within_a_second_it_is_the_same_point(seconds: float, *, another: bool) -> None:
    when = When(at=NOW)

    assert when.names_another_time(NOW + timedelta(seconds=seconds)) is another


@pytest.mark.parametrize("when", [LATEST, When(age=timedelta(minutes=90))])
def test_latest_and_an_age_never_name_another_time(when: When) -> None:
    """They were resolved when the restore started; asked again they mean that restore."""
    assert not when.names_another_time(NOW - timedelta(days=30))


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001 - zone added below
@settings(max_examples=100, deadline=None, derandomize=True, database=None)
def test_what_is_printed_can_be_given_back(moment: datetime) -> None:
    """Messages offer times to copy: each must mean what it says."""
    whole = moment.replace(tzinfo=UTC, microsecond=0)

    assert parse_when(time_text(whole)) == When(at=whole)
