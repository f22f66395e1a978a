"""Days in words: what was lies in the past, what is promised ahead."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from planner.people.days import day_that_was, day_to_come

NOW = datetime(2026, 11, 27, 21, 0, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Friday


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("today", "2026-11-27"), ("今天", "2026-11-27"),
        ("tonight", "2026-11-27"), ("今晚", "2026-11-27"),
        ("yesterday", "2026-11-26"), ("昨天", "2026-11-26"),
        ("Yesterday", "2026-11-26"), ("昨晚", "2026-11-26"),
        ("前天", "2026-11-25"), ("大前天", "2026-11-24"),
        ("3 days ago", "2026-11-24"), ("3天前", "2026-11-24"),
        ("two weeks ago", "2026-11-13"), ("两周前", "2026-11-13"), ("一个星期前", "2026-11-20"),
        ("last Thursday", "2026-11-19"), ("上周四", "2026-11-19"),
        ("Thursday", "2026-11-26"), ("周四", "2026-11-26"),
        ("Friday", "2026-11-27"), ("周五", "2026-11-27"),
        ("Saturday", "2026-11-21"), ("星期六", "2026-11-21"),
        ("2026-11-19", "2026-11-19"), ("11月19日", "2026-11-19"),
        ("19 November", "2026-11-19"), ("Nov 19", "2026-11-19"),
        ("12月3日", "2025-12-03"),
    ],
)  # fmt: skip
def test_a_day_that_was(said, day):
    assert day_that_was(said, NOW) == date.fromisoformat(day)


@pytest.mark.parametrize("said", ["tomorrow", "下周三", "2026-12-01", "some day", "", "2019-01-01", "0", "11月31日"])
def test_what_is_no_day_that_was_is_not_guessed(said):
    assert day_that_was(said, NOW) is None


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("today", "2026-11-27"), ("tomorrow", "2026-11-28"),
        ("明天", "2026-11-28"), ("后天", "2026-11-29"),
        ("by Friday", "2026-11-27"), ("next Friday", "2026-12-04"),
        ("下周五", "2026-12-04"), ("下周五前", "2026-12-04"),
        ("周一之前", "2026-11-30"), ("until Monday", "2026-11-30"),
        ("in 3 days", "2026-11-30"), ("3天后", "2026-11-30"),
        ("in two weeks", "2026-12-11"), ("两周内", "2026-12-11"),
        ("2026-12-04", "2026-12-04"), ("12月4日", "2026-12-04"),
    ],
)  # fmt: skip
def test_a_day_to_come(said, day):
    assert day_to_come(said, NOW) == date.fromisoformat(day)


@pytest.mark.parametrize("said", ["yesterday", "2026-11-01", "3 days ago", "soon", "", "2040-01-01"])
def test_what_is_no_day_to_come_is_not_guessed(said):
    assert day_to_come(said, NOW) is None
