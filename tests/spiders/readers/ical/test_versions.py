"""Several VEVENTs of one UID: versions of one event, dates written out one by one, series with exceptions each."""

from __future__ import annotations

import pytest

from tests.support.written import calendar, moments, read

OLD = "UID:v\nSUMMARY:Salon\nDTSTART:20261128T060000Z\nDTEND:20261128T080000Z"
NEW = "UID:v\nSUMMARY:Salon\nDTSTART:20261129T060000Z\nDTEND:20261129T080000Z"
SERIES = "UID:v\nSUMMARY:Circle\nDTSTART;TZID=Asia/Shanghai:20261125T190000\nDURATION:PT2H\nRRULE:FREQ=WEEKLY;COUNT=3"
MOVED = "UID:v\nSUMMARY:Circle ({title})\nRECURRENCE-ID:20261202T110000Z\nDTSTART:2026120{day}T120000Z\nDURATION:PT2H"

MARKS = [
    ("SEQUENCE:0", "SEQUENCE:1"),
    ("", "SEQUENCE:1"),
    ("SEQUENCE:2", "SEQUENCE:10"),
    ("SEQUENCE:1\nDTSTAMP:20261119T080000Z", "SEQUENCE:2\nDTSTAMP:20261101T080000Z"),
    ("SEQUENCE:1\nDTSTAMP:20261101T080000Z", "SEQUENCE:1\nDTSTAMP:20261102T080000Z"),
    ("DTSTAMP:20261101T080000Z", "DTSTAMP:20261110T080000Z"),
    ("LAST-MODIFIED:20261101T080000Z", "LAST-MODIFIED:20261110T080000Z"),
    (
        "DTSTAMP:20261119T080000Z\nLAST-MODIFIED:20261101T080000Z",
        "DTSTAMP:20261119T080000Z\nLAST-MODIFIED:20261110T080000Z",
    ),
]


@pytest.mark.parametrize(("old", "new"), MARKS)
@pytest.mark.parametrize("reverse", [False, True])
def test_the_newer_version_of_an_event_replaces_the_older(old: str, new: str, reverse: bool) -> None:
    versions = [f"{OLD}\n{old}", f"{NEW}\n{new}"]
    for title in ("SUMMARY:Salon", "SUMMARY:Salon (new date)"):
        body = calendar(
            *(v.replace("SUMMARY:Salon", title) if v.startswith(NEW) else v for v in versions[:: -1 if reverse else 1])
        )
        assert moments(read(body).events) == ["1129T0600"]


@pytest.mark.parametrize(("old", "new"), MARKS)
@pytest.mark.parametrize("reverse", [False, True])
def test_the_newer_version_of_an_exception_replaces_the_older(old: str, new: str, reverse: bool) -> None:
    versions = [MOVED.format(title="old", day=3) + f"\n{old}", MOVED.format(title="new", day=4) + f"\n{new}"]
    events = read(calendar(SERIES, *versions[:: -1 if reverse else 1])).events
    assert moments(events) == ["1125T1100", "1204T1200", "1209T1100"]
    assert {event.title for event in events} == {"Circle", "Circle (new)"}


def test_versions_of_an_exception_may_name_it_differently() -> None:
    older = MOVED.format(title="old", day=3).replace(":20261202T110000Z", ";VALUE=DATE:20261202") + "\nSEQUENCE:1"
    newer = MOVED.format(title="new", day=4) + "\nSEQUENCE:2"
    assert moments(read(calendar(newer, older, SERIES)).events) == ["1125T1100", "1204T1200", "1209T1100"]


def test_without_marks_the_last_exception_in_the_file_holds() -> None:
    events = read(calendar(SERIES, MOVED.format(title="first", day=3), MOVED.format(title="last", day=4))).events
    assert moments(events) == ["1125T1100", "1204T1200", "1209T1100"]


def test_the_newer_version_of_a_series_replaces_the_older_and_keeps_its_exceptions() -> None:
    later = SERIES.replace("T190000", "T193000") + "\nSEQUENCE:1"
    moved = MOVED.format(title="moved", day=3).replace("T110000Z", "T113000Z")
    for order in ((SERIES, later, moved), (moved, later, SERIES)):
        assert moments(read(calendar(*order)).events) == ["1125T1130", "1203T1200", "1209T1130"]


def test_a_change_of_an_earlier_version_goes_with_it() -> None:
    later = SERIES.replace("T190000", "T193000") + "\nSEQUENCE:2"
    old, new = MOVED.format(title="old", day=3) + "\nSEQUENCE:1", MOVED.format(title="new", day=4) + "\nSEQUENCE:2"
    new = new.replace(":20261202T110000Z", ":20261202T113000Z")
    for order in ((SERIES, later, old, new), (later, old, new), (new, old, later, SERIES)):
        assert moments(read(calendar(*order)).events) == ["1125T1130", "1204T1200", "1209T1130"]
    kept = calendar(SERIES + "\nSEQUENCE:5", old)  # it names an instance, whatever its number
    assert moments(read(kept).events) == ["1125T1100", "1203T1200", "1209T1100"]


