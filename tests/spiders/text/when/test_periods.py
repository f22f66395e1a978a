"""Periods and limits: what is said of time without naming a sitting."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.text.when import read_when

ZONE = "Asia/Shanghai"
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo(ZONE))  # a Monday
PERIODS = [
    ("下个月我们再见", "2026-12-01", "2027-01-01"),
    ("上周来了很多人", "2026-11-16", "2026-11-23"),
    ("下下周再定", "2026-12-07", "2026-12-14"),
    ("明年的计划", "2027-01-01", "2028-01-01"),
    ("预计2027年3月", "2027-03-01", "2027-04-01"),
    ("二〇二七年上半年开工", "2027-01-01", "2027-07-01"),
    ("下半年的安排", "2026-07-01", "2027-01-01"),
    ("2027年第一周", "2027-01-04", "2027-01-11"),
    ("请于12月1日前缴费", None, "2026-12-01"),
    ("12月1日或之前缴费", None, "2026-12-02"),
    ("请于11月30日18:00之前报名", None, "2026-11-30T18:00"),
    ("今天晚上八点之前回复", None, "2026-11-23T20:00"),
    ("自2026年12月1日起或之后", "2026-12-01", None),
    ("2025年以前的事", None, "2025-01-01"),
    ("两小时后公布", "2026-11-23T11:30", None),
    ("三天前的消息", "2026-11-20", None),
    ("过去两年的账", "2024-11-23", "2026-11-23"),
]
NOTHING = ["两小时", "共三天两夜", "13月", "99点之前", "2026年第60周", "每周", "一年又一个月", "第3年级", "20年代初"]


def told(moment: datetime | None) -> str | None:
    return moment and moment.replace(tzinfo=None).isoformat(timespec="minutes").removesuffix("T00:00")


@pytest.mark.parametrize(("text", "start", "end"), PERIODS)
def test_periods(text: str, start: str | None, end: str | None) -> None:
    when = read_when(text, now=NOW, timezone=ZONE)
    assert when.sessions == ()
    assert [(told(period.start), told(period.end)) for period in when.periods[:1]] == [(start, end)]
    assert when.periods[0].words in text


@pytest.mark.parametrize("text", NOTHING)
def test_lengths_and_impossible_times_are_no_periods(text: str) -> None:
    assert read_when(text, now=NOW, timezone=ZONE).periods == ()


def test_a_session_is_told_alone() -> None:
    when = read_when("下个月见：12月5日 14:00", now=NOW, timezone=ZONE)
    assert [session.start.day for session in when.sessions] == [5]
    assert when.periods == ()


PIECES = [
    "之前",
    "之后",
    "或",
    "12月",
    "1日",
    "年",
    "二〇",
    "99",
    "上",
    "下",
    "个",
    "半",
    "周",
    "第",
    "点",
    "过去",
    "小时",
    ":",
]


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=12))
def test_any_text_is_read_without_raising(pieces: list[str]) -> None:
    for period in read_when("".join(pieces), now=NOW, timezone=ZONE).periods:
        assert period.start is None or period.start.tzinfo is not None
        assert period.start is None or period.end is None or period.start <= period.end
