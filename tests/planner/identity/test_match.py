"""Which listings of one day are one event."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.identity.match import group
from planner.types import Record
from spiders.items import Place
from tests.support.events import NOW, make_event


def record(source: str, title: str, place: Place) -> Record:
    event = make_event(title, start=NOW, place=place)
    return Record(source=source, key=title, event=event, event_id=None, first_seen=NOW, last_seen=NOW, changed=NOW)


@pytest.mark.parametrize(("one", "other", "events"), [
    ("晴川灯塔：储能企业出海沙龙", "储能出海交流会（晴川灯塔）", 1),
    ("Founders breakfast at Harbour Forge", "Harbour Forge: morning for founders", 1),
    ("储能材料研讨会", "储能企业家交流", 2),
    ("Harbour Forge: founders breakfast", "Quilting circle", 2),
])  # fmt: skip
def test_the_same_minute_and_house_need_half_a_name_in_any_order(one, other, events):
    place = Place(name="三叶会客厅", address="样板路8号")
    both = [record(source, title, place) for source, title in (("a", one), ("b", other))]
    assert len(group(both)) == events


@pytest.mark.parametrize(("sure", "joined"), [(0.4, True), (0.3, False), (0.0, False)])
def test_what_was_one_event_stays_one_where_that_is_nearly_sure(monkeypatch, sure, joined):
    monkeypatch.setattr("planner.identity.match._like_titles", lambda *_: sure)
    place = Place(name="三叶会客厅", address="样板路8号")
    new = [
        record(source, title, place)
        for source, title in (("a", "橘座俱乐部平安夜交换礼物"), ("b", "平安夜，来橘座换一份礼物"))
    ]
    assert len(group(new)) == 2
    assert len(group([replace(each, event_id="known") for each in new])) == (1 if joined else 2)
