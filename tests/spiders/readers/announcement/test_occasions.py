"""From a time to an event: the hours that belong to its day, days that belong together, ranges and rules."""

from __future__ import annotations

import pytest

from tests.support.announcements import events_of, starts_of

ASKING = "\n地点：旧仓\n欢迎报名"


@pytest.mark.parametrize(
    ("body", "starts"),
    [
        ("日期：12月5日、12月12日、12月19日\n时间：每场 19:30", ["12-05 19:30", "12-12 19:30", "12-19 19:30"]),
        ("日期：12月5日\n时间：14:00\n时间：18:30", ["12-05 14:00", "12-05 18:30"]),
        ("日期：12月5日\n时间：14:00", ["12-05 14:00"]),
        pytest.param(
            "日期：12月5日\n集合：14:00\n时间：14:30",
            ["12-05 14:30"],
            marks=pytest.mark.xfail(strict=True, reason="the hour at which one meets is told as a second sitting"),
        ),
        ("12月5日\n下午2点，旧仓见", ["12-05 14:00"]),
    ],
    ids=["hours for all days", "two hours below a date", "one hour", "meeting before the hour", "behind"],
)
def test_the_hours_of_a_day(body: str, starts: list[str]) -> None:
    assert starts_of(f"纸灯话剧演出\n\n{body}{ASKING}") == starts


SLOTS = "09:00-10:00 开幕\n10:00-11:00 报告\n11:00-12:00 讨论"


@pytest.mark.parametrize(
    ("days", "rules"),
    [
        (["12月5日", "12月6日"], ["FREQ=DAILY;UNTIL=20261206"]),
        (["12月5日", "12月6日", "12月7日"], ["FREQ=DAILY;UNTIL=20261207"]),
        (["12月5日", "12月8日"], [None, None]),
        (["12月5日"], [None]),
    ],
    ids=["two days", "three days", "days apart", "one day"],
)
def test_days_alone_above_slots_are_one_programme(days: list[str], rules: list[str | None]) -> None:
    programme = "\n".join(f"{day}\n{SLOTS}" for day in days)
    events = events_of(f"纸灯研讨会\n\n欢迎报名参加，地点：旧仓\n日程\n{programme}")
    assert [event.recurrence for event in events] == rules
    assert {f"{event.start:%H:%M}" for event in events} == {"09:00"}


@pytest.mark.parametrize(
    ("body", "start", "end", "rule"),
    [
        ("时间：12月1日至12月31日\n每周三 19:30", "12-02 19:30", None, "FREQ=WEEKLY;BYDAY=WE;UNTIL=20261231"),
        ("时间：12月12日-13日 9:00-17:00", "12-12 09:00", "12-12 17:00", "FREQ=DAILY;UNTIL=20261213"),
        ("时间：12月12日-14日", "12-12 00:00", "12-15 00:00", None),
        ("时间：每周三 19:30-21:00", "11-25 19:30", "11-25 21:00", "FREQ=WEEKLY;BYDAY=WE"),
    ],
    ids=["a weekly rule within days", "hours of each day", "days", "a weekly rule"],
)
def test_ranges_and_rules(body: str, start: str, end: str | None, rule: str | None) -> None:
    (event,) = events_of(f"纸灯训练营\n\n{body}{ASKING}")
    assert event.start is not None
    assert (f"{event.start:%m-%d %H:%M}", event.end and f"{event.end:%m-%d %H:%M}") == (start, end)
    assert event.recurrence == rule


def test_a_rule_in_another_sentence_is_not_bounded() -> None:
    text = "纸灯训练营\n\n时间：12月12日-14日。\n平时我们每周三 19:30 读书。" + ASKING
    assert [event.recurrence for event in events_of(text) if event.recurrence and "UNTIL" in event.recurrence] == []


EXHIBITION = "纸灯摄影展\n\n展期：2026年12月5日至2027年1月20日\n开幕时间：12月5日 15:00\n地点：旧仓美术馆\n欢迎参观"


def test_an_exhibition_and_its_opening_are_both_told() -> None:
    shown, opened = events_of(EXHIBITION)
    assert shown.all_day
    assert (f"{shown.start:%m-%d}", f"{shown.end:%m-%d}") == ("12-05", "01-21")
    assert (f"{opened.start:%m-%d %H:%M}", opened.all_day, opened.recurrence) == ("12-05 15:00", False, None)
