"""Announcements whose time is still to be fixed: told without a time, whenever they were posted."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from planner.i18n.reasons import translate
from spiders.items import Context
from spiders.readers.announcement import read_text

ZONE = "Asia/Shanghai"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo(ZONE))
CONTEXT = Context(source="own", now=NOW, timezone=ZONE, window_start=NOW, window_end=NOW + timedelta(days=120))

POSTED_BEFORE, POSTED_TODAY = "2026年11月18日", "2026年11月23日"
FORUM = "第二届江畔产业论坛"
TO_COME = [
    f"{FORUM}预告\n\n{FORUM}拟定于12月中旬在杭州举办，具体时间另行通知。欢迎报名。\n\n江畔协会\n{{posted}}",
    f"会议通知\n\n拟定于12月中旬召开{FORUM}。\n一、时间：12月中旬（另行通知）\n二、地点：杭州\n日期：{{posted}}",
    "江畔读书会第9期\n\n时间：待定（12月中旬）\n地点：旧仓咖啡\n报名：加微信\n发布日期：{posted}",
    "江畔桌游之夜\n\n时间：TBA\n地点：旧仓桌游吧\n报名：加微信\n{posted}",
    "江畔辩论杯预告\n\n江畔辩论杯计划于明年1月下旬开赛，敬请期待。\n{posted}",
]
TO_COME_ENGLISH = [
    "Riverbend Forum\n\nTime to be announced, mid-December. Venue: Maple Hall. Register your interest.\n\n{posted}",
    "Riverbend Improv Workshop\n\nIt will be held in early December; date to be confirmed. Sign up now.\n\n{posted}",
]


@pytest.mark.parametrize("posted", [POSTED_BEFORE, POSTED_TODAY])
@pytest.mark.parametrize("text", TO_COME)
def test_a_part_of_a_month_to_come_is_an_event_without_a_time(text: str, posted: str) -> None:
    reading = read_text(text.format(posted=posted), CONTEXT)
    assert [event.start for event in reading.events] == [None], reading.reason


@pytest.mark.parametrize("posted", ["18 November 2026", "23 November 2026"])
@pytest.mark.parametrize("text", TO_COME_ENGLISH)
def test_so_in_english(text: str, posted: str) -> None:
    reading = read_text(text.format(posted=posted), CONTEXT)
    assert [event.start for event in reading.events] == [None], reading.reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("第一届江畔论坛圆满落幕\n\n论坛于11月20日举行。第二届拟定于12月中旬举办。", "no event: a recap"),
        ("关于缴纳会费的通知\n\n请各会员于12月底前缴纳会费。\n2026年11月20日", "no event: an article"),
        ("系统升级通知\n\n系统将于12月中旬升级，具体时间另行通知。", "no event: a notice"),
        ("《江畔夜话》\n\n《江畔夜话》将于12月上旬出版，敬请期待。", "no event: an article"),
        ("江畔论坛\n\n论坛拟定于10月中旬举办。\n时间：2026年10月15日", "no event: it is over"),
        ("Riverbend Summit\n\nThe summit was held on 18 November 2026. The next: December 2027.", "no event: a recap"),
    ],
)
def test_what_is_over_or_no_event_stays_so(text: str, reason: str) -> None:
    assert translate(read_text(text, CONTEXT).reason, "en") == reason


def test_a_day_that_is_told_beside_the_part_of_a_month_is_the_events() -> None:
    text = "江畔论坛\n\n原拟定于12月中旬举办的论坛定于12月18日14:00在旧仓举行，欢迎报名。"
    assert [event.start for event in read_text(text, CONTEXT).events] == [
        datetime(2026, 12, 18, 14, tzinfo=ZoneInfo(ZONE))
    ]
