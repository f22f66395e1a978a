"""Details that were once read wrongly: what ends an evening, whose doors open, which stop of a tour is where."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from spiders.items import Context, Event
from spiders.readers.announcement import read_text

NOW = datetime(2026, 11, 21, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
CONTEXT = Context(source="own", now=NOW, timezone="Asia/Shanghai", window_start=NOW, window_end=NOW + timedelta(90))


def told(text: str) -> list[Event]:
    return list(read_text(text, CONTEXT).events)


def test_the_hour_at_which_people_leave_is_an_end():
    text = """【活动招募】卖家夜谈第7期｜淡季怎么熬
时间：12月3日（周四）19:00签到，19:30准时开聊，21:30散
地点：木棉咖啡二楼"""
    (event,) = told(text)
    assert event.start == datetime(2026, 12, 3, 19, 30, tzinfo=NOW.tzinfo)
    assert event.end == datetime(2026, 12, 3, 21, 30, tzinfo=NOW.tzinfo)


def test_the_end_of_the_check_in_is_not_the_end_of_the_event():
    text = """闭门研讨会 邀请函
诚邀您出席12月10日（周四）于苏州工业园区举行的闭门研讨会。
会议议程
13:30-14:00 签到
14:00-14:20 致辞
14:20-15:30 主题演讲"""
    (event,) = told(text)
    assert f"{event.end:%H:%M}" == "15:30"


def test_each_stop_of_a_tour_is_in_its_own_city():
    text = """产业沙龙系列（北京站、上海站、深圳站）
北京站：12月4日 14:00-17:30 样例国际会议中心201
上海站：12月11日 14:00-17:30 范例创新港B座
深圳站：12月18日 14:00-17:30 样板产业园路演厅"""
    assert [event.place.city for event in told(text) if event.place] == ["北京", "上海", "深圳"]


def test_what_comes_back_keeps_its_words():
    (event,) = told("英语角又回来了！每周三晚上七点到九点，样板书店二楼。第一次来的朋友免费。")
    assert event.title == "英语角又回来了"
