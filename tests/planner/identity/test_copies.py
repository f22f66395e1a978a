"""One evening stands once: the worlds of copies, each with what must not be joined, and the rules by themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest

from planner.identity.afters import is_after
from planner.identity.match import group
from planner.types import Record
from spiders.items import Place
from tests.support.copies import figures, world
from tests.support.events import NOW, make_event

HOUSE = Place(name="三叶会客厅", address="样板路8号")


def record(source: str, title: str, **known) -> Record:
    event = make_event(title, uid=f"{source} {title}", **{"start": NOW, "place": HOUSE, **known})
    return Record(source=source, key=event.uid, event=event, event_id=None, first_seen=NOW, last_seen=NOW, changed=NOW)


def joined(*records: Record) -> int:
    return len(group(records))


@pytest.mark.parametrize(("name", "recall"), [("first", 0.92), ("second", 0.88)])
def test_copies_are_joined_and_nothing_else_is(name, recall):
    found = figures(world(name))
    assert [tuple(told.record.event.title for told in pair) for pair in found.wrong] == []
    assert found.recall >= recall


@pytest.mark.parametrize(("one", "other"), [
    ("2026 雾桥峰会·投资人专场", "2026 雾桥峰会 Afterparty"),
    ("雾桥峰会", "雾桥峰会欢迎晚宴"),
    ("霧橋峰會", "霧橋峰會歡迎晚宴"),
    ("Fogbridge Summit", "Fogbridge Summit After Hours"),
    ("Fogbridge Summit closing keynote", "Fogbridge Summit gala dinner"),
    ("Fogbridge Forum panel", "Fogbridge Forum networking drinks"),
])  # fmt: skip
def test_what_is_held_after_a_summit_is_not_the_summit_even_at_its_minute(one, other):
    assert joined(record("a", one), record("b", other)) == 2
    assert joined(record("a", other), record("b", other)) == 1, "told twice it is one"


@pytest.mark.parametrize(("title", "after"), [
    ("Afternoon of Party Games", False), ("Dinnerware design", False),
    ("Pre-party at the pier", True), ("会后派对", True),
])  # fmt: skip
def test_only_whole_words_name_what_is_held_after(title, after):
    assert is_after(title) is after


def test_what_goes_on_behind_the_name_within_the_hours_is_a_part():
    day = record("a", "Heron Data Days", end=NOW + timedelta(hours=7))
    part = record("b", "Heron Data Days: first steps in SQL", end=NOW + timedelta(hours=2))
    longer = record("b", "Heron Data Days: first steps in SQL", end=NOW + timedelta(hours=7))
    assert joined(day, part) == 2
    assert joined(day, longer) == 1
    noon = record("a", "Heron Data Days", end=NOW + timedelta(hours=14))
    assert joined(noon, part) == 1, "twelve hours more are a mistake of noon"


@pytest.mark.parametrize(("apart", "length", "events"), [(3, 3, 2), (3, 2, 1)], ids=["behind it", "in another zone"])
def test_what_begins_when_the_name_is_over_is_a_part(apart, length, events):
    summit = record("a", "Heron Data Days", end=NOW + timedelta(hours=length))
    later = NOW + timedelta(hours=apart)
    part = record("b", "Heron Data Days, Harbour Forge", start=later, end=later + timedelta(hours=length))
    assert joined(summit, part) == events


def test_parts_do_not_meet_by_way_of_the_name_alone():
    names = ("雾桥峰会", "雾桥峰会：影像论坛", "雾桥峰会：机器人论坛")
    groups = group([record(source, name) for source, name in zip("abc", names, strict=True)])
    assert all({"b", "c"} - {each.source for each in together} for together in groups)


@pytest.mark.parametrize(("one", "other", "events"), [
    ("AI制药投资人之夜", "活动预告丨AI 制药投资人之夜", 1),
    ("兩岸半導體設備交流會", "两岸半导体设备交流会", 1),
    ("第128次例会：说服的艺术", "樟木演讲社#128 说服的艺术", 1),
    ("樟木演讲社：说服的艺术", "樟木演讲社：倾听的本领", 2),
    ("周五桌游：卡坦岛新手桌", "周五桌游：农场主新手桌", 2),
    ("滨江长跑 女子组", "滨江长跑 男子组", 2),
    ("听懂财报：从一家便利店说起", "早课｜听懂财报", 1),
    ("Makers 见面会 独立开发者", "独立开发者见面会", 1),
])  # fmt: skip
def test_two_pieces_in_common_are_one_evening_and_one_is_a_series(one, other, events):
    assert joined(record("a", one), record("b", other)) == events


@pytest.mark.parametrize(("one", "other", "events"), [
    (Place(name="回形针", address="上海市徐汇区枫桥路101号"), Place(name="回形针", address="杭州市余杭区渡口路2号"), 2),
    (Place(name="回形针", address="上海市徐汇区枫桥路101号"), Place(name="半山", address="上海市杨浦区松溪路28号"), 2),
    (Place(name="Alder Loft", address="22 Fengqiao Road"), Place(name="Pier Nine", address="3 Haifeng Street"), 2),
    (Place(name="上海市徐汇区"), Place(name="上海", address="枫桥路101号"), 1),
    (Place(name="临江会议中心", address="上海市徐汇区枫桥路101号"), Place(name="临江会议中心3楼"), 1),
    (Place(name="Paperclip Coffee"), Place(name="回形针咖啡"), 1),
])  # fmt: skip
def test_one_title_at_one_minute_in_two_places(one, other, events):
    both = [record(source, "年度复盘工作坊", place=place) for source, place in (("a", one), ("b", other))]
    assert joined(*both) == events
