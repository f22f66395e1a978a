"""Announcements in one line: the name is kept of what is told side by side, and the venue is the place."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from spiders.items import Context
from spiders.readers.announcement import read_text
from spiders.readers.announcement.chat_titles import name_in_line, venue_in_line

ZONE = "Asia/Shanghai"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo(ZONE))
CONTEXT = Context(source="own", now=NOW, timezone=ZONE, window_start=NOW, window_end=NOW + timedelta(days=120))


@pytest.mark.parametrize(
    ("line", "title", "place"),
    [
        ("今晚狼人杀12人局 19:30 旧仓桌游吧 45元/人 缺3人 速来", "狼人杀12人局", "旧仓桌游吧"),
        ("今晚狼人杀12人局，旧仓桌游吧，19:30开局，45/人，还差3个", "狼人杀12人局", "旧仓桌游吧"),
        ("周六下午2点 青藤读书会 共读《慢火车》 旧仓咖啡 免费", "青藤读书会 共读《慢火车》", "旧仓咖啡"),
        ("11.28 周六 14:00 桌游局 旧仓咖啡 AA 缺2", "桌游局", "旧仓咖啡"),
        ("明晚8点剧本杀《雾港，旧梦》6人局缺1，白鹭茶馆，68元", "剧本杀《雾港，旧梦》6人局", "白鹭茶馆"),
        ("12月5日青藤头马例会 19:30 白鹭书店 免费", "青藤头马例会", "白鹭书店"),
        ("Board games tonight 7pm at Maple Hall, free, bring snacks", "Board games", "Maple Hall"),
        ("Tonight: werewolf for 12, 7:30pm, Maple Hall, 45 yuan, 3 seats left", "werewolf for 12", "Maple Hall"),
    ],
)
def test_a_line_tells_its_name_and_its_place(line: str, title: str, place: str) -> None:
    events = read_text(line, CONTEXT).events
    assert [event.title for event in events] == [title]
    assert events[0].place is not None
    assert events[0].place.name == place


@pytest.mark.parametrize(
    "line",
    [
        "湖畔头马演讲俱乐部第128期例会：重新认识“倾听”",
        "阿尔法产业峰会 杭州站，一起聊聊库存",
        "Riverbend Meetup, spring edition",
        "如何用 100 元做一场沙龙",
    ],
)
def test_a_line_without_price_or_seats_beside_it_is_left_as_it_is(line: str) -> None:
    assert name_in_line(line) is None
    assert venue_in_line(line) is None


def test_a_day_is_no_venue() -> None:
    assert venue_in_line("桌游局，12月5号，5号，旧仓咖啡，30元") == "旧仓咖啡"
