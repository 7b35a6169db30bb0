"""A restore point that none can begin from: what is printed in its place can be given back."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from restore.model.errors import UsageError
from restore.model.when import UNSAID, When, parse_when, resolve, said_when, time_text
from tests.fixes.sites import printed
from tests.support.memory.facts import NOW, WINDOW

LAST_GOOD = time_text(NOW - timedelta(hours=2))


def refused(said: Callable[[], object]) -> str:
    with pytest.raises(UsageError) as error:
        said()
    return str(error.value)


@pytest.mark.parametrize("text", ["yesterday", "", "90"])
def test_no_time_is_answered_with_how_to_say_one(text: str) -> None:
    """`--to latest` was offered first: it restores the damage that someone was to be rid of."""
    fix = printed(refused(lambda: said_when(text)), "restore/model/when.py:parse_when")

    assert fix.startswith("--to TIME, the last good second")
    example, age = re.findall(r"such as (\S+?)(?:,| )", fix)
    assert parse_when(example).at is not None
    assert parse_when(age).age == timedelta(minutes=90)


def test_a_time_without_a_zone_is_answered_with_the_zones_that_it_may_mean() -> None:
    """UTC alone would be taken by who reads a clock on the wall: two hours off."""
    fix = printed(
        refused(lambda: parse_when("2026-01-31T14:02:00")), "restore/model/when.py:parse_when#2"
    )

    utc, ahead = (parse_when(each).at for each in re.findall(r"--to (\S+)", fix))
    assert utc is not None
    assert ahead is not None
    assert utc - ahead == timedelta(hours=2)


@pytest.mark.parametrize(
    ("site", "when"),
    [
        ("restore/model/when.py:resolve", UNSAID),
        ("restore/model/when.py:resolve#2", When(predecessor=True)),
        ("restore/model/when.py:_future", When(at=NOW + timedelta(days=2))),
        ("restore/model/when.py:resolve#3", When(age=timedelta(minutes=1))),
        ("restore/model/when.py:resolve#4", When(age=timedelta(days=40))),
    ],
)
def test_a_point_outside_the_window_is_answered_with_one_inside(site: str, when: When) -> None:
    """A time in the future, of a wrong zone, was answered with the latest: all the damage."""
    fix = printed(refused(lambda: resolve(when, WINDOW, NOW)), site)

    for offered in re.findall(r"--to (\S+?)[,;]?(?: |$)", fix):
        point = resolve(parse_when(offered.replace("TIME", LAST_GOOD)), WINDOW, NOW)
        assert WINDOW.earliest <= point <= WINDOW.latest
        assert site != "restore/model/when.py:_future" or time_text(point) == LAST_GOOD


def test_a_point_that_is_too_recent_is_in_the_window_soon() -> None:
    """To wait, as it is printed, loses less than to take an earlier second."""
    when = When(at=WINDOW.latest.replace(microsecond=0) + timedelta(minutes=1))
    fix = printed(refused(lambda: resolve(when, WINDOW, NOW)), "restore/model/when.py:resolve#3")
    assert fix.startswith("wait until it holds that second, then the same command")

    later = timedelta(minutes=2)
    moved = type(WINDOW)(WINDOW.earliest, WINDOW.latest + later)
    assert resolve(when, moved, NOW + later) == when.at
