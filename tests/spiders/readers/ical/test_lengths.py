"""Ends: in the zone of the start where they name none, unknown where they cannot be read."""

from __future__ import annotations

import pytest

from tests.support.written import calendar, only, read, span

NEW_YORK, TOKYO = ";TZID=America/New_York:20261128T", ";TZID=Asia/Tokyo:20261128T"
ENDS = [
    (f"DTSTART{NEW_YORK}190000\nDTEND:20261128T210000", ("11-28 19:00", "11-28 21:00")),
    (f"DTSTART{TOKYO}190000\nDTEND:20261128T210000", ("11-28 19:00", "11-28 21:00")),
    (f"DTSTART{TOKYO}190000\nDTEND;VALUE=DATE-TIME:20261128T210000", ("11-28 19:00", "11-28 21:00")),
    (f"DTSTART{TOKYO}190000\nDTEND;TZID=Nowhere/Land:20261128T210000", ("11-28 19:00", "11-28 21:00")),
    (f"DTSTART{TOKYO}190000\nDTEND;TZID=Asia/Shanghai:20261128T200000", ("11-28 19:00", "11-28 21:00")),
    (f"DTSTART{TOKYO}190000\nDTEND:20261128T120000Z", ("11-28 19:00", "11-28 21:00")),
    (f"DTSTART{NEW_YORK}190000\nDTEND:20261129T020000Z", ("11-28 19:00", "11-28 21:00")),
    ("DTSTART:20261128T110000Z\nDTEND:20261128T130000", ("11-28 19:00", "11-28 21:00")),
    ("DTSTART:20261128T190000\nDTEND:20261128T130000Z", ("11-28 19:00", "11-28 21:00")),
    (f"DTSTART:20261128T190000\nDTEND{TOKYO}210000", ("11-28 19:00", "11-28 21:00")),
    ("DTSTART:20261128T190000\nDTEND:20261128T210000", ("11-28 19:00", "11-28 21:00")),
    ("DTSTART;TZID=UTC-5:20261128T060000\nDTEND:20261128T080000", ("11-28 19:00", "11-28 21:00")),
]


@pytest.mark.parametrize(("times", "shown"), ENDS)
def test_an_end_without_a_zone_takes_that_of_its_start(times: str, shown: tuple[str, str]) -> None:
    event = only(read(calendar(f"UID:e\nSUMMARY:E\n{times}")))
    assert span(event)[:2] == shown
    assert event.evidence.sure == "stated"


def test_a_start_without_a_zone_takes_that_of_its_end() -> None:
    event = only(read(calendar(f"UID:e\nSUMMARY:E\nDTSTART:20261128T190000\nDTEND{TOKYO}210000")))
    assert event.start is not None
    assert event.start.isoformat() == "2026-11-28T19:00:00+09:00"


@pytest.mark.parametrize("start", [";TZID=Asia/Shanghai:20261128T190000", ":20261128T110000Z", ":20261128T190000"])
@pytest.mark.parametrize(
    "end",
    [
        "DURATION:P",
        "DURATION:PT",
        "DURATION:",
        "DURATION:PT0S",
        "DURATION:P0D",
        "DURATION:two hours",
        "DURATION:2:00",
        "DURATION:-PT1H",
        "DURATION:-P1D",
        "DURATION:P999999999D",
        "DURATION:P1Y",
        "DURATION:PT2",
        "DURATION:TBA",
        "DTEND:TBA",
        "DTEND;TZID=Asia/Shanghai:later",
        "DTEND:",
        "DTEND:20261340T990000",
        "DTEND;VALUE=DATE:open",
        "DTEND:21:00",
        "DTEND;TZID=Asia/Shanghai:",
    ],
)
def test_an_end_that_cannot_be_read_is_unknown_and_the_start_stands(start: str, end: str) -> None:
    event = only(read(calendar(f"UID:e\nSUMMARY:E\nDTSTART{start}\n{end}")))
    assert span(event) == ("11-28 19:00", None, False)
    assert event.evidence.sure == "stated"


@pytest.mark.parametrize(
    ("end", "shown"),
    [
        ("DURATION:PT1.5H", "20:30"),
        ("DURATION:PT1,5H", "20:30"),
        ("DURATION:PT90M", "20:30"),
        ("DURATION:pt90m", "20:30"),
        ("DURATION:P0Y0M0DT1H30M0S", "20:30"),
        ("DURATION:P0DT1H30M", "20:30"),
        ("DURATION:+PT90M", "20:30"),
        ("DURATION:PT1H30M0.0S", "20:30"),
        ("DURATION:PT5400S", "20:30"),
        ("DURATION: PT90M ", "20:30"),
        ("DTEND:TBA\nDURATION:PT90M", "20:30"),
        ("DTEND:\nDURATION:PT90M", "20:30"),
        ("DURATION:TBA\nDTEND:20261128T203000", "20:30"),
    ],
)
def test_lengths_that_can_be_read(end: str, shown: str) -> None:
    event = only(read(calendar(f"UID:e\nSUMMARY:E\nDTSTART;TZID=Asia/Shanghai:20261128T190000\n{end}")))
    assert event.end is not None
    assert event.end.strftime("%H:%M") == shown


def test_days_keep_their_length() -> None:
    for end, last in (("DURATION:P2D", "11-30"), ("DURATION:P", "11-29"), ("DTEND;VALUE=DATE:TBA", "11-29")):
        assert span(only(read(calendar(f"UID:e\nSUMMARY:E\nDTSTART;VALUE=DATE:20261128\n{end}")))) == (
            "11-28",
            last,
            True,
        )


def test_an_exception_whose_end_cannot_be_read_is_moved_all_the_same() -> None:
    series = "UID:s\nSUMMARY:S\nDTSTART:20261125T110000Z\nDTEND:20261125T130000Z\nRRULE:FREQ=WEEKLY;COUNT=2"
    moved = "UID:s\nSUMMARY:Moved\nRECURRENCE-ID:20261202T110000Z\nDTSTART:20261203T110000Z\nDTEND:TBA"
    event = next(each for each in read(calendar(series, moved)).events if each.title == "Moved")
    assert (span(event), event.evidence.sure) == (("12-03 19:00", None, False), "stated")
