"""Which week is meant."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.weeks import WeekSpan, is_zone, week_of

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("now", "wanted", "name"),
    [
        ("2026-11-20T17:59", None, "2026-W47"),
        ("2026-11-20T18:00", None, "2026-W48"),
        ("2026-11-22T23:59", None, "2026-W48"),
        ("2026-11-23T00:00", None, "2026-W48"),
        ("2026-11-20T20:00", "this", "2026-W47"),
        ("2026-11-18T08:00", "next", "2026-W48"),
        ("2026-12-30T08:00", "next", "2027-W01"),
        ("2026-01-01T08:00", "2026-W53", "2026-W53"),
    ],
)
def test_the_week(now, wanted, name):
    assert week_of(wanted, at(now), SHANGHAI).name == name


def test_the_moment_counts_in_the_users_zone():
    utc = datetime.fromisoformat("2026-11-22T16:30:00+00:00")  # Monday 00:30 in Shanghai
    assert week_of("this", utc, SHANGHAI).monday == date(2026, 11, 23)


@pytest.mark.parametrize("wanted", ["2026-W54", "2026-48", "soon", "2025-W53", "", "9999-W52", "0001-W01"])
def test_what_is_no_week_is_refused(wanted):
    with pytest.raises(ValueError):  # noqa: PT011 - the command line tells it
        week_of(wanted, at("2026-11-20T12:00"), SHANGHAI)


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2090, 1, 1)))
def test_a_week_has_seven_days_and_holds_its_moment(moment):
    zone = ZoneInfo("America/Los_Angeles")
    week = week_of("this", moment.replace(tzinfo=zone), zone)
    assert len(week.days) == 7
    assert week.start <= moment.replace(tzinfo=zone) < week.end
    assert week_of(week.name, moment.replace(tzinfo=zone), zone) == week


@pytest.mark.parametrize(
    ("monday", "zone", "name", "hours"),
    [
        (date(2026, 11, 23), "Asia/Shanghai", "2026-W48", 168),
        (date(2026, 3, 23), "Europe/Berlin", "2026-W13", 167),  # an hour is left out
        (date(2026, 10, 19), "Europe/Berlin", "2026-W43", 169),
        (date(2026, 12, 28), "UTC", "2026-W53", 168),
        (date(2027, 1, 4), "UTC", "2027-W01", 168),
    ],
)
def test_a_span(monday, zone, name, hours):
    week = WeekSpan(monday, ZoneInfo(zone))
    assert week.name == name
    assert (week.end.timestamp() - week.start.timestamp()) / 3600 == hours
    assert (week.days[0], week.days[-1]) == (monday, monday + timedelta(days=6))
    assert week.shifted(3).shifted(-3) == week
    assert week.shifted(-1).end == week.start


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Asia/Shanghai", True), ("UTC", True), ("Mars/Olympus", False), ("../etc/passwd", False), ("", False),
     ("Asia", False), ("Asia/Shanghai\x00", False)],
)  # fmt: skip
def test_what_a_zone_is(name, expected):
    assert is_zone(name) is expected
