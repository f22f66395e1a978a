"""Whole days written as hours, and hours that are no days."""

from __future__ import annotations

import pytest

from spiders.items import Document
from spiders.readers import ical
from tests.support.written import SHANGHAI, calendar, context, moments, only, read, span

MS, FUNAMBOL, MSN = (
    "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
    "X-FUNAMBOL-ALLDAY:1",
    "X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT:TRUE",
)
IN = ";TZID=Asia/Shanghai:202611"
DISGUISED = {
    "to midnight": f"DTSTART{IN}28T000000\nDTEND{IN}29T000000",
    "to 24:00": f"DTSTART{IN}28T000000\nDTEND{IN}28T240000",
    "to 23:59": f"DTSTART{IN}28T000000\nDTEND{IN}28T235900",
    "to 23:59:59": f"DTSTART{IN}28T000000\nDTEND{IN}28T235959",
    "a day long": f"DTSTART{IN}28T000000\nDURATION:P1D",
    "24 hours long": f"DTSTART{IN}28T000000\nDURATION:PT24H",
    "23:59 long": f"DTSTART{IN}28T000000\nDURATION:PT23H59M",
    "floating": "DTSTART:20261128T000000\nDTEND:20261129T000000",
    "the end floating": f"DTSTART{IN}28T000000\nDTEND:20261129T000000",
    "local midnight in UTC": "DTSTART:20261127T160000Z\nDTEND:20261128T160000Z",
    "local midnight in UTC to 23:59": "DTSTART:20261127T160000Z\nDTEND:20261128T155900Z",
    "23:59:59 in UTC": "DTSTART:20261128T000000Z\nDTEND:20261128T235959Z",
    "elsewhere": "DTSTART;TZID=America/New_York:20261128T000000\nDTEND;TZID=America/New_York:20261129T000000",
    "flag": f"DTSTART{IN}28T000000\nDTEND{IN}29T000000\n{MS}",
    "flag before the times": f"{MS}\nDTSTART{IN}28T000000\nDTEND{IN}29T000000",
    "flag in UTC": f"DTSTART:20261128T000000Z\nDTEND:20261129T000000Z\n{FUNAMBOL}",
    "flag, local midnight in UTC": f"DTSTART:20261127T160000Z\nDTEND:20261128T160000Z\n{MS}",
    "flag, another zone's midnight in UTC": f"DTSTART:20261127T230000Z\nDTEND:20261128T230000Z\n{MSN}",
    "flag, a western midnight in UTC": f"DTSTART:20261128T050000Z\nDTEND:20261129T050000Z\n{MS}",
    "flag without an end": f"DTSTART{IN}28T000000\n{MS}",
    "flag with an empty end": f"DTSTART{IN}28T000000\nDTEND{IN}28T000000\n{MS}",
    "flag in lower case": f"DTSTART{IN}28T000000\nDTEND{IN}29T000000\n{MS.lower()}",
}


@pytest.mark.parametrize("name", DISGUISED)
def test_a_day_in_disguise_is_a_day(name: str) -> None:
    assert span(only(read(calendar(f"UID:d\nSUMMARY:Fair\n{DISGUISED[name]}")))) == ("11-28", "11-29", True)


@pytest.mark.parametrize(
    "times",
    [
        f"DTSTART{IN}28T000000\nDTEND{IN}30T235959",
        "DTSTART;VALUE=DATE:20261128\nDTEND:20261130T235900",
        "DTSTART;VALUE=DATE:20261128\nDTEND:20261130T180000",
        "DTSTART;VALUE=DATE:20261128\nDTEND:20261201T000000",
        f"DTSTART{IN}28T000000\nDTEND;TZID=Asia/Shanghai:20261201T000000",
        f"DTSTART{IN}28T000000\nDURATION:P3D",
        f"DTSTART:20261127T160000Z\nDTEND:20261130T160000Z\n{MS}",
        f"DTSTART:20261128T000000Z\nDTEND:20261201T000000Z\n{FUNAMBOL}",
    ],
)
def test_several_days_in_disguise(times: str) -> None:
    assert span(only(read(calendar(f"UID:d\nSUMMARY:Fair\n{times}")))) == ("11-28", "12-01", True)


