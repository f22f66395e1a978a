"""Titles as calendars write them for feeds: name, day with its hour, place, set apart by marks. Names are made up."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from spiders.items import Context, Reading
from spiders.readers.announcement import read_text

ZONE = "Asia/Shanghai"
NOW = datetime(2026, 11, 24, 9, tzinfo=ZoneInfo(ZONE))
CONTEXT = Context(source="t", now=NOW, timezone=ZONE, window_start=NOW, window_end=NOW + timedelta(days=90))


def read(title: str, body: str = "") -> Reading:
    return read_text(f"{title}\n{body}", CONTEXT, title=title)


@pytest.mark.parametrize(
    ("title", "name", "start", "place"),
    [
        ("Reed Quartet — Fri Nov 27, 7:00 PM — The Old Boathouse", "Reed Quartet", "11-27 19:00", "The Old Boathouse"),
        ("Harbour Blues | Sat 28 Nov, 8.30pm | Pier Nine", "Harbour Blues", "11-28 20:30", "Pier Nine"),
        ("North Lions @ Mill Town — Thu Nov 26, 7:30 PM", "North Lions @ Mill Town", "11-26 19:30", None),
        ("手风琴之夜｜11月28日 19:30｜灯塔书店", "手风琴之夜", "11-28 19:30", "灯塔书店"),
        ("旧船票 - 11月29日（周日）14:00-16:00 - 码头仓库", "旧船票", "11-29 14:00", "码头仓库"),
    ],
)
def test_name_time_and_place(title: str, name: str, start: str, place: str | None) -> None:
    event = read(title, "Doors open half an hour before.").events[0]
    assert (event.title, f"{event.start:%m-%d %H:%M}") == (name, start)
    assert (event.place.name if event.place else None) == place


def test_other_times_in_the_text_are_not_told_too() -> None:
    body = "Dec 3, 2026 7 PM: second evening.\n\nDec 10, 2026 7 PM: third evening.\n\nTickets from Nov 25, 10 AM."
    assert len(read("Reed Quartet — Fri Nov 27, 7:00 PM — The Old Boathouse", body).events) == 1


@pytest.mark.parametrize(
    "title",
    [
        "快讯｜11月24日 8:30｜三家企业发布新品",
        "Morning newsletter — Tue Nov 24, 7:00 AM",
        "停水通知 - 11月28日 9:00-17:00",
        "Recap of the reed evening — Fri Nov 20, 7:00 PM — The Old Boathouse",
    ],
)
def test_news_and_notices_with_a_time_in_the_title(title: str) -> None:
    reading = read(title, "Some words about it.")
    assert reading.events == ()
    assert reading.reason
