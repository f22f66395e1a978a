"""Which week is meant."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import UsageError
from planner.weeks import week_of

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


@pytest.mark.parametrize("wanted", ["2026-W54", "2026-48", "soon", "2025-W53", ""])
def test_what_is_no_week_is_a_usage_error(wanted):
    with pytest.raises(UsageError, match="not a week"):
        week_of(wanted, at("2026-11-20T12:00"), SHANGHAI)


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2090, 1, 1)))
def test_a_week_has_seven_days_and_holds_its_moment(moment):
    zone = ZoneInfo("America/Los_Angeles")
    week = week_of("this", moment.replace(tzinfo=zone), zone)
    assert len(week.days) == 7
    assert week.start <= moment.replace(tzinfo=zone) < week.end
    assert week_of(week.name, moment.replace(tzinfo=zone), zone) == week
