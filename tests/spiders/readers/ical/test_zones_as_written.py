"""Zones that are offsets, names of no region, and definitions that a calendar brings along."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from spiders.reasons import Code
from tests.support.as_written import as_written
from tests.support.written import calendar, context, moments, only, read, vtimezone

OFFSETS = [
    ("UTC-5", "1129T0000"),
    ("UTC+5:30", "1128T1330"),
    ("GMT-3", "1128T2200"),
    ("GMT+0930", "1128T0930"),
    ("utc+8", "1128T1100"),
    ("UTC\u22124", "1128T2300"),
    ("+08:00", "1128T1100"),
    ("-0330", "1128T2230"),
    ("GMT+08", "1128T1100"),
    ("UTC +2", "1128T1700"),
    ("(UTC-03:00) Old Harbour", "1128T2200"),
    ("GMT+0800 (Our Standard Time)", "1128T1100"),
    ("UTC-04:00", "1128T2300"),
    ("(GMT-05:00) Eastern Time (US & Canada)", "1129T0000"),
    ("UTC+0", "1128T1900"),
    ("UTC\u20135", "1129T0000"),
    ("UTC/GMT +8", "1128T1100"),
    ("GMT+8:00 Old Harbour", "1128T1100"),
    ("Asia/Tokyo (UTC+9)", "1128T1000"),
    ("EST (UTC-5)", "1129T0000"),
    ("(UTC) Coordinated Universal Time", "1128T1900"),
    ("Etc/GMT-2", "1128T1700"),
    ("Etc/GMT+5", "1129T0000"),
    ("/vendor.example/Etc/GMT+5", "1129T0000"),
    ("/vendor.example/UTC-5", "1129T0000"),
]


@pytest.mark.parametrize(("name", "moment"), OFFSETS)
@pytest.mark.parametrize("quote", ['"', ""])
def test_a_zone_named_by_its_offset(name: str, moment: str, quote: str) -> None:
    body = calendar(f"UID:z\nSUMMARY:Z\nDTSTART;TZID={quote}{name}{quote}:20261128T190000\nDURATION:PT2H")
    event = only(read(body))
    assert moments([event]) == [moment]
    assert event.evidence.sure == "stated"


@pytest.mark.parametrize("parameters", ["VALUE=DATE-TIME;TZID=UTC-04:00", "TZID=UTC-04:00;VALUE=DATE-TIME"])
def test_the_colon_of_an_offset_ends_no_parameter(parameters: str) -> None:
    body = calendar(
        f"UID:z\nSUMMARY:Z\nDTSTART;{parameters}:20261125T190000\nDTEND;{parameters}:20261125T210000\n"
        f"RRULE:FREQ=DAILY;COUNT=3\nEXDATE;{parameters}:20261126T190000"
    )
    reading = read(body)
    assert moments(reading.events) == ["1125T2300", "1127T2300"]
    assert all(event.end is not None and event.start is not None for event in reading.events)


def test_a_value_that_is_no_time_keeps_its_zone_apart() -> None:
    assert not read(calendar("UID:z\nSUMMARY:Z\nDTSTART;TZID=Asia/Shanghai:soon")).events


def test_an_offset_in_the_area_that_counts_westward_is_doubted() -> None:
    event = only(read(calendar("UID:z\nSUMMARY:Z\nDTSTART;TZID=Etc/UTC-2:20261128T190000")))
    assert moments([event]) == ["1128T1700"]
    assert [doubt.code for doubt in event.evidence.doubts] == [Code.ZONE_UNKNOWN]


JULY = context(days=300)
OWN = [
    ("GMT", "+0000", "+0100", "0723T1820"),
    ("EST", "-0500", "-0400", "0723T2320"),
    ("Etc/GMT-8", "-0800", None, "0724T0320"),
    ("UTC+1", "+0100", "+0200", "0723T1720"),
    ("UTC", "+0300", None, "0723T1620"),
    ("CET", "+0100", None, "0723T1820"),
    ("Eastern", "+1000", None, "0723T0920"),
    ("PST", "+0800", None, "0723T1120"),
    ("Hill House", "+0530", None, "0723T1350"),
    ("/hill.example/2026/House", "+0530", None, "0723T1350"),
]


@pytest.mark.parametrize(("name", "standard", "summer", "moment"), OWN)
def test_what_the_calendar_defines_beats_a_name_of_no_region(
    name: str, standard: str, summer: str | None, moment: str
) -> None:
    event = f"UID:z\nSUMMARY:Z\nDTSTART;TZID={name}:20270723T192000"
    before = calendar(event, head=vtimezone(name, standard, summer))
    behind = before.replace(vtimezone(name, standard, summer), "").replace(
        "END:VCALENDAR\n", vtimezone(name, standard, summer) + "END:VCALENDAR\n"
    )
    for body in (before, behind, before.replace(f"TZID:{name}", f'TZID:"{name}"')):
        assert moments(read(body, JULY).events) == [moment]


@pytest.mark.parametrize(
    ("name", "hint", "moment"),
    [
        ("Europe/Berlin", "", "0723T1720"),
        ("europe/berlin", "", "0723T1720"),
        ("/vendor.example/20260101_1/Europe/Berlin", "", "0723T1720"),
        ("W. Europe Standard Time", "", "0723T1720"),
        ("GMT", "Europe/London", "0723T1820"),
        ("Home", "Europe/Berlin", "0723T1720"),
    ],
)
def test_a_region_has_its_own_rules_whatever_the_calendar_defines(name: str, hint: str, moment: str) -> None:
    head = vtimezone(name, "-0700", hint=hint)
    body = calendar(f"UID:z\nSUMMARY:Z\nDTSTART;TZID={name}:20270723T192000", head=head)
    assert moments(read(body, JULY).events) == [moment]
    late = head.replace(f"X-LIC-LOCATION:{hint}\n", "").replace(
        "END:VTIMEZONE", f"X-LIC-LOCATION:{hint}\nEND:VTIMEZONE"
    )
    if hint:
        assert moments(read(body.replace(head, late), JULY).events) == [moment]


@pytest.mark.parametrize(("name", "moment"), [("EST", "1129T0000"), ("UTC-5", "1129T0000"), ("Etc/GMT-8", "1128T1100")])
def test_a_definition_that_begins_later_says_nothing_of_before(name: str, moment: str) -> None:
    head = vtimezone(name, "+0300", since="2027")
    assert moments(read(calendar(f"UID:z\nSUMMARY:Z\nDTSTART;TZID={name}:20261128T190000", head=head)).events) == [
        moment
    ]


def test_a_definition_without_beginnings_changes_no_known_name() -> None:
    head = vtimezone("UTC", "+0100", "+0200").replace(
        "DTSTART:19701025T030000\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\n", ""
    )
    head = head.replace("DTSTART:19700329T020000\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\n", "")
    assert moments(read(calendar("UID:z\nSUMMARY:Z\nDTSTART;TZID=UTC:20261128T190000", head=head)).events) == [
        "1128T1900"
    ]


def test_each_calendar_of_a_file_has_its_own_zones() -> None:
    event = "UID:{}\nSUMMARY:Z\nDTSTART;TZID=Ours:20261128T190000"
    body = calendar(event.format("a"), head=vtimezone("Ours", "+0100")) + calendar(
        event.format("b"), head=vtimezone("Ours", "+0900")
    )
    assert moments(read(body).events) == ["1128T1000", "1128T1800"]


def test_an_offset_as_the_calendars_own_zone_is_compared_by_its_hour() -> None:
    def told(zone: str) -> set[object]:
        return {note.code for note in read(calendar("UID:f\nSUMMARY:F\nDTSTART:20261128T190000", head=zone)).notes}

    assert Code.CALENDAR_ZONE_DIFFERS in told("X-WR-TIMEZONE:UTC-5\n")
    assert not told("X-WR-TIMEZONE:UTC+8\n")
    assert Code.CALENDAR_ZONE_UNKNOWN in told("X-WR-TIMEZONE:Nowhere\n")


def test_wall_times_of_a_series_hold_in_a_zone_of_its_own() -> None:
    body = calendar(
        "UID:s\nSUMMARY:S\nDTSTART;TZID=GMT:20261018T190000\nRRULE:FREQ=WEEKLY;COUNT=3",
        head=vtimezone("GMT", "+0000", "+0100"),
    )
    asked = context(zone="UTC", window_start=datetime.fromisoformat("2026-10-01T00:00:00+00:00"))
    assert moments(read(body, asked).events) == ["1018T1800", "1025T1900", "1101T1900"]


def defined(name: str, offsets: list[str]) -> str:
    """A VTIMEZONE of that name with its one offset, or with two that change."""
    return vtimezone(name.strip('"'), *offsets) if offsets else ""


@pytest.mark.parametrize("case", as_written("zones"), ids=lambda case: f"{case['tzid']} {' '.join(case['offsets'])}")
def test_names_of_zones_as_people_write_them(case) -> None:
    """The end names the zone as the start does, whichever stands first. Where nobody can say, either sign will do."""
    zone = f"TZID={case['tzid']}"
    lines = [f"DTSTART;{zone}:20261128T190000", f"DTEND;VALUE=DATE-TIME;{zone}:20261128T210000"]
    for ordered in (lines, lines[::-1]):
        event = only(
            read(calendar("\n".join(["UID:z\nSUMMARY:Z", *ordered]), head=defined(case["tzid"], case["offsets"])))
        )
        assert moments([event])[0] in case["utc"]
        assert event.start is not None
        assert event.end == event.start + timedelta(hours=2)
        assert (event.evidence.sure == "stated") is (len(case["utc"]) == 1)
