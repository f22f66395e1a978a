"""Places of announcements: any label of a place, what is no place, venues on the lines around a time, the city."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from spiders.items import Context, Place
from spiders.readers.announcement.place_fields import labelled
from spiders.readers.announcement.reader import read_text

_ZONE = ZoneInfo("Asia/Shanghai")
_NOW = datetime(2026, 11, 26, 9, tzinfo=_ZONE)
_CONTEXT = Context(source="s", now=_NOW, timezone=_ZONE.key, window_start=_NOW, window_end=_NOW)


def places(text: str) -> list[Place | None]:
    return [event.place for event in read_text(text, _CONTEXT).events]


def told(text: str) -> list[tuple[str, str, str]]:
    return [(one.kind, one.value, one.address) for one in labelled(text, ())]


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("活动具体地点：青柠楼301", "青柠楼301"),
        ("七、服务地址：青柠楼301。", "青柠楼301。"),
        ("五﹑禪修地點： 青柠苑", "青柠苑"),
        ("4.地点：青柠楼301", "青柠楼301"),
        ("地点（南区分会场）：青柠楼301", "青柠楼301"),
        ("五、活动地点\n青柠楼301", "青柠楼301"),
        ("服务时间：3月18日； 服务地点：青柠楼301 服务内容：引导", "青柠楼301"),
        ("地点：青柠楼301嘉宾：小李", "青柠楼301"),
        ("Venue: Pond Hall", "Pond Hall"),
    ],
)
def test_a_place_under_any_label_ends_with_its_line_or_at_the_next_label(line: str, value: str) -> None:
    assert told(f"青柠读书会\n\n{line}\n") == [("own", value, "")]


@pytest.mark.parametrize(
    "label", ["报名地点", "住宿地址", "报名表邮寄地址", "聯絡地址", "讲师地址", "酒店地址", "购票地址"]
)
def test_the_place_of_something_else_is_none(label: str) -> None:
    assert told(f"青柠读书会\n\n{label}：桂花路5号\n") == []


def test_an_address_below_the_place_of_something_else_is_its_own() -> None:
    assert told("青柠读书会\n\n报名地点：旧仓图书馆\n\n地址：桂花路5号\n\n地点：青柠楼\n") == [("own", "青柠楼", "")]


def test_a_name_and_the_address_behind_it_belong_together() -> None:
    assert told("青柠读书会\n\n地点：青柠寺\n地址：桂花路5号\n") == [("own", "青柠寺", "桂花路5号")]
    assert told("青柠读书会\n\n地点：青柠寺 地址：桂花路5号\n") == [("own", "青柠寺", "桂花路5号")]
    assert told("青柠读书会\n\n店铺：青柠推理馆\n地址：桂花路5号\n") == [("own", "青柠推理馆", "桂花路5号")]


def test_an_address_among_telephone_numbers_is_a_contact() -> None:
    assert told("青柠读书会\n\n电话：010-12345678\n地址：桂花路5号\n") == [("contact", "桂花路5号", "")]


def test_the_headings_of_a_table_are_no_place() -> None:
    assert told("活动日程\n\n名称\n时间\n地点\n组织机构\n1\n开幕式\n") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2026年青柠年會將於12月5日假國立青柠博物館舉行，即日起開放線上報名！", "國立青柠博物館"),
        ("青柠读书会\n\n欢迎报名参加。12月5日14:00在市会展中心2号馆举办", "市会展中心2号馆"),
        ("青柠读书会报名\n\n青柠国际酒店\n2026年12月5日 上午10:00\n\n欢迎报名参加，名额20人", "青柠国际酒店"),
        ("新会员派对，欢迎报名；本周五晚7点，就在新工坊", "新工坊"),
        ("青柠之夜 - @ Pond Works - 12月5日 19:00，欢迎报名", "Pond Works"),
    ],
)
def test_a_venue_around_the_time(text: str, name: str) -> None:
    found = places(text)
    assert found
    assert found[0] is not None
    assert found[0].name == name


def test_each_time_has_the_venue_of_its_own_line() -> None:
    text = "青柠读书会报名\n\n12月5日（周六）14:00，读诗，善水堂。\n12月6日（周日）14:00，读史，青柠书店。\n欢迎参加"
    assert [place.name for place in places(text) if place is not None] == ["善水堂", "青柠书店"]


def test_the_city_beside_the_time_of_the_host_and_of_a_namesake() -> None:
    cities = "青柠校友会聚会报名\n\n纽约，2026年12月5日 14:00，欢迎参加\n伦敦，2026年12月6日 14:00，欢迎参加"
    assert {place.city for place in places(cities) if place is not None} == {"纽约", "伦敦"}
    hosted = "青柠读书会\n\n主办单位：成都青柠书社\n时间：12月5日 14:00\n地点：旧仓\n欢迎报名"
    assert [place.city for place in places(hosted) if place is not None] == ["成都"]
