"""Announcements that are called off: with a day of their own an event that is off, without one no event."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from spiders.items import Context, Document, Reading
from spiders.readers import dispatch, feed
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


def item(title: str, text: str = "", start: str = "2026-11-28T19:00:00+08:00") -> Reading:
    """An item of a feed that states when its event is."""
    body = (
        '<rss xmlns:ev="http://purl.org/rss/1.0/modules/event/"><channel><item>'
        f"<title>{title}</title><guid>g1</guid><description>{text}</description>"
        f"<ev:startdate>{start}</ev:startdate><ev:enddate>{start.replace('T19', 'T21')}</ev:enddate>"
        "</item></channel></rss>"
    )
    return feed.read(Document(body=body.encode()), CONTEXT)


@pytest.mark.parametrize(
    ("title", "text", "status"),
    [
        ("【取消】海泉桌游夜", "", "cancelled"),
        ("海泉桌游夜", "很抱歉，本次活动因故取消。", "cancelled"),
        ("Postponed: Harbour Chess Night", "", "postponed"),
        ("海泉桌游夜", "【改期】本次活动时间另行通知。", "postponed"),
    ],
)
def test_an_item_with_a_start_of_its_own_is_a_notice_too(title, text, status):
    (event,) = item(title, text).events
    assert (event.status, event.notice, event.start, event.former) == (status, "off", at(28, 19), at(28).date())
    assert "取消" not in event.title
    assert "Postponed" not in event.title


@pytest.mark.parametrize("words", ["改期至12月5日19:30", "改期至12月5日", "改期至12月5日19:00"])
def test_a_new_time_in_words_stands_against_a_field_that_was_not_edited(words):
    (event,) = item(f"海泉桌游夜{words}").events
    hour = at(5, 19, 12) + timedelta(minutes=30 if "30" in words else 0)
    assert (event.start, event.status, event.notice, event.former) == (hour, "confirmed", "moved", at(28).date())
    assert event.end == hour + timedelta(hours=2)


def test_an_item_whose_field_was_edited_too_is_where_the_field_says():
    (event,) = item("海泉桌游夜改期至12月5日", start="2026-12-05T19:00:00+08:00").events
    assert (event.title, event.start, event.status, event.former) == ("海泉桌游夜", at(5, 19, 12), "confirmed", None)


def test_an_item_in_passing_stays_as_it_is():
    (event,) = item("客户说取消合作怎么办：大客户销售沙龙", "若人数不足，活动将取消。").events
    assert (event.status, event.notice) == ("confirmed", None)


OTHERS = "".join(
    f"<li><a href='/e/{day}'>11月{day}日 19:00 {name}</a></li>"
    for day, name in ((25, "山前读诗会"), (26, "岸边棋会"), (27, "竹里书会"))
)
MARKUP = (
    '<script type="application/ld+json">{"@context":"https://schema.org","@type":"Event","name":"海泉桌游夜",'
    '"startDate":"2026-11-28T19:00:00+08:00"}</script>'
)
SORRY = "<p>各位朋友，很抱歉，本次活动因故取消，已报名的朋友将收到退款。感谢理解，后续活动请关注我们的消息。</p>"


@pytest.mark.parametrize(("heading", "body"), [("【取消】海泉桌游夜", "<p>很抱歉。</p>"), ("海泉桌游夜", SORRY)])
@pytest.mark.parametrize(
    ("more", "reader"), [("", "announcement"), (f"<ul>{OTHERS}</ul>", "listing"), (MARKUP, "json-ld")]
)
def test_a_page_that_is_a_notice_tells_it_whatever_else_stands_there(heading, body, more, reader):
    page = f"<html><body><a href='/'>首页</a><article><h1>{heading}</h1>{body}</article>{more}</body></html>"
    reading = dispatch.read(Document(body=page.encode(), url="https://club.example/n/1"), CONTEXT)
    assert reading.reader == reader
    assert not any(event.notice for event in reading.events)
    (notice,) = reading.notices
    assert (notice.title, notice.start, notice.status) == ("海泉桌游夜", None, "cancelled")
    assert notice.uid not in {event.uid for event in reading.events}


def test_a_list_with_one_evening_off_is_no_notice():
    page = f"<html><body><h1>近期活动</h1><p>【取消】的活动不再列出。</p><ul>{OTHERS}</ul></body></html>"
    assert not dispatch.read(Document(body=page.encode()), CONTEXT).notices