def test_one_uid_and_two_numbers_are_one_event_whatever_it_is_called() -> None:
    other = NEW.replace("Salon", "An evening with the sea")
    assert moments(read(calendar(f"{OLD}\nSEQUENCE:0", f"{other}\nSEQUENCE:1")).events) == ["1129T0600"]


def test_a_version_that_calls_the_event_off_is_the_event() -> None:
    events = read(calendar(f"{OLD}\nSEQUENCE:1", f"{OLD}\nSEQUENCE:2\nSTATUS:CANCELLED")).events
    assert [event.status for event in events] == ["cancelled"]


DATES = [f"UID:v\nSUMMARY:Course\nDTSTART:202611{day}T110000Z\nDTEND:202611{day}T130000Z" for day in (25, 26, 27)]
WRITTEN_OUT = {
    "no marks": [*DATES],
    "one stamp": [f"{each}\nDTSTAMP:20261119T080000Z\nSEQUENCE:0" for each in DATES],
    "a clock that ran on": [f"{each}\nDTSTAMP:20261119T08000{n}Z" for n, each in enumerate(DATES)],
    "stamps are the starts": [
        f"{each}\nDTSTAMP:202611{day}T110000Z" for day, each in zip((25, 26, 27), DATES, strict=True)
    ],
    "two, one stamp": [f"{each}\nDTSTAMP:20261119T080000Z" for each in DATES[:2]],
    "one title each": [
        f"{each}\nSEQUENCE:{n}".replace("Course", word)
        for n, (each, word) in enumerate(zip(DATES, ("Pottery", "Fencing", "Night walk"), strict=True))
    ],
    "one of them edited": [f"{each}\nSEQUENCE:{number}" for each, number in zip(DATES, (0, 1, 0), strict=True)],
    "made on three days": [f"{each}\nDTSTAMP:2026110{n}T080000Z" for n, each in enumerate(DATES, 1)],
}


@pytest.mark.parametrize("name", WRITTEN_OUT)
def test_dates_that_are_written_out_under_one_uid_are_all_told(name: str) -> None:
    assert len(read(calendar(*WRITTEN_OUT[name])).events) == len(WRITTEN_OUT[name])


def test_each_of_two_series_has_its_own_exceptions() -> None:
    friday = SERIES.replace("20261125T190000", "20261127T180000")
    moved = (
        MOVED.format(title="a", day=3),
        MOVED.format(title="b", day=5).replace(":20261202T110000Z", ":20261204T100000Z"),
    )
    gone = "UID:v\nSUMMARY:Circle\nRECURRENCE-ID:20261211T100000Z\nDTSTART:20261211T100000Z\nSTATUS:CANCELLED"
    events = read(calendar(SERIES, friday, *moved, gone)).events
    assert moments(events) == ["1125T1100", "1127T1000", "1203T1200", "1205T1200", "1209T1100", "1211T1000"]
    assert [event.status for event in events].count("cancelled") == 1


def test_an_exception_of_a_date_that_is_written_out_replaces_it() -> None:
    moved = "UID:v\nSUMMARY:Course (moved)\nRECURRENCE-ID:20261126T110000Z\nDTSTART:20261126T120000Z"
    assert moments(read(calendar(*DATES, moved)).events) == ["1125T1100", "1126T1200", "1127T1100"]


def test_versions_of_an_exception_whose_series_is_in_nobodys_file() -> None:
    versions = [MOVED.format(title="old", day=3) + "\nSEQUENCE:1", MOVED.format(title="new", day=4) + "\nSEQUENCE:2"]
    assert moments(read(calendar(*versions)).events) == ["1204T1200"]
    assert moments(read(calendar(*versions[::-1])).events) == ["1204T1200"]


@pytest.mark.parametrize("order", [1, -1])
def test_a_method_holds_for_its_own_calendar(order: int) -> None:
    off = calendar(OLD.replace("UID:v", "UID:off"), head="METHOD:CANCEL\n")
    on = calendar(NEW, head="METHOD:PUBLISH\n")
    without = calendar(NEW.replace("UID:v", "UID:w"))
    late = off.replace("METHOD:CANCEL\n", "").replace("END:VCALENDAR", "METHOD:CANCEL\nEND:VCALENDAR")
    for first in (off, late):
        events = read("".join([first, on, without][::order])).events
        assert {event.uid: event.status for event in events} == {"off": "cancelled", "v": "confirmed", "w": "confirmed"}


def test_a_cancelling_calendar_cancels_what_another_one_tells() -> None:
    body = calendar(f"{OLD}\nSEQUENCE:0") + calendar(f"{OLD}\nSEQUENCE:1", head="METHOD:CANCEL\n")
    assert [event.status for event in read(body).events] == ["cancelled"]
    body = calendar(SERIES) + calendar(
        MOVED.format(title="x", day=2).replace("T120000Z", "T110000Z"), head="METHOD:CANCEL\n"
    )
    assert sorted(event.status for event in read(body).events) == ["cancelled", "confirmed", "confirmed"]


def test_a_misplaced_end_changes_no_method() -> None:
    body = calendar(OLD, head="METHOD:CANCEL\nEND:VCALENDAR\n")
    assert [event.status for event in read(body).events] == ["cancelled"]
