"""Series: a rule above the days it is held on, days left out of it, and numbers that share their hours."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from spiders.items import Context, Document
from spiders.readers import club_rule
from spiders.readers.announcement import read_text
from spiders.text.when import When, read_when

ZONE = "Asia/Shanghai"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo(ZONE))  # a Monday
CONTEXT = Context(
    source="own", now=NOW, timezone=ZONE, window_start=NOW, window_end=datetime(2027, 1, 31, tzinfo=ZoneInfo(ZONE))
)


def read(text: str) -> When:
    return read_when(text, now=NOW, timezone=ZONE)


def starts(text: str) -> list[str]:
    return [f"{s.start:%m-%d}" if s.all_day else f"{s.start:%m-%d %H:%M}" for s in read(text).sessions]


@pytest.mark.parametrize(
    "text",
    [
        "每周日下午 2-4点\n12.6 / 12.13 / 12.20",
        "每周日 14:00-16:00（12月6日、13日、20日）",
        "时间：每周日14:00-16:00\n日期：12月6日、12月13日、12月20日",
        "每周日14:00-16:00，12月6日、13日、20日共三场",
        "每周日 14:00-16:00\n12.6\n12.13\n12.20",
        "每周日 14:00-16:00\n近期：12.6、12.13、12.20",
        "每周日14:00-16:00\n12月6日 认识声音\n12月13日 讲一个故事\n12月20日 汇报",
        "12月6日、13日、20日 每周日14:00-16:00",
        "Sundays 2-4pm\nDec 6 / Dec 13 / Dec 20",
        "Every Sunday 2-4pm: December 6, 13, 20",
        "Every Sunday, 2-4pm\nDates: Dec 6, Dec 13, Dec 20",
    ],
)
def test_the_days_listed_beside_a_rule_are_the_days_it_is_held_on(text: str) -> None:
    when = read(text)
    assert starts(text) == ["12-06 14:00", "12-13 14:00", "12-20 14:00"]
    assert {s.end.hour for s in when.sessions if s.end} == {16}
    assert when.recurrence is None
    assert when.conflicts == ()


@pytest.mark.parametrize(
    ("text", "rule", "expected"),
    [
        ("Every Wed & Fri 7:30pm", "FREQ=WEEKLY;BYDAY=WE,FR", ["11-25 19:30"]),
        ("Tuesdays, Thursdays and Saturdays, 7pm", "FREQ=WEEKLY;BYDAY=TU,TH,SA", ["11-24 19:00"]),
        ("每周二、每周四 19:30", "FREQ=WEEKLY;BYDAY=TU,TH", ["11-24 19:30"]),
        ("每周二、四19:30，周六14:00", "FREQ=WEEKLY;BYDAY=TU,TH", ["11-24 19:30", "11-28 14:00"]),
    ],
)
def test_weekdays_side_by_side_are_one_rule(text: str, rule: str, expected: list[str]) -> None:
    assert read(text).recurrence == rule
    assert starts(text) == expected


def test_listed_days_that_contradict_the_weekday_of_their_rule_are_doubtful() -> None:
    when = read("每周日下午 2-4点\n12.5 / 12.12 / 12.19")
    assert [s.sure for s in when.sessions] == ["doubtful"] * 3
    assert len(when.conflicts) == 3


@pytest.mark.parametrize(
    ("text", "rule", "first"),
    [
        ("每周日14:00，12月6日", "FREQ=WEEKLY;BYDAY=SU", "12-06 14:00"),
        ("每周日14:00\n开课：12月6日\n结课：12月27日", "FREQ=WEEKLY;BYDAY=SU;UNTIL=20261227", "12-06 14:00"),
        ("每周日14:00-16:00，门票 10.5/12.8 元", "FREQ=WEEKLY;BYDAY=SU", "11-29 14:00"),
        ("每周日14:00，12月6日、13日……共6讲", "FREQ=WEEKLY;BYDAY=SU;COUNT=6", "12-06 14:00"),
    ],
)
def test_what_is_no_list_of_days_leaves_the_rule(text: str, rule: str, first: str) -> None:
    assert read(text).recurrence == rule
    assert starts(text) == [first]


@pytest.mark.parametrize(
    "text",
    [
        "12.6 / 12.13 / 12.20 14:00",
        "12.6/12.13/12.20 14:00",
        "12.6/12.13/12.20（周日）14:00",
        "12.6、12.13、12.20 下午2点",
        "12/6, 12/13, 12/20 2pm",
        "12.6 & 12.13 & 12.20 14:00-16:00",
    ],
)
def test_numbers_joined_to_a_day_share_its_hours(text: str) -> None:
    assert starts(text) == ["12-06 14:00", "12-13 14:00", "12-20 14:00"]


def test_numbers_that_are_no_days_are_not_joined() -> None:
    assert starts("评分8.7/9.1 12月5日 14:00") == ["12-05 14:00"]
    assert starts("支持 3.11/3.12 版本，12月5日 14:00") == ["12-05 14:00"]


TUESDAYS = "FREQ=WEEKLY;BYDAY=TU"


@pytest.mark.parametrize(
    ("text", "first", "excluded"),
    [
        ("每周二19:30，12月1日暂停", "11-24 19:30", ["12-01"]),
        ("每周二19:30，12月1日、8日暂停", "11-24 19:30", ["12-01", "12-08"]),
        ("每周二19:30。12月1日因场地维修停一次。", "11-24 19:30", ["12-01"]),
        ("每周二19:30（11月24日停一次）", "12-01 19:30", ["11-24"]),
        ("每周二19:30\n11月24日停一次，12月1日恢复", "12-01 19:30", ["11-24"]),
        ("每周二19:30（停：11月24日、12月1日）", "12-08 19:30", ["11-24", "12-01"]),
        ("11月24日停一次，其余每周二19:30", "12-01 19:30", ["11-24"]),
        ("每周二19:30，除12月1日外", "11-24 19:30", ["12-01"]),
        ("每周二19:30（12月1日除外）", "11-24 19:30", ["12-01"]),
        ("每周二19:30，本周停一次", "12-01 19:30", ["11-24"]),
        ("每周二19:30，下周二休息", "11-24 19:30", ["12-01"]),
        ("每周二19:30，12月24日至1月3日暂停", "11-24 19:30", ["12-29"]),
        ("every Tuesday 7:30pm except Dec 1", "11-24 19:30", ["12-01"]),
        ("Every Tuesday 7:30pm, no meeting on 24 November", "12-01 19:30", ["11-24"]),
        ("Every Tuesday 7:30pm. Nov 24: no meeting", "12-01 19:30", ["11-24"]),
        ("Every Tuesday 7:30pm (skipping 1 and 8 December)", "11-24 19:30", ["12-01", "12-08"]),
        ("Every Tuesday 7:30pm, not on Dec 1", "11-24 19:30", ["12-01"]),
        ("Every Tuesday 7:30pm, no meeting this week", "12-01 19:30", ["11-24"]),
        ("每周二19:30，12.1停一次", "11-24 19:30", ["12-01"]),
        ("每周二 19:30（12.1、12.8停）", "11-24 19:30", ["12-01", "12-08"]),
    ],
)
def test_a_day_left_out_is_excluded_from_its_series(text: str, first: str, excluded: list[str]) -> None:
    when = read(text)
    assert when.recurrence == TUESDAYS
    assert starts(text) == [first]
    assert [f"{day:%m-%d}" for day in when.excluded] == excluded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12月5日、12日、19日 15:00，12月12日停一次", ["12-05 15:00", "12-19 15:00"]),
        ("Dec 5, 12, 19, 3pm; no session on Dec 12", ["12-05 15:00", "12-19 15:00"]),
        ("12月5日-6日 14:00，12月6日停", ["12-05 14:00"]),
        ("12月5日、6日 14:00，风雨不停", ["12-05 14:00", "12-06 14:00"]),
        ("12月5日 14:00，12月5日 9:00-12:00 暂停开放", ["12-05 14:00"]),
    ],
)
def test_a_day_left_out_is_not_among_the_sessions(text: str, expected: list[str]) -> None:
    assert starts(text) == expected


def test_a_series_that_is_suspended_ends_the_day_before() -> None:
    assert read("每周二19:30，12月15日起暂停").recurrence == "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261214"


def test_the_fortnight_after_one_that_is_left_out_is_two_weeks_on() -> None:
    assert starts("每两周周四晚19:30，11月26日停一次") == ["12-10 19:30"]


def test_what_is_left_out_and_not_said_leaves_the_rule() -> None:
    assert starts("每周二19:30（法定节假日除外）") == ["11-24 19:30"]
    assert starts("每周二（法定节假日除外）19:30") == ["11-24 19:30"]


def test_a_club_by_rule_does_not_meet_on_the_day_it_leaves_out() -> None:
    text = "蓝鲸辩论社\n每周二19:30-21:00，12月1日停一次"
    events = club_rule.read(Document(body=text.encode()), CONTEXT).events
    days = [event.start.date() for event in events if event.start]
    assert date(2026, 12, 1) not in days
    assert days[:2] == [date(2026, 11, 24), date(2026, 12, 8)]


def club_days(words: str) -> list[str]:
    events = club_rule.read(Document(body=f"蓝鲸辩论社\n{words}".encode()), CONTEXT).events
    return [f"{event.start:%m-%d}" for event in events]


def test_a_club_by_rule_meets_as_often_as_is_said_from_the_day_that_is_said_on() -> None:
    assert club_days("11月24日起每周二19:30-21:00，共3次") == ["11-24", "12-01", "12-08"]
    assert club_days("每周二19:30-21:00，共3次") == [], "counted from which day?"


def test_a_club_by_rule_meets_on_its_last_day_too() -> None:
    assert club_days("每周二19:30-21:00，12月16日起暂停") == ["11-24", "12-01", "12-08", "12-15"]
    assert club_days("11月24日至12月8日每周二19:30-21:00") == ["11-24", "12-01", "12-08"]


def test_an_announcement_tells_each_of_the_listed_days() -> None:
    text = "江畔即兴练习场\n\n每周日下午 2-4点\n12.6 / 12.13 / 12.20\n地点：旧仓咖啡\n欢迎报名"
    events = read_text(text, CONTEXT).events
    assert [f"{event.start:%m-%d %H:%M}" for event in events] == ["12-06 14:00", "12-13 14:00", "12-20 14:00"]
    assert {event.recurrence for event in events} == {None}


@pytest.mark.parametrize("text", ["周六 14:00，本周暂停", "周六14:00，本周（11.28）暂停", "周六14:00，11月28日停"])
def test_a_weekday_that_is_left_out_is_the_one_a_week_later(text: str) -> None:
    assert starts(text) == ["12-05 14:00"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "12/6 《慢火车》 领读：小禾\n12/13 《河岸》 领读：阿木\n每次都是周日下午3点到5点，白鹭书店",
            ["12-06 15:00", "12-13 15:00"],
        ),
        (
            "第一周 12.5 周六 南山步道\n第二周 12.12 周六 湖岸线\n第三周 12.19-20 露营\n集合时间均为早8点",
            ["12-05 08:00", "12-12 08:00", "12-19 08:00"],
        ),
        ("12.3 第101次\n12.10 第102次\n时间：19:30-21:30（周四）", ["12-03 19:30", "12-10 19:30"]),
        ("12/5、12/12、12/19 每周六 10:00-12:30", ["12-05 10:00", "12-12 10:00", "12-19 10:00"]),
        ("Dec 6 Voices\nDec 13 Stories\nEach at 2pm", ["12-06 14:00", "12-13 14:00"]),
    ],
)
def test_hours_that_hold_each_time_are_given_to_all_days(text: str, expected: list[str]) -> None:
    assert starts(text) == expected


@pytest.mark.parametrize(
    ("text", "first", "end"),
    [
        ("每周四 19:15签到 19:30准时开始 21:15结束", "11-26 19:30", "21:15"),
        ("Dec 3 (Thu), 18:45 doors / 19:15 talks / 21:00 close", "12-03 19:15", "21:00"),
        ("12月3日 18:45 入场 / 19:15 开演 / 21:00 散场", "12-03 19:15", "21:00"),
        ("12月3日 18:45 签到 | 19:15 开始 | 21:00 结束", "12-03 19:15", "21:00"),
        ("每周二四 20:00 湖心公园东门集合 20:15出发 21:30结束", "11-24 20:15", "21:30"),
        ("Thursdays from Dec 3 (no class Dec 24), 7-9pm", "12-03 19:00", "21:00"),
    ],
)
def test_check_in_start_and_end_side_by_side(text: str, first: str, end: str) -> None:
    assert starts(text) == [first]
    assert [f"{s.end:%H:%M}" for s in read(text).sessions if s.end] == [end]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Tuesdays 7pm every other week", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("Tuesday 7pm, every other week", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("Tuesdays 7pm (fortnightly)", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("每周二 19:00（隔周）", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("周二 19:00，隔周一次", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("alternate weeks on Tuesday 7pm", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("weekly on Friday at 7pm", "FREQ=WEEKLY;BYDAY=FR"),
        ("every week on Friday 7pm", "FREQ=WEEKLY;BYDAY=FR"),
        ("every second Thursday 19:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"),
        ("every second Thursday of the month 19:00", "FREQ=MONTHLY;BYDAY=2TH"),
        ("Weekly newsletter out now. Friday 4 December 7pm launch", None),
        ("Meets weekly. Next: Friday 4 December 7pm", None),
    ],
)
def test_how_often_is_told_before_the_weekday_or_behind_it(text: str, rule: str | None) -> None:
    assert read(text).recurrence == rule


@pytest.mark.parametrize("text", ["隔周周二 19:00", "每隔一周的周三 19:30", "biweekly on Tuesday 7pm"])
def test_the_words_relied_on_say_how_often(text: str) -> None:
    assert read(text).words == text
