"""EXDATE, RDATE and RECURRENCE-ID that name an instance in another way than the series writes its starts."""

from __future__ import annotations

import pytest

from spiders.items import Event
from tests.support.written import calendar, context, moment, moments, read

TIMED = (
    "UID:s\nSUMMARY:Club\nDTSTART;TZID={zone}:20261125T190000\nDTEND;TZID={zone}:20261125T210000\n"
    "RRULE:FREQ=WEEKLY;COUNT=4"
)
TOKYO, SHANGHAI = TIMED.format(zone="Asia/Tokyo"), TIMED.format(zone="Asia/Shanghai")
IN_UTC = TOKYO.replace(";TZID=Asia/Tokyo:20261125T19", ":20261125T11").replace(
    ";TZID=Asia/Tokyo:20261125T21", ":20261125T13"
)
IN_UTC = IN_UTC.replace("0000\n", "0000Z\n", 2)
FLOATING = SHANGHAI.replace(";TZID=Asia/Shanghai", "")
DAYS = "UID:s\nSUMMARY:Day\nDTSTART;VALUE=DATE:20261125\nDTEND;VALUE=DATE:20261126\nRRULE:FREQ=WEEKLY;COUNT=4"

NAMES = {  # how 2 December may be called, for each kind of series
    "timed": (
        SHANGHAI,
        "1202T1100",
        [
            ";VALUE=DATE:20261202",
            ":20261202",
            ":20261202T190000",
            ";TZID=Asia/Shanghai:20261202T190000",
            ":20261202T110000Z",
            ";TZID=Europe/Paris:20261202T120000",
            ":20261202T000000Z",
            ":20261202T000000",
            ";TZID=Asia/Shanghai:20261202T000000",
            ":20261201T160000Z",
            ":20261202T190000Z",
            ";TZID=Europe/Berlin:20261202T190000",
            ";VALUE=DATE:20261202T190000",
            ";TZID=Asia/Shanghai;VALUE=DATE:20261202",
        ],
    ),
    "timed elsewhere": (
        TOKYO,
        "1202T1000",
        [
            ":20261202T190000",
            ":20261202",
            ":20261201T150000Z",
            ":20261202T000000Z",
            ":20261202T100000Z",
            ";TZID=Asia/Shanghai:20261202T180000",
        ],
    ),
    "in UTC": (
        IN_UTC,
        "1202T1100",
        [
            ":20261202T110000Z",
            ":20261202T110000",
            ":20261202T190000",
            ";TZID=Asia/Shanghai:20261202T190000",
            ":20261202",
            ":20261202T000000Z",
            ":20261202T000000",
            ":20261201T160000Z",
        ],
    ),
    "floating": (
        FLOATING,
        "1202T1100",
        [
            ":20261202T190000",
            ":20261202T110000Z",
            ":20261202",
            ":20261202T000000Z",
            ";TZID=Asia/Tokyo:20261202T200000",
            ";TZID=Asia/Tokyo:20261202T190000",
        ],
    ),
    "days": (
        DAYS,
        "1202",
        [
            ";VALUE=DATE:20261202",
            ":20261202",
            ":20261202T000000",
            ":20261202T190000",
            ";TZID=Asia/Shanghai:20261202T000000",
            ":20261202T000000Z",
            ":20261201T160000Z",
            ":20261201T230000Z",
            ":20261202T050000Z",
            ":20261201T110000Z",
            ":20261202T100000Z",
            ";TZID=America/New_York:20261202T000000",
        ],
    ),
}
CASES = [(series, gone, name) for series, gone, names in NAMES.values() for name in names]
IDS = [f"{kind}{name}" for kind, (_, _, names) in NAMES.items() for name in names]


def starts(series: str) -> list[str]:
    return moments(read(calendar(series)).events)


@pytest.mark.parametrize(("series", "gone", "name"), CASES, ids=IDS)
def test_an_excluded_instance_is_out(series: str, gone: str, name: str) -> None:
    assert starts(f"{series}\nEXDATE{name}") == [each for each in starts(series) if each != gone]


@pytest.mark.parametrize(("series", "gone", "name"), CASES, ids=IDS)
def test_a_moved_instance_is_where_it_was_moved_to_and_keeps_its_name(series: str, gone: str, name: str) -> None:
    moved = f"UID:s\nSUMMARY:Moved\nRECURRENCE-ID{name}\nDTSTART:20261203T120000Z\nDTEND:20261203T130000Z"
    for body in (calendar(series, moved), calendar(moved, series)):
        events = read(body).events
        assert moments(events) == sorted([*(each for each in starts(series) if each != gone), "1203T1200"])
        assert named(events, "Moved") == {
            each.occurrence for each in read(calendar(series)).events if moment(each) == gone
        }


def named(events: tuple[Event, ...], title: str) -> set[str | None]:
    return {event.occurrence for event in events if event.title == title}


