"""Announcements that are called off: with a day of their own an event that is off, without one no event."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from spiders.items import Context, Document, Reading
from spiders.readers import feed
from spiders.readers.announcement import read_text
from spiders.reasons import Code, Reason
from tests.support.events import NOW, SHANGHAI

CONTEXT = Context(
    source="club", now=NOW, timezone="Asia/Shanghai", window_start=NOW, window_end=NOW + timedelta(days=120)
)
OFF = Reason(Code.NO_EVENT, why=Reason(Code.CANCELLED))


def at(day: int, hour: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=SHANGHAI)


def read(text: str) -> Reading:
    return read_text(text, CONTEXT)


@pytest.mark.parametrize(
    ("text", "title", "status", "start"),
    [
        ("【取消】海泉桌游夜\n\n时间：11月28日 19:00-21:00\n地点：样板路8号", "海泉桌游夜", "cancelled", at(28, 19)),
        ("【活动取消】11月28日海泉桌游夜", "海泉桌游夜", "cancelled", at(28)),
        ("海泉桌游夜\n\n很抱歉，原定11月28日19:00的活动因故取消。", "海泉桌游夜", "cancelled", at(28, 19)),
        ("通知\n\n很抱歉，原定11月28日的海泉桌游夜因故取消。", "海泉桌游夜", "cancelled", at(28)),
        ("【延期】海泉桌游夜\n\n原定11月28日 19:00，时间另行通知。", "海泉桌游夜", "postponed", at(28, 19)),
        ("Postponed: Harbour Chess Night\n\nFriday, November 27, 7 pm", "Harbour Chess Night", "postponed", at(27, 19)),
        ("CANCELED - Harbour Chess Night, November 27, 7 pm", "Harbour Chess Night", "cancelled", at(27, 19)),
        ("The Harbour Chess Night on November 27 has been called off.", "Harbour Chess Night", "cancelled", at(27)),
    ],
)
def test_a_notice_with_its_day_tells_an_event_that_is_off(text, title, status, start):
    (event,) = read(text).events
    assert (event.title, event.status, event.start, event.notice) == (title, status, start, "off")
    assert event.former == start.date()


@pytest.mark.parametrize(
    ("text", "title", "start", "former"),
    [
        ("海泉桌游夜改期至12月5日19:00", "海泉桌游夜", at(5, 19, 12), None),
        ("【改期】海泉桌游夜\n\n原定11月28日的活动改期至12月5日 19:00。", "海泉桌游夜", at(5, 19, 12), at(28).date()),
        ("Harbour Chess Night rescheduled to December 5, 7 pm", "Harbour Chess Night", at(5, 19, 12), None),
    ],
)
def test_a_notice_with_a_new_time_tells_the_event_there(text, title, start, former):
    (event,) = read(text).events
    assert (event.title, event.status, event.start, event.notice) == (title, "confirmed", start, "moved")
    assert event.former == former


@pytest.mark.parametrize(
    "text", ["【取消】海泉桌游夜", "海泉桌游夜因故取消", "Harbour Chess Night has been called off"]
)
def test_a_notice_without_a_day_tells_no_event(text):
    reading = read(text)
    assert (reading.events, reading.reason) == ((), OFF)
    assert [(each.start, each.status, each.notice) for each in reading.notices] == [(None, "cancelled", "off")]


@pytest.mark.parametrize(
    ("text", "title", "week"),
    [
        ("海泉桌游夜本周暂停一次", "海泉桌游夜", 16),
        ("下周的海泉桌游夜停一次", "下周的海泉桌游夜", 23),
        ("【下周取消】海泉桌游夜\n\n很抱歉，12月再见。", "海泉桌游夜", 23),
        ("海泉桌游夜\n\n很抱歉，下周的活动因故取消。12月再见。", "海泉桌游夜", 23),
        ("Harbour Chess Night is cancelled this week", "Harbour Chess Night", 16),
        ("Next week's Harbour Chess Night has been called off.", "Next week's Harbour Chess Night", 23),
    ],
)
def test_a_notice_may_name_a_week(text, title, week):
    (notice,) = read(text).notices
    assert (notice.title, notice.start, notice.former) == (title, None, at(week).date())
    assert notice.former_until == at(week + 6).date()


@pytest.mark.parametrize("text", ["海泉桌游夜因故取消\n\n很抱歉，我们12月再见。", "【取消】海泉桌游夜\n\n下周见！"])
def test_a_stretch_named_elsewhere_is_not_that_of_the_notice(text):
    (notice,) = read(text).notices
    assert (notice.former, notice.former_until) == (None, None)


@pytest.mark.parametrize(
    "title", ["客户说取消合作怎么办：大客户销售沙龙", "取消焦虑读书会", "“【取消】”这个词从哪里来：语言学沙龙"]
)
def test_a_word_in_passing_cancels_nothing(title):
    (event,) = read(f"{title}\n\n时间：11月28日 19:00\n地点：样板路8号\n欢迎报名").events
    assert (event.title, event.status, event.notice) == (title, "confirmed", None)


def test_a_feed_tells_its_notices():
    items = "".join(
        f"<item><title>{title}</title><guid>{title}</guid><pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate></item>"
        for title in ("【取消】海泉桌游夜", "【取消】11月28日 山前读诗会", "11月29日19:00 岸边棋会，欢迎报名")
    )
    reading = feed.read(Document(body=f"<rss><channel>{items}</channel></rss>".encode()), CONTEXT)
    assert [(each.title, each.status) for each in reading.events] == [
        ("山前读诗会", "cancelled"),
        ("岸边棋会", "confirmed"),
    ]
    (notice,) = reading.notices
    assert (notice.uid, notice.start, notice.status) == ("【取消】海泉桌游夜", None, "cancelled")
    assert notice.published == datetime(2026, 11, 20, 10, tzinfo=UTC)
