"""Notes as people send them to each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from benchmarks.score_notes import cases, faults
from spiders.items import Context
from spiders.readers import note

NOW = datetime.fromisoformat("2026-11-25T10:00:00+08:00")
CONTEXT = Context(
    source="own", now=NOW, timezone="Asia/Shanghai", window_start=NOW, window_end=NOW + timedelta(days=120)
)
RIGHT = 54


def test_nearly_all_notes_are_read_right_and_none_loses_its_hour_unseen():
    wrong = [fault for fault in map(faults, cases()) if fault]
    assert len(cases()) - len(wrong) >= RIGHT, wrong


@pytest.mark.parametrize("ruler", ["---", "\n\n", "——", "======"])
def test_notes_are_set_apart_by_a_line_or_by_empty_lines(ruler):
    reading = note.read(f"周五19:00 饭局 云杉中心\n{ruler}\n周六14:00 桌游 三叶桌游吧", CONTEXT)
    assert [event.title for event in reading.events] == ["饭局", "桌游"]


def test_labels_are_no_speakers():
    text = "时间：周五19:00\n地点：云杉中心\n名称：出海饭局"
    (event,) = note.read(text, CONTEXT).events
    assert event.start == datetime.fromisoformat("2026-11-27T19:00+08:00")
    assert event.place.name == "云杉中心"


def test_an_hour_that_is_said_later_belongs_to_the_day_before_it():
    (event,) = note.read("甲样：周五晚上聚一下\n乙例：几点\n甲样：七点半\n乙例：好", CONTEXT).events
    assert event.start == datetime.fromisoformat("2026-11-27T19:30+08:00")


@pytest.mark.parametrize("text", ["周末找个时间吃饭", "下周一起喝茶", "吃饭"])
def test_what_tells_no_day_has_no_time(text):
    (event,) = note.read(text, CONTEXT).events
    assert event.start is None


def test_the_same_note_has_the_same_uid():
    first, again = (note.read("周五19:00 饭局 云杉中心", CONTEXT).events[0] for _ in range(2))
    assert first.uid == again.uid


def test_weekdays_may_be_written_small_where_a_clock_stands_behind():
    context = replace(CONTEXT, timezone="America/Toronto", now=datetime.fromisoformat("2026-11-25T10:00:00-05:00"))
    (event,) = note.read("drinks, next wed 5:30pm, Otter Pub", context).events
    assert event.start == datetime.fromisoformat("2026-12-02T17:30-05:00")


@pytest.mark.parametrize("text", ["", "\n\n\n", "---", "\x00", "：：", "@", "7pm", "a: b\nc: d\na: e"])
def test_nothing_breaks_on_scraps(text):
    note.read(text, CONTEXT)


def test_what_tells_no_time_belongs_to_the_note_above():
    text = "周五19:00 饭局 云杉中心\n\n\n停车走东门\n\n\n周六14:00 桌游 三叶桌游吧"
    assert len(note.read(text, CONTEXT).events) == 2
    (event,) = note.read("出海沙龙\n\n\n时间：11月27日 19:00\n-----\n地点：云杉中心", CONTEXT).events
    assert (event.title, event.place.name) == ("出海沙龙", "云杉中心")


def test_of_notes_set_apart_by_a_line_one_may_lack_its_time():
    text = "周五19:00 饭局 云杉中心\n---\n和老样吃饭\n---\n周六14:00 桌游"
    assert [event.start is None for event in note.read(text, CONTEXT).events] == [False, True, False]
