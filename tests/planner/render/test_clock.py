"""Days and hours as people of a place write them."""

from __future__ import annotations

from datetime import datetime

import pytest

from planner.i18n.catalog import Catalog
from planner.render.clock import Clock

AT, UNTIL = datetime(2026, 11, 30, 18, 30), datetime(2026, 11, 30, 20, 0)
WRITTEN = {
    ("zh", "Asia/Shanghai"): ("11月30日 周一", "18:30–20:00", "11月30日 周一 18:30"),
    ("zh", "America/Toronto"): ("11月30日 周一", "18:30–20:00", "11月30日 周一 18:30"),
    ("en", "America/Toronto"): ("Mon, Nov 30", "6:30–8 pm", "Mon, Nov 30, 6:30 pm"),
    ("en", "America/Los_Angeles"): ("Mon, Nov 30", "6:30–8 pm", "Mon, Nov 30, 6:30 pm"),
    ("en", "Europe/London"): ("Mon 30 Nov", "18:30–20:00", "Mon 30 Nov 18:30"),
    ("en", "Australia/Sydney"): ("Mon 30 Nov", "6:30–8 pm", "Mon 30 Nov 6:30 pm"),
    ("en", "Asia/Singapore"): ("Mon 30 Nov", "6:30–8 pm", "Mon 30 Nov 6:30 pm"),
    ("en", "Asia/Shanghai"): ("Mon 30 Nov", "18:30–20:00", "Mon 30 Nov 18:30"),
    ("en", "Etc/GMT+3"): ("Mon 30 Nov", "18:30–20:00", "Mon 30 Nov 18:30"),
}


@pytest.mark.parametrize(("where", "told"), WRITTEN.items(), ids=map(" ".join, WRITTEN))
def test_a_place_writes_its_own_way(where, told):
    language, zone = where
    clock = Clock(Catalog(language), zone)
    assert (clock.day(AT), clock.hours(AT, UNTIL), clock.moment(AT)) == told


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        (0, 60, "12–1 am"),
        (11 * 60, 13 * 60 + 30, "11 am–1:30 pm"),
        (12 * 60, 13 * 60, "12–1 pm"),
        (22 * 60, 24 * 60, "10 pm–12 am"),
        (9 * 60, 9 * 60 + 45, "9–9:45 am"),
    ],
)
def test_hours_up_to_twelve_say_which_half_of_the_day_once(start, end, told):
    assert Clock(Catalog("en"), "America/Toronto").range(start, end) == told


def test_a_week_is_named_by_its_days():
    monday = datetime(2026, 11, 30).date()
    assert Clock(Catalog("en"), "America/Toronto").week(monday) == "Mon, Nov 30 – Sun, Dec 6"
    assert Clock(Catalog("zh"), "Asia/Shanghai").week(monday) == "11月30日 周一 – 12月6日 周日"
