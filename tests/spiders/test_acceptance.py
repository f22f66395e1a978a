"""What a source is worth, by one answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from spiders.acceptance import assess, is_ahead
from spiders.items import Context, Document, Evidence, Place, Reading
from spiders.readers import dispatch
from spiders.reasons import Code, Reason
from tests.support.events import NOW, make_event

PLACE = Place(name="三叶会客厅", address="示例路 1 号", latitude=31.2, longitude=121.4)
GOOD = make_event(place=PLACE, url="https://club.example/1", evidence=Evidence(when="2026-11-24T19:30:00+08:00"))
CALENDAR = "BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n"
EVENT = "BEGIN:VEVENT\nUID:{uid}\nSUMMARY:样板头马俱乐部例会\nDTSTART{start}\nLOCATION:三叶会客厅\nEND:VEVENT\n"


def reading(*events, **known):
    return Reading(reader=known.pop("reader", "json-ld"), events=events, **known)


def codes(assessment):
    return [note.code for note in assessment.notes]


def read(text):
    context = Context(
        source="club", now=NOW, timezone="Asia/Shanghai", window_start=NOW, window_end=NOW + timedelta(days=120)
    )
    return dispatch.read(Document(body=text.encode()), context)


def test_a_good_source():
    found = assess([reading(GOOD, replace(GOOD, start=GOOD.start - timedelta(days=7)))], NOW)
    assert (found.verdict, found.reason, found.reader, found.zone) == ("good", None, "json-ld", "stated")
    assert (found.total, found.dated, found.ahead, found.notes) == (2, 2, 1, ())
    assert (found.shares.date, found.shares.place, found.shares.address, found.shares.url) == (1, 1, 1, 1)
    assert found.shares.doubts == 0
    assert (found.oldest, found.newest) == (GOOD.start - timedelta(days=7), GOOD.start)


@pytest.mark.parametrize(
    ("readings", "failure", "reason"),
    [
        ([], Reason(Code.ROBOTS_FORBID), Code.ROBOTS_FORBID),
        ([], None, Code.NO_ANSWER),
        ([reading(reason=Reason(Code.REFUSED, why=Reason(Code.PAGE_SIGN_IN)), refused=True)], None, Code.REFUSED),
    ],
)
def test_what_cannot_be_read_failed(readings, failure, reason):
    found = assess(readings, NOW, failure=failure)
    assert (found.verdict, found.reason.code, found.total, found.oldest) == ("failed", reason, 0, None)


def test_a_valid_calendar_without_events_is_quiet_not_broken():
    found = assess([read(CALENDAR.format(events=""))], NOW)
    assert (found.verdict, found.reason.code, found.reader, found.zone) == ("quiet", Code.EMPTY_CALENDAR, "ical", None)


def test_where_all_is_over_nothing_lies_ahead():
    found = assess([reading(replace(GOOD, start=NOW - timedelta(days=40)))], NOW)
    assert (found.verdict, found.reason) == ("quiet", Reason(Code.NOTHING_AHEAD, total=1, day="2026-10-11"))


@pytest.mark.parametrize(
    ("events", "reason"),
    [
        ([GOOD, *[replace(GOOD, start=None)] * 2], Reason(Code.FEW_WITH_DATE, count=1, total=3)),
        ([replace(GOOD, start=None)], Reason(Code.FEW_WITH_DATE, count=0, total=1)),
        ([GOOD, *[replace(GOOD, place=None)] * 2], Reason(Code.FEW_WITH_PLACE, count=1, total=3)),
        ([replace(GOOD, evidence=Evidence(sure="doubtful"))], Reason(Code.MANY_DOUBTFUL, count=1, total=1)),
    ],
)
def test_what_a_plan_needs_and_lacks_makes_it_thin(events, reason):
    found = assess([reading(*events)], NOW)
    assert (found.verdict, found.reason) == ("thin", reason)


def test_what_is_online_needs_no_place():
    found = assess([reading(replace(GOOD, place=None, mode="online"))], NOW)
    assert (found.verdict, found.shares.place, found.shares.address) == ("good", 1, 1)


@pytest.mark.parametrize(
    ("start", "zone"),
    [
        (";TZID=Asia/Shanghai:20261124T193000", "stated"),
        (":20261124T113000Z", "stated"),
        (":20261124T193000", "assumed"),
        (";VALUE=DATE:20261124", None),
    ],
)
def test_whether_a_calendar_states_its_zone(start, zone):
    found = assess([read(CALENDAR.format(events=EVENT.format(uid=1, start=start)))], NOW)
    assert (found.zone, Code.ZONE_NOT_STATED in codes(found)) == (zone, zone == "assumed")


def test_dates_of_prose_are_read_from_the_text():
    found = assess([read("样板头马俱乐部例会\n时间：11月24日 19:30\n地点：三叶会客厅")], NOW)
    assert (found.verdict, found.zone, codes(found)) == (
        "good",
        "assumed",
        [Code.DATES_FROM_TEXT, Code.ZONE_NOT_STATED],
    )


@pytest.mark.parametrize(
    ("found", "code"),
    [
        ([reading(GOOD, replace(GOOD, start=None))], Code.WITHOUT_DATE),
        ([reading(GOOD, partial=True)], Code.LIST_CUT),
        ([reading(*[replace(GOOD, url=f"https://club.example/{n}") for n in range(30)])], Code.LIST_PERHAPS_CUT),
        ([reading(*[replace(GOOD, place=replace(PLACE, name=name)) for name in "甲乙丙"])], Code.ONE_POINT_FOR_ALL),
        ([reading(replace(GOOD, end=NOW + timedelta(days=70)))], Code.LONG_SPANS),
        ([reading(GOOD, notes=(Reason(Code.CALENDAR_CUT_OFF),))], Code.CALENDAR_CUT_OFF),
    ],
)
def test_what_one_should_know_of_it(found, code):
    assert codes(assess(found, NOW)) == [code]


def test_instances_of_a_rule_are_no_list_of_round_length():
    assert not assess([reading(*[replace(GOOD, recurrence="FREQ=WEEKLY")] * 30)], NOW).notes


def test_a_detail_stands_for_the_entry_of_the_list():
    bare = replace(GOOD, place=None)
    found = assess([reading(bare, links=("https://club.example/1",)), reading(GOOD)], NOW)
    assert (found.total, found.shares.place) == (1, 1)


@pytest.mark.parametrize(
    ("known", "ahead"),
    [
        ({"start": NOW + timedelta(minutes=1)}, True),
        ({"start": NOW}, False),
        ({"start": NOW - timedelta(hours=1), "end": NOW + timedelta(hours=1)}, True),
        ({"start": datetime(2026, 11, 20, tzinfo=NOW.tzinfo), "all_day": True}, True),
        ({"start": datetime(2026, 11, 19, tzinfo=NOW.tzinfo), "all_day": True}, False),
    ],
)
def test_what_is_not_over_lies_ahead(known, ahead):
    assert is_ahead(replace(GOOD, **known), NOW) == ahead
