"""Calendars: recurrence with its exceptions, zones, what real files break, bombs, bad siblings."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from planner.i18n.reasons import translate
from spiders.items import Context, Document, Event, Reading
from spiders.readers import ical
from spiders.reasons import Code, Reason
from tests.support.timing import spent, takes_less

NOW = datetime.fromisoformat("2026-11-20T00:00:00+08:00")


def context(days: int = 60, zone: str = "Asia/Shanghai") -> Context:
    return Context(source="c", now=NOW, timezone=zone, window_start=NOW, window_end=NOW + timedelta(days=days))


def read(body: str | bytes, days: int = 60, zone: str = "Asia/Shanghai") -> Reading:
    raw = body if isinstance(body, bytes) else body.encode()
    return ical.read(Document(body=raw), context(days, zone))


def calendar(*events: str, head: str = "") -> str:
    inner = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{inner}END:VCALENDAR\n"


def starts(reading: Reading) -> list[str]:
    return [event.start.strftime("%m-%d %H:%M") for event in reading.events if event.start]


GOOD = "UID:good\nSUMMARY:Good\nDTSTART;TZID=Asia/Shanghai:20261125T190000\nDTEND;TZID=Asia/Shanghai:20261125T210000"


def only(reading: Reading) -> Event:
    assert len(reading.events) == 1, reading
    return reading.events[0]


def test_single_event_with_all_its_fields() -> None:
    body = calendar(
        GOOD.replace("SUMMARY:Good", "SUMMARY:桌游夜\\, 第二场")
        + "\nLOCATION:骰子屋\\, 梧桐里9号\nGEO:31.2;121.4\nDESCRIPTION:<p>带上<b>朋友</b></p>\\n线\nURL:https://b.example.cn/1"
        + '\nCATEGORIES:桌游,聚会\nORGANIZER;CN="骰子社":mailto:x@example.cn\nSTATUS:TENTATIVE'
    )
    event = only(read(body))
    assert event.title == "桌游夜, 第二场"
    assert event.uid == "good"
    assert event.occurrence is None
    assert (event.start, event.end) == (
        datetime.fromisoformat("2026-11-25T19:00:00+08:00"),
        datetime.fromisoformat("2026-11-25T21:00:00+08:00"),
    )
    assert event.timezone == "Asia/Shanghai"
    assert event.place is not None
    assert (event.place.name, event.place.address, event.place.latitude) == ("骰子屋", "梧桐里9号", 31.2)
    assert event.description == "带上朋友\n\n线"
    assert (event.url, event.organizer, event.status) == ("https://b.example.cn/1", "骰子社", "tentative")
    assert event.categories == ("桌游", "聚会")


def test_a_series_with_everything_that_may_happen_to_it() -> None:
    body = calendar(
        "UID:s\nSUMMARY:Club\nDTSTART;TZID=Asia/Shanghai:20261104T190000\nDURATION:PT2H\nRRULE:FREQ=WEEKLY;BYDAY=WE\n"
        "EXDATE;TZID=Asia/Shanghai:20261202T190000\nRDATE;TZID=Asia/Shanghai:20261204T180000",
        "UID:s\nSUMMARY:Club moved\nRECURRENCE-ID;TZID=Asia/Shanghai:20261209T190000\n"
        "DTSTART;TZID=Asia/Shanghai:20261210T200000\nDURATION:PT1H",
        "UID:s\nSUMMARY:Club\nRECURRENCE-ID:20261216T110000Z\nDTSTART;TZID=Asia/Shanghai:20261216T190000\n"
        "STATUS:CANCELLED",
    )
    reading = read(body, days=35)
    told = {event.occurrence: (event.start, event.status) for event in reading.events}
    assert sorted(starts(reading)) == ["11-25 19:00", "12-04 18:00", "12-10 20:00", "12-16 19:00", "12-23 19:00"]
    assert told["20261209T110000Z"][0] == datetime.fromisoformat("2026-12-10T20:00:00+08:00")
    assert told["20261216T110000Z"][1] == "cancelled"
    assert {event.uid for event in reading.events} == {"s"}
    assert all(event.recurrence == "FREQ=WEEKLY;BYDAY=WE" for event in reading.events if "moved" not in event.title)


def test_this_and_future_moves_the_rest_of_a_series() -> None:
    body = calendar(
        "UID:s\nSUMMARY:Old\nDTSTART:20261101T100000Z\nDTEND:20261101T110000Z\nRRULE:FREQ=DAILY",
        "UID:s\nSUMMARY:New\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261123T100000Z\nDTSTART:20261123T120000Z\nDTEND:20261123T123000Z",
    )
    reading = read(body, days=6)
    assert [(e.title, e.start.strftime("%d %H:%M")) for e in reading.events if e.start] == [
        ("Old", "20 18:00"), ("Old", "21 18:00"), ("Old", "22 18:00"), ("New", "24 20:00"), ("New", "25 20:00"), ("New",
        "23 20:00"),
    ]  # fmt: skip


def test_wall_time_holds_when_clocks_change() -> None:
    body = calendar("UID:s\nSUMMARY:S\nDTSTART;TZID=America/New_York:20261001T190000\nRRULE:FREQ=WEEKLY")
    now = datetime.fromisoformat("2026-10-25T00:00:00+00:00")
    window = Context(source="c", now=now, timezone="UTC", window_start=now, window_end=now + timedelta(days=14))
    reading = ical.read(Document(body=body.encode()), window)
    assert [event.start.utcoffset() for event in reading.events if event.start] == [
        timedelta(hours=-4),
        timedelta(hours=-5),
    ]


@pytest.mark.parametrize(
    ("tzid", "utc"),
    [
        ("Asia/Shanghai", "11:00"),
        ("asia/shanghai", "11:00"),
        ("China Standard Time", "11:00"),
        ("/vendor.example/20260101_1/Asia/Shanghai", "11:00"),
        ("GMT+0800", "11:00"),
        ("(UTC+08:00) Beijing, Chongqing, Hong Kong, Urumqi", "11:00"),
        ("W. Europe Standard Time", "18:00"),
        ("Europe/Berlin", "18:00"),
        ("UTC", "19:00"),
    ],
)
def test_zone_names(tzid: str, utc: str) -> None:
    event = only(read(calendar(f'UID:z\nSUMMARY:Z\nDTSTART;TZID="{tzid}":20261125T190000')))
    assert event.start is not None
    assert event.start.astimezone(datetime.fromisoformat("2026-01-01T00:00:00+00:00").tzinfo).strftime("%H:%M") == utc


def test_a_zone_that_only_the_feed_knows() -> None:
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Our Hill\nBEGIN:STANDARD\nDTSTART:20001029T030000\nTZOFFSETFROM:+0400\n"
        "TZOFFSETTO:+0300\n"
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:20000326T020000\n"
        "TZOFFSETFROM:+0300\nTZOFFSETTO:+0400\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\nEND:DAYLIGHT\nEND:VTIMEZONE\n"
    )
    event = only(read(calendar("UID:z\nSUMMARY:Z\nDTSTART;TZID=Our Hill:20261125T190000", head=zone), zone="UTC"))
    assert starts(read(calendar("UID:z\nSUMMARY:Z\nDTSTART;TZID=Our Hill:20261125T190000", head=zone), zone="UTC")) == [
        "11-25 16:00"
    ]
    assert event.timezone == "UTC"
    assert event.evidence.sure == "stated"


def test_an_unknown_zone_is_doubted_never_naive() -> None:
    event = only(read(calendar("UID:z\nSUMMARY:Z\nDTSTART;TZID=Nowhere/Land:20261125T190000")))
    assert event.start == datetime.fromisoformat("2026-11-25T19:00:00+08:00")
    assert event.evidence.sure == "doubtful"
    assert event.evidence.doubts == (Reason(Code.ZONE_UNKNOWN, zone="Nowhere/Land"),)


def test_the_sources_zone_wins_over_x_wr_timezone_and_says_so() -> None:
    reading = read(calendar("UID:f\nSUMMARY:F\nDTSTART:20261125T190000", head="X-WR-TIMEZONE:America/New_York\n"))
    assert starts(reading) == ["11-25 19:00"]
    assert any("America/New_York" in translate(note, "en") for note in reading.notes)


def test_all_day_ends_are_exclusive() -> None:
    reading = read(
        calendar(
            "UID:1\nSUMMARY:One\nDTSTART;VALUE=DATE:20261128",
            "UID:2\nSUMMARY:Two\nDTSTART;VALUE=DATE:20261128\nDTEND;VALUE=DATE:20261130",
            "UID:3\nSUMMARY:Same\nDTSTART:20261128\nDTEND:20261128",
        )
    )
    assert [(e.end - e.start).days for e in reading.events if e.end and e.start] == [1, 2, 1]
    assert all(event.all_day for event in reading.events)


def test_false_ends_are_dropped() -> None:
    event = only(read(calendar("UID:e\nSUMMARY:E\nDTSTART:20261125T110000Z\nDTEND:20261125T100000Z")))
    assert event.end is None
    assert event.evidence.doubts == (Reason(Code.ENDS_BEFORE_START),)


BAD = {
    "no start": "UID:b\nSUMMARY:Bad",
    "two starts": "UID:b\nSUMMARY:Bad\nDTSTART:20261125T100000Z\nDTSTART:20261126T100000Z",
    "unreadable start": "UID:b\nSUMMARY:Bad\nDTSTART:tomorrow",
    "impossible start": "UID:b\nSUMMARY:Bad\nDTSTART:20261331T250000Z",
    "bad rule": "UID:b\nSUMMARY:Bad\nDTSTART:20261125T100000Z\nRRULE:FREQ=SOMETIMES",
    "bad duration": "UID:b\nSUMMARY:Bad\nDTSTART:20261125T100000Z\nDURATION:P999999999D",
    "bad geo": "UID:b\nSUMMARY:Bad\nDTSTART:20261125T100000Z\nGEO:north",
    "bad exdate": "UID:b\nSUMMARY:Bad\nDTSTART:20261125T100000Z\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE:never",
    "bad until": "UID:b\nSUMMARY:Bad\nDTSTART:20261125T100000Z\nRRULE:FREQ=DAILY;UNTIL=soon",
}


@pytest.mark.parametrize("name", BAD)
def test_one_bad_event_costs_at_most_itself(name: str) -> None:
    reading = read(calendar(BAD[name], GOOD))
    assert "good" in {event.uid for event in reading.events}
    if "b" not in {event.uid for event in reading.events}:
        assert any(translate(note, "en").startswith("1 event skipped: ") for note in reading.notes)


def test_broken_files_keep_what_is_whole() -> None:
    whole = calendar(GOOD)
    cut = whole + "BEGIN:VEVENT\nUID:x\nSUMMA"
    missing_end = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{GOOD}\nBEGIN:VEVENT\n{GOOD.replace('good', 'b2')}\nEND:VEVENT\n"
    junk = whole.replace("VERSION:2.0", "VERSION:2.0\n<br>\nPHP Notice in line 4")
    bare = f"BEGIN:VEVENT\n{GOOD}\nEND:VEVENT"
    lower = whole.replace("BEGIN:VEVENT", "begin:vevent").replace("DTSTART;TZID", "dtstart;tzid")
    for body in (cut, junk, bare, lower, "\ufeff" + whole, whole.replace("\n", "\r"), whole.replace("\n", "\r\n")):
        assert "good" in {event.uid for event in read(body).events}, body[:80]
    assert {event.uid for event in read(missing_end).events} == {"good", "b2"}
    assert any("cut off" in translate(note, "en") for note in read(missing_end).notes)


def test_folds_inside_a_character_and_folds_without_their_space() -> None:
    raw = calendar(GOOD.replace("Good", "读书会")).encode()
    at = raw.index("书".encode()) + 1
    assert only(read(raw[:at] + b"\r\n " + raw[at:])).title == "读书会"
    body = calendar(GOOD + "\nDESCRIPTION:first line\nNote: bring a pen\nand a friend")
    assert only(read(body)).description == "first line\nNote: bring a pen\nand a friend"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<!doctype html><html><body>Sign in</body></html>", "not a calendar: HTML"),
        ('{"error": "gone"}', "not a calendar: JSON"),
        ("", "not a calendar: empty"),
    ],
)
def test_what_is_no_calendar_is_refused(body: str, reason: str) -> None:
    reading = read(body)
    assert (reading.refused, translate(reading.reason, "en"), reading.events) == (True, reason, ())


def test_an_empty_calendar_is_quiet_not_broken() -> None:
    reading = read(calendar())
    assert not reading.refused
    assert reading.reason == Reason(Code.EMPTY_CALENDAR)
    assert read(calendar(GOOD.replace("202611", "201911"))).reason == Reason(Code.NONE_IN_WINDOW)


EX = "UID:x\nSUMMARY:X\nDTSTART:{start}\n{more}"
BOMBS = {
    "secondly": EX.format(start="19700101T000000Z", more="RRULE:FREQ=SECONDLY"),
    "secondly count": EX.format(start="20261120T000000Z", more="RRULE:FREQ=SECONDLY;COUNT=1000000000"),
    "minutely": EX.format(start="19700101T000000Z", more="RRULE:FREQ=MINUTELY"),
    "interval zero": EX.format(start="20261101T000000Z", more="RRULE:FREQ=DAILY;INTERVAL=0"),
    "hourly since 1970": EX.format(start="19700101T000000Z", more="RRULE:FREQ=HOURLY"),
    "hourly counted": EX.format(start="19700101T000000Z", more="RRULE:FREQ=HOURLY;COUNT=1000000000;BYHOUR=1,2,3"),
    "count 10^9": EX.format(start="20261101T000000Z", more="RRULE:FREQ=DAILY;COUNT=1000000000;BYDAY=MO"),
    "30 february": EX.format(start="20260101T000000Z", more="RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
    "30 february daily": EX.format(start="20260101T000000Z", more="RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=9"),
    "all excluded": EX.format(start="20261101T100000Z", more="RRULE:FREQ=DAILY\nEXRULE:FREQ=DAILY"),
    "50,000 rdates": EX.format(
        start="20261101T100000Z",
        more="RDATE:" + ",".join((NOW + timedelta(minutes=n)).strftime("%Y%m%dT%H%M%SZ") for n in range(50_000)),
    ),
    "100,000 exdates": EX.format(
        start="20261101T100000Z",
        more="RRULE:FREQ=DAILY\nEXDATE:"
        + ",".join((NOW + timedelta(minutes=n)).strftime("%Y%m%dT%H%M%SZ") for n in range(100_000)),
    ),
    "by-part product": EX.format(
        start="20261101T100000Z",
        more="RRULE:FREQ=YEARLY;BYHOUR={};BYMINUTE={};BYSECOND={}".format(
            ",".join(map(str, range(24))), ",".join(map(str, range(60))), ",".join(map(str, range(60)))
        ),
    ),
    "endless duration": EX.format(start="20261121T100000Z", more="DURATION:P999999999D"),
    "alarm": EX.format(
        start="20261121T100000Z",
        more="BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT1M\nREPEAT:1000000000\nDURATION:PT1S\nEND:VALARM",
    ),
    "until 9999": EX.format(start="19700101T100000Z", more="RRULE:FREQ=DAILY;UNTIL=99991231T000000Z"),
    "huge number": EX.format(start="20261101T100000Z", more="RRULE:FREQ=DAILY;COUNT=" + "9" * 5000),
}
ZONE_BOMB = (
    "BEGIN:VTIMEZONE\nTZID:Bomb\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\n"
    "RRULE:FREQ=SECONDLY\nEND:STANDARD\nEND:VTIMEZONE\n"
)


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_bounded_and_cost_only_themselves(name: str) -> None:
    assert takes_less(6, lambda: read(calendar(BOMBS[name], GOOD), days=120))
    reading = read(calendar(BOMBS[name], GOOD), days=120)
    assert "good" in {event.uid for event in reading.events}
    assert sum(event.uid == "x" for event in reading.events) <= 400


@pytest.mark.parametrize("name", ["secondly", "secondly count", "minutely", "interval zero"])
def test_rules_that_never_end_are_refused_by_name(name: str) -> None:
    reading = read(calendar(BOMBS[name], GOOD))
    assert [event.uid for event in reading.events] == ["good"]
    assert any("skipped" in translate(note, "en") for note in reading.notes)


def test_zone_bomb_and_deep_nesting() -> None:
    body = calendar("UID:z\nSUMMARY:Z\nDTSTART;TZID=Bomb:20261125T190000", head=ZONE_BOMB)
    assert only(read(body)).start is not None
    assert takes_less(4, lambda: read(body))
    deep = "BEGIN:VCALENDAR\n" + "BEGIN:X-A\n" * 5000 + "END:X-A\n" * 5000 + calendar(GOOD)
    assert "good" in {event.uid for event in read(deep).events}
    assert takes_less(4, lambda: read(deep))


def test_cost_grows_with_the_file_not_faster() -> None:
    def cost(count: int) -> float:
        body = calendar(*(GOOD.replace("good", f"u{n}") + "\nDESCRIPTION:" + "words " * 40 for n in range(count)))
        assert len(read(body).events) == count
        return spent(lambda: read(body))

    assert cost(800) < 8 * cost(200) + 0.05


def test_a_thousand_events_and_a_thousand_series_are_quick() -> None:
    once = calendar(*(GOOD.replace("good", f"u{n}") for n in range(1000)))
    assert len(read(once).events) == 1000
    assert takes_less(2, lambda: read(once))
    weekly = [
        GOOD.replace("good", f"u{n}").replace("20261125", "20250101") + "\nRRULE:FREQ=WEEKLY" for n in range(1000)
    ]
    assert len(read(calendar(*weekly), days=7).events) == 1000
    assert takes_less(3, lambda: read(calendar(*weekly), days=7))


@pytest.mark.parametrize(
    "ending",
    ["", "BEGIN:VEVENT\nUID:b\nDTST", "BEGIN:VEVENT\nUID:b\nSUMMARY:B\nDTSTART:20261126T110000Z\nDESCR", "BEGIN:VEV"],
)
def test_a_calendar_that_is_cut_off_is_partial_and_half_an_event_is_none(ending: str) -> None:
    reading = read(calendar(GOOD).replace("END:VCALENDAR\n", ending))
    assert reading.partial
    assert [event.uid for event in reading.events] == ["good"]
    assert Reason(Code.CALENDAR_CUT_OFF) in reading.notes


def test_a_second_calendar_of_a_file_may_be_cut_off() -> None:
    assert read(calendar(GOOD) + "BEGIN:VCALENDAR\nVERSION:2.0\n").partial


def test_half_an_event_alone_is_told_as_a_cut() -> None:
    reading = read("BEGIN:VEVENT\nUID:b\nSUMMARY:B\nDTSTART:2026")
    assert (reading.events, reading.partial, reading.reason) == ((), True, Reason(Code.CALENDAR_CUT_OFF))


def test_a_whole_calendar_is_not_partial_whatever_its_events_lack() -> None:
    reading = read(calendar(GOOD).replace("END:VEVENT\n", ""))
    assert not reading.partial
    assert only(reading).uid == "good"


def test_what_cannot_be_read_is_listed_by_its_uid() -> None:
    reading = read(calendar(GOOD, "UID:slip\\, one\nSUMMARY:Slip\nDTSTART:2026112XT190000"))
    assert [event.uid for event in reading.events] == ["good"]
    assert reading.listed == ("slip, one",)


RUNNING = [
    ("expo", "DTSTART;VALUE=DATE:20261116\nDTEND;VALUE=DATE:20261122", True),
    ("festival", "DTSTART:20261116T010000Z\nDTEND:20261121T090000Z", True),
    ("over", "DTSTART;VALUE=DATE:20261116\nDTEND;VALUE=DATE:20261120", False),
    ("yearly fair", "DTSTART;VALUE=DATE:20251116\nDTEND;VALUE=DATE:20251122\nRRULE:FREQ=YEARLY", True),
    ("for ever", "DTSTART;VALUE=DATE:20200101\nDTEND;VALUE=DATE:20300101", False),
]


@pytest.mark.parametrize(("uid", "times", "runs"), RUNNING)
def test_what_began_before_the_window_is_told_while_it_runs_where_that_is_asked_for(
    uid: str, times: str, runs: bool
) -> None:
    document = Document(body=calendar(f"UID:{uid}\nSUMMARY:X\n{times}").encode())
    assert not ical.read(document, context()).events
    found = ical.read(document, replace(context(), with_running=True)).events
    assert [event.uid for event in found] == ([uid] if runs else [])


def test_a_daily_series_whose_instances_last_for_months_is_known_by_its_starts() -> None:
    body = calendar("UID:d\nSUMMARY:D\nDTSTART:20260801T010000Z\nDTEND:20261231T090000Z\nRRULE:FREQ=DAILY")
    document = Document(body=body.encode())
    window = replace(context(), with_running=True)
    assert ical.read(document, window).events == ical.read(document, context()).events
