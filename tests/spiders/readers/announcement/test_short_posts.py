"""Announcements of a few lines, as items of a feed: told by day, hours, place and price; all names are made up."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from spiders.items import Context, Document, Reading
from spiders.readers import feed

ZONE = "Asia/Shanghai"
NOW = datetime(2026, 11, 24, 9, tzinfo=ZoneInfo(ZONE))
CONTEXT = Context(source="f", now=NOW, timezone=ZONE, window_start=NOW, window_end=NOW + timedelta(days=90))
POSTED = "<pubDate>Tue, 24 Nov 2026 01:00:00 GMT</pubDate>"

# title | text | start
EVENTS = """
木工角：一把小凳子|11月28日 14:00-17:00，青石里12号 木屑工坊。材料费80元，工具现场有。|11-28 14:00
周五的鼓圈|11月27日（周五）19:30-21:30，河边仓库3号库。50元一位，鼓都备好了。|11-27 19:30
谈判的三个片段|周四晚7点到9点，半页书店二楼，免费。|11-26 19:00
从仓库到货架|12月3日下午2点，江湾路18号 A座 301。门票30元，含茶点。|12-03 14:00
三个人讲三件小事|11月29日15:00，云杉书屋（示例路5号）。人均20元。|11-29 15:00
旧物交换|本周日10:00-12:00在海棠里居委会二楼。带三件旧物来换，不收费。|11-29 10:00
小酒馆里聊储能|11月26日晚7点半，麦穗酒馆（示例路9号），AA，来的人自己付酒钱。|11-26 19:30
供应链的人聊聊天|周六（11.28）下午两点，梧桐里咖啡，各付各的。|11-28 14:00
半日静坐|12月6日 08:30～11:30 云上小院 200元/人 限12人|12-06 08:30
一条河的两岸|主讲：林某。12月4日（周五）14:30，图书馆报告厅。无需预约。|12-04 14:30
写字间里的合唱|每周三 19:00-20:30，梧桐广场B座1108，免费，零基础可来。|11-25 19:00
外贸人的火锅|11月30日（周一）18:30，老灶台（松林路77号），人均90，限12位。|11-30 18:30
Slow bread morning|Saturday 28 November, 10:00-12:30, Old Mill Kitchen, 4 Mill Lane. £12, flour included.|11-28 10:00
Maps and memory|Thu 26 Nov, 7-9pm at the Harbour Library, 12 Pier Road. Free, no booking.|11-26 19:00
Two hands of bridge|Fri 27 Nov, 19:30-22:00, Corner Room, 5 Alder Street. £3 at the door.|11-27 19:30
""".strip().split("\n")

# Hours and places of what nobody meets for, of what is over, and of what is only written about.
NOTHING = """
夜读会回顾：一本谈判书|上周四（11月19日）19:00-21:00，我们在半页书店读了三个片段，免费，来了二十人。
阁楼吉他散场之后|11月20日晚8点，石榴街6号阁楼，来了三十个人，唱到十点。
新书到店|《谈判》11月26日到店，定价58元，徐汇区示例街30号半页书店有售。
停水通知|11月28日9:00-17:00，示例街30号一带停水。
冬季特惠|11月27日10:00-22:00全场五折，示例路9号麦穗超市，满100元减20元。
地铁14号线延长运营|11月28日运营至次日1:00，票价3-9元，江湾站不停靠。
列车时刻|K123次 11月28日14:00-17:30 示例站至青石站，票价128元。
这家面馆值得去|示例路9号，营业11:00-21:00，人均39元，11月20日去的，排了半小时。
团购：冬笋|11月27日18:00前接龙，周六10:00-12:00示例路9号门口取货，15元一斤。
拼车|11月28日7:00出发，示例站到青石镇，30元/人。
医保缴费窗口|11月30日9:00-16:00，社区一楼窗口，380元/人。
门诊时间|11月28日8:00-11:30，二楼牙科，挂号费10元。
献血车|11月28日9:00-16:00，梧桐广场，欢迎前来。
周五食堂菜单|11月27日11:00-13:00 一楼食堂 套餐15元/人
Opening hours this week|We are open Thursday 26 November 10:00-18:00 at 12 Pier Road. Coffee £3.
Parcel notice|Your parcel arrives Thu 26 Nov, 9:00-12:00, 4 Mill Lane. Cost £4.
Flat viewing|Sat 28 Nov 10:00-12:00, 5 Alder Street, £900 per month.
Road closed|29 November, 2pm to 5pm, Alder Street closed for works.
""".strip().split("\n")


def read(title: str, text: str) -> Reading:
    item = f"<item><title>{title}</title><link>https://f.example.org/1</link>{POSTED}<description>{text}</description></item>"
    return feed.read(Document(body=f'<rss version="2.0"><channel>{item}</channel></rss>'.encode()), CONTEXT)


@pytest.mark.parametrize("line", EVENTS, ids=lambda line: line.split("|")[0])
def test_a_few_lines_announce(line: str) -> None:
    title, text, start = line.split("|")
    events = read(title, text).events
    assert [(event.title, f"{event.start:%m-%d %H:%M}") for event in events] == [(title, start)]


@pytest.mark.parametrize("line", NOTHING, ids=lambda line: line.split("|")[0])
def test_hours_of_no_meeting(line: str) -> None:
    title, text = line.split("|")
    reading = read(title, text)
    assert reading.events == ()
    assert reading.reason


def test_place_and_price_of_a_few_lines() -> None:
    event = read(*EVENTS[0].split("|")[:2]).events[0]
    assert event.place is not None
    assert event.price is not None
    assert (event.place.name, event.place.address, event.price.min) == ("木屑工坊", "青石里12号", 80)


def test_a_long_text_is_not_judged_by_the_same_measure() -> None:
    title, text, _ = EVENTS[0].split("|")
    assert read(title, text + "作者想起许多旧事，写了很长一段。" * 40).events == ()
