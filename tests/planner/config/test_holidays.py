"""Holidays and worked weekends, of the Chinese calendar and of the user."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from planner.config import parse
from planner.config.holidays import is_working_day
from planner.i18n.catalog import Catalog
from planner.plan.candidates import select
from planner.weeks import week_of
from tests.support.events import SHANGHAI, make_event
from tests.support.planning import config, rated


def works(day: str, text: str = "", timezone: str = "Asia/Shanghai") -> tuple[bool, bool]:
    week = parse(text.encode(), "config.yaml", Catalog("en")).week
    return is_working_day(date.fromisoformat(day), week, timezone)


@pytest.mark.parametrize(
    ("day", "timezone", "expected"),
    [
        ("2026-10-01", "Asia/Shanghai", (False, True)),  # a Thursday off
        ("2026-10-10", "Asia/Shanghai", (True, True)),  # a worked Saturday
        ("2026-10-01", "Europe/Berlin", (True, True)),
        ("2031-10-01", "Asia/Shanghai", (True, False)),  # nobody has announced it yet
        ("2031-10-04", "Asia/Shanghai", (False, False)),
    ],
)
def test_weekends_and_the_chinese_calendar(day, timezone, expected):
    assert works(day, timezone=timezone) == expected


def test_what_the_user_knows_beats_every_calendar_and_makes_its_year_known():
    text = 'week: {holidays: {off: ["2031-10-01..2031-10-07", 2026-11-20], worked: [2031-10-11]}}'
    assert works("2031-10-07", text) == (False, True)
    assert works("2031-10-11", text) == (True, True)
    assert works("2031-11-12", text) == (True, True)
    assert works("2032-11-12", text) == (True, False)
    assert works("2026-11-20", text) == (False, True)


def test_other_countries_by_their_code():
    pytest.importorskip("holidays", reason="the extra holidays is not installed")
    assert works("2026-12-25", "week: {country: DE}", "Europe/Berlin") == (False, True)
    assert works("2026-12-28", "week: {country: DE}", "Europe/Berlin") == (True, True)
    assert works("2026-08-15", "week: {country: DE-BY}") == (False, True)
    assert works("2026-10-10", "week: {country: CN}", "Europe/Berlin") == (True, True)


def test_without_the_library_a_country_is_refused_with_the_way_to_get_it(monkeypatch):
    monkeypatch.setattr("planner.config.days.find_spec", lambda name: None)
    from planner.errors import ConfigError

    with pytest.raises(ConfigError) as stopped:
        works("2026-12-25", "week: {country: DE}")
    assert "pip install holidays" in str(stopped.value)
    assert works("2026-10-01", "week: {country: CN}") == (False, True)


def test_a_holiday_counts_as_weekend_and_a_worked_saturday_as_working_day():
    national_day = week_of("2026-W40", datetime(2026, 9, 25, 20, tzinfo=SHANGHAI), SHANGHAI)
    noon = national_day.start + timedelta(days=3, hours=12)  # Thursday, 1 October 2026
    events = [rated(make_event("noon", start=noon, end=noon + timedelta(hours=2)))]
    candidates, _ = select(events, config(), national_day, national_day.start)
    assert [each.id for each in candidates] == ["noon"]
    worked = week_of("2026-W41", datetime(2026, 10, 2, 20, tzinfo=SHANGHAI), SHANGHAI)
    noon = worked.start + timedelta(days=5, hours=12)  # Saturday, 10 October 2026, is worked
    events = [rated(make_event("noon", start=noon, end=noon + timedelta(hours=2)))]
    _, exclusions = select(events, config(), worked, worked.start)
    assert [each.reason.code for each in exclusions] == ["outside_free_hours"]
