"""Calendars with exceptions, versions, lengths, days and methods as programs write them, and all that they say."""

from __future__ import annotations

import pytest

from tests.support.as_written import as_written
from tests.support.written import calendar, context, moment, only, read, span


@pytest.mark.parametrize("case", as_written("calendars"), ids=lambda case: case["name"])
def test_calendars(case) -> None:
    """``told``: the moment, the end on its clock, whether it is a day, the state and the title of each event."""
    events = read(case["calendar"], context(case["days"])).events
    told = [[moment(event), *span(event)[1:], event.status, event.title] for event in events]
    assert sorted(told, key=str) == case["told"]


@pytest.mark.parametrize("case", as_written("angle_brackets"), ids=lambda case: case["written"])
def test_angle_brackets_are_markup_or_stay(case) -> None:
    event = only(
        read(calendar(f"UID:b\nSUMMARY:{case['written']}\nDTSTART:20261128T110000Z\nDESCRIPTION:{case['written']}"))
    )
    assert event.title == case["title"]