ADDED = [
    (SHANGHAI, ";VALUE=DATE:20261204", "1204T1100"),
    (SHANGHAI, ":20261204T180000", "1204T1000"),
    (SHANGHAI, ":20261204T120000Z", "1204T1200"),
    (SHANGHAI, ":20261203T160000Z", "1204T1100"),
    (SHANGHAI, ":20261204T000000Z", "1204T1100"),
    (SHANGHAI, ":20261204T000000", "1204T1100"),
    (TOKYO, ":20261204T200000", "1204T1100"),
    (TOKYO, ";VALUE=DATE:20261204", "1204T1000"),
    (TOKYO, ";TZID=Asia/Shanghai:20261204T200000", "1204T1200"),
    (IN_UTC, ":20261204", "1204T1100"),
    (DAYS, ":20261203T160000Z", "1204"),
    (DAYS, ":20261204T000000Z", "1204"),
    (DAYS, ":20261204T190000", "1204"),
    (DAYS, ";VALUE=DATE:20261204", "1204"),
]


@pytest.mark.parametrize(("series", "name", "added"), ADDED)
def test_an_added_date_takes_from_the_series_what_it_leaves_out(series: str, name: str, added: str) -> None:
    events = read(calendar(f"{series}\nRDATE{name}")).events
    assert moments(events) == sorted([*starts(series), added])
    assert len({event.end - event.start for event in events if event.end and event.start}) == 1


def test_midnight_is_an_hour_like_any_other_where_the_series_is_held_then() -> None:
    late = SHANGHAI.replace("T190000", "T000000").replace("T210000", "T020000")
    assert starts(f"{late}\nEXDATE:20261201T160000Z\nRDATE:20261204T160000Z") == [
        "1124T1600",
        "1204T1600",
        "1208T1600",
        "1215T1600",
    ]
    evening = TIMED.format(zone="America/New_York")  # 19:00 there is midnight in UTC
    assert starts(f"{evening}\nEXDATE:20261203T000000Z") == ["1126T0000", "1210T0000", "1217T0000"]


def test_a_date_names_all_starts_of_its_day_to_exclude_and_one_to_move() -> None:
    twice = SHANGHAI.replace("FREQ=WEEKLY;COUNT=4", "FREQ=WEEKLY;BYHOUR=10,19;COUNT=6")
    assert len(starts(twice)) == 5 + 1  # COUNT begins at 19:00 of the first day
    assert [each[:4] for each in starts(f"{twice}\nEXDATE;VALUE=DATE:20261202")].count("1202") == 0
    moved = "UID:s\nSUMMARY:Moved\nRECURRENCE-ID;VALUE=DATE:20261202\nDTSTART:20261203T120000Z"
    assert [each for each in moments(read(calendar(twice, moved)).events) if each.startswith("120")] == [
        "1202T0200",
        "1203T1200",
        "1209T0200",
        "1209T1100",
    ]


def test_what_names_no_instance_takes_none_away() -> None:
    for name in (
        ":20261203T190000",
        ":20261202T180000",
        ";VALUE=DATE:20261203",
        ":20261202T040000Z",
        ":20271202T110000Z",
    ):
        assert starts(f"{SHANGHAI}\nEXDATE{name}") == starts(SHANGHAI)


def test_this_and_future_from_a_date_on() -> None:
    later = (
        "UID:s\nSUMMARY:Later\nRECURRENCE-ID;VALUE=DATE;RANGE=THISANDFUTURE:20261209\n"
        "DTSTART;TZID=Asia/Shanghai:20261209T200000\nDURATION:PT1H"
    )
    assert moments(read(calendar(SHANGHAI, later)).events) == ["1125T1100", "1202T1100", "1209T1200", "1216T1200"]


def test_a_moved_instance_without_a_zone_is_moved_in_that_of_its_series() -> None:
    moved = "UID:s\nSUMMARY:Moved\nRECURRENCE-ID:20261202T190000\nDTSTART:20261203T200000\nDTEND:20261203T220000"
    assert "1203T1100" in moments(read(calendar(TOKYO, moved)).events)


def test_an_instance_moved_into_the_window_from_beyond_it() -> None:
    moved = "UID:s\nSUMMARY:Moved\nRECURRENCE-ID;VALUE=DATE:20261216\nDTSTART;TZID=Asia/Shanghai:20261130T190000"
    found = read(calendar(SHANGHAI, moved), context(days=12)).events
    assert moments(found) == ["1125T1100", "1130T1100"]
    assert named(found, "Moved") == {"20261216T110000Z"}


def test_until_at_the_midnight_that_begins_the_last_day() -> None:
    for until, last in (
        ("20261208T160000Z", "1209"),
        ("20261209", "1209"),
        ("20261209T000000Z", "1209"),
        ("20261208", "1202"),
    ):
        assert starts(DAYS.replace("COUNT=4", f"UNTIL={until}"))[-1] == last
