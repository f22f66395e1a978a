"""A club's rule is counted from a day that its words name, whoever reads them when."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from spiders.items import Context, Document
from spiders.readers import club_rule
from spiders.reasons import Code, Reason

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 20, 12, tzinfo=SHANGHAI)


def read(text: str, now: datetime = NOW):
    context = Context(
        source="club", now=now, timezone="Asia/Shanghai", window_start=now, window_end=now + timedelta(days=60)
    )
    return club_rule.read(Document(body=text.encode()), context)


def days(text: str, now: datetime = NOW) -> list[date]:
    return [event.start.date() for event in read(text, now).events]


@pytest.mark.parametrize("text", ["every other Thursday 19:30", "隔周周四 19:30", "每周三 19:00 共6次"])
def test_what_is_counted_wants_a_date(text):
    reading = read(text)
    assert reading.events == ()
    assert reading.reason == Reason(Code.RULE_WITHOUT_DATE)


@pytest.mark.parametrize(
    "text",
    [
        "every other Thursday 19:30\nstarting 2026-11-05",
        "隔周周四 19:30，2026年11月5日开始",
        "隔周周四 19:30\nstarting 2026-11-05",
    ],
)
@pytest.mark.parametrize("later", [0, 3, 7, 10, 14])
def test_every_other_week_is_the_same_week_for_every_reader(text, later):
    told = days(text, NOW + timedelta(days=later))
    assert told
    assert all((day - date(2026, 11, 5)).days % 14 == 0 for day in told)


def test_a_number_of_meetings_counts_from_the_first():
    assert days("每周三 19:00 共4次\nstarting 2026-11-11") == [date(2026, 11, 25), date(2026, 12, 2)]
    assert days("每周三 19:00 共2次\nstarting 2026-11-04") == []


def test_a_plain_rule_needs_no_date():
    assert days("every Thursday 19:30")[0] == date(2026, 11, 26)
    assert days("每月第二个周四 19:30")[0] == date(2026, 12, 10)


def test_every_evening_of_a_rule_says_that_nobody_confirmed_it():
    for event in read("every Thursday 19:30").events:
        assert event.evidence.sure == "inferred"
        assert event.evidence.doubts == (Reason(Code.FROM_A_RULE),)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("每周四 19:30-21:30 样板头马", "样板头马"),
        ("隔周周二 19:00 样板辩论，2026年11月10日开始", "样板辩论"),
        ("Sample Club, Tuesdays 7pm every week", "Sample Club"),
        ("Thursday Club\nevery Thursday 19:30", "Thursday Club"),
        ("every Thursday 19:30", "every Thursday 19:30"),
    ],
)
def test_it_is_called_what_the_words_beside_the_rule_call_it(text, title):
    assert {event.title for event in read(text).events} == {title}