HOURS = {
    "a party at midnight": (f"DTSTART{IN}28T000000\nDTEND{IN}28T030000", ("11-28 00:00", "11-28 03:00", False)),
    "midnight alone": (f"DTSTART{IN}28T000000", ("11-28 00:00", None, False)),
    "a day and a night": (f"DTSTART{IN}28T190000\nDTEND{IN}29T190000", ("11-28 19:00", "11-29 19:00", False)),
    "until midnight": (f"DTSTART{IN}28T190000\nDTEND{IN}29T000000", ("11-28 19:00", "11-29 00:00", False)),
    "until 23:59": (f"DTSTART{IN}28T190000\nDTEND{IN}28T235900", ("11-28 19:00", "11-28 23:59", False)),
    "from midnight until one": (f"DTSTART{IN}28T000000\nDTEND{IN}29T010000", ("11-28 00:00", "11-29 01:00", False)),
    "24 hours in UTC": ("DTSTART:20261128T000000Z\nDTEND:20261129T000000Z", ("11-28 08:00", "11-29 08:00", False)),
    "the flag of another kind": (
        f"DTSTART{IN}28T190000\nDTEND{IN}28T210000\nX-MICROSOFT-CDO-ALLDAYEVENT:FALSE",
        ("11-28 19:00", "11-28 21:00", False),
    ),
    "a flag that the hours gainsay": (
        f"DTSTART{IN}28T190000\nDTEND{IN}28T210000\n{MS}",
        ("11-28 19:00", "11-28 21:00", False),
    ),
}


@pytest.mark.parametrize("name", HOURS)
def test_hours_stay_hours(name: str) -> None:
    times, shown = HOURS[name]
    assert span(only(read(calendar(f"UID:d\nSUMMARY:Night\n{times}")))) == shown


SERIES = f"UID:d\nSUMMARY:Fair\nDTSTART{IN}25T000000\nDTEND{IN}26T000000\nRRULE:FREQ=WEEKLY;COUNT=4"


@pytest.mark.parametrize(
    "name", [":20261201T160000Z", ";TZID=Asia/Shanghai:20261202T000000", ";VALUE=DATE:20261202", ":20261202T000000"]
)
def test_a_series_of_days_in_disguise_with_its_exceptions(name: str) -> None:
    assert moments(read(calendar(f"{SERIES}\nEXDATE{name}")).events) == ["1125", "1209", "1216"]
    moved = f"UID:d\nSUMMARY:Fair\nRECURRENCE-ID{name}\nDTSTART;TZID=Asia/Shanghai:20261203T000000\nDURATION:P1D"
    assert moments(read(calendar(SERIES, moved)).events) == ["1125", "1203", "1209", "1216"]


def test_until_counts_by_the_moment_that_the_series_was_written_in() -> None:
    for until, last in (("20261208T160000Z", "1209"), ("20261208T155959Z", "1202"), ("20261209", "1209")):
        assert moments(read(calendar(SERIES.replace("COUNT=4", f"UNTIL={until}"))).events)[-1] == last


def test_where_the_sources_zone_is_believed_midnight_is_as_it_is_written() -> None:
    believed = context(timezone_overrides=True)
    body = calendar("UID:d\nSUMMARY:Fair\nDTSTART:20261128T000000Z\nDTEND:20261129T000000Z")
    assert span(only(read(body, believed))) == ("11-28", "11-29", True)
    body = calendar("UID:d\nSUMMARY:Fair\nDTSTART:20261127T160000Z\nDTEND:20261128T160000Z")
    assert span(only(read(body, believed))) == ("11-27 16:00", "11-28 16:00", False)


def test_what_began_before_the_window_is_shown_while_it_runs() -> None:
    fair = "UID:f\nSUMMARY:Fair\nDTSTART;VALUE=DATE:20261118\nDTEND;VALUE=DATE:20261123"
    disguised = "UID:g\nSUMMARY:Fair\nDTSTART;TZID=Asia/Shanghai:20261118T000000\nDURATION:P5D"
    over = "UID:h\nSUMMARY:Over\nDTSTART;VALUE=DATE:20261117\nDTEND;VALUE=DATE:20261120"
    found = ical.read(
        Document(body=calendar(fair, disguised, over).encode()), context(zone=SHANGHAI, with_running=True)
    )
    assert moments(found.events) == ["1118", "1118"]
