"""What strict clients refuse is found in a published calendar, and ours pass."""

from __future__ import annotations

import pytest

from planner.upkeep.calendar_form import MOST_EVENTS, events_and_faults
from tests.support.cli import CALENDAR

GOOD = CALENDAR.encode()
EVENT = GOOD[GOOD.index(b"BEGIN:VEVENT") : GOOD.index(b"BEGIN:VEVENT", 60 + len("BEGIN:VEVENT"))]


def test_a_sound_calendar_has_no_fault():
    assert events_and_faults(GOOD) == (2, ())


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "form_unreadable"),
        (b"<html></html>", "form_unreadable"),
        (GOOD[: len(GOOD) // 2], "form_unreadable"),
        (GOOD.removesuffix(b"\r\n"), "form_cut"),
        (b"\xef\xbb\xbf" + GOOD, "form_cut"),
        (GOOD.replace(b"\r\n", b"\n"), "form_cut"),
        (GOOD.replace(b"SUMMARY:", b"SUMMARY:" + b"x" * 80, 1), "form_lines"),
        (GOOD.replace(b"UID:speech", b"UID:storage"), "form_twice"),
        (GOOD.replace(b"UID:speech\r\n", b""), "form_incomplete"),
        (GOOD.replace(b"DTSTART;TZID=Asia/Shanghai:20261124T193000\r\n", b""), "form_incomplete"),
        (GOOD.replace(b"DTSTART;TZID=Asia/Shanghai:20261124T", b"DTSTART:20261124T"), "form_floating"),
        (GOOD.replace(b"DTEND;TZID=Asia/Shanghai:20261124T213000", b"DTEND;TZID=Asia/Shanghai:20261124T193000"),
         "form_ends_before"),
        (GOOD.replace(b"END:VCALENDAR", EVENT * (MOST_EVENTS + 1) + b"END:VCALENDAR"), "form_large"),
    ],
)  # fmt: skip
def test_each_fault_is_named(content, fault):
    assert fault in events_and_faults(content)[1]


def test_ends_of_whole_days_are_the_next_day():
    day = GOOD.replace(b"DTSTART;TZID=Asia/Shanghai:20261124T193000", b"DTSTART;VALUE=DATE:20261124").replace(
        b"DTEND;TZID=Asia/Shanghai:20261124T213000", b"DTEND;VALUE=DATE:20261125"
    )
    assert events_and_faults(day) == (2, ())
    assert events_and_faults(day.replace(b"20261125", b"20261124"))[1] == ("form_ends_before",)
