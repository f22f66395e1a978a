"""Hours that the text contradicts: UTC written as local time, a foreign zone; and what merely sounds like it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from spiders.items import Event
from spiders.readers.prose.doubt import doubted
from spiders.reasons import Code

NEW_YORK, LOS_ANGELES = ZoneInfo("America/New_York"), ZoneInfo("America/Los_Angeles")


def event(text: str | None, start: str, hours: float | None = 1, zone: ZoneInfo = NEW_YORK, **known) -> Event:
    at = datetime.fromisoformat(start).replace(tzinfo=zone)
    end = at + timedelta(hours=hours) if hours else None
    return Event(
        source="s", uid=start, title="t", start=at, end=end, timezone=zone.key, description=text, **known
    )  # fmt: skip


def codes(*events: Event) -> list[Code | None]:
    found = []
    for each in doubted(events, NEW_YORK):
        assert (each.evidence.sure == "doubtful") == bool(each.evidence.doubts)
        found.append(each.evidence.doubts[0].code if each.evidence.doubts else None)
    return found


@pytest.mark.parametrize(
    ("text", "start", "hours"),
    [
        ("Sundays 2-3 pm in the hall.", "2026-11-29T19:00", 1),
        ("The workshop runs 2:00 PM – 3:00 PM.", "2026-11-24T19:00", 1),
        ("5:30pm - 8:30pm", "2026-11-24T12:30", 3),
        ("10 am to noon", "2026-11-24T15:00", None),
        ("Music 6 pm - 8:30 pm. We are open daily 12 pm - 9 pm.", "2026-11-24T13:00", 2.5),
        ("5:30 - 7:30 PM ET", "2026-11-24T22:30", None),
        ("晚上7点到9点在小礼堂。", "2026-11-24T14:00", 2),
    ],
)
def test_a_text_that_tells_other_hours_is_believed_against_the_field(text, start, hours):
    assert codes(event(text, start, hours)) == [Code.HOURS_CONTRADICT_TEXT]


@pytest.mark.parametrize(
    ("text", "start", "hours"),
    [
        ("2-3 pm", "2026-11-24T14:00", 1),
        ("Doors 6 pm, show 7 pm - 9 pm", "2026-11-24T18:00", 3),
        ("7 pm - 9 pm", "2026-11-24T18:00", 3),  # an hour before for dinner: neither the length nor the zone fits
        ("2:15 pm - 3:15 pm", "2026-11-24T19:00", 1),
        ("2-3 pm for children, 4-5 pm for adults", "2026-11-24T19:00", 1),
        ("Mondays 2-3 pm", "2026-11-26T19:00", 1),
        ("2-3 pm GMT", "2026-11-24T09:00", 1),
        ("Office hours: 2-3", "2026-11-24T19:00", 1),
        ("Registration from 2 pm - 3 pm. Begins at 7 pm.", "2026-11-24T19:00", 1),
        ("No hour at all.", "2026-11-24T19:00", 1),
        (None, "2026-11-24T19:00", 1),
    ],
)
def test_what_speaks_of_something_else_doubts_nothing(text, start, hours):
    assert codes(event(text, start, hours)) == [None]


def test_whole_days_and_web_rooms_are_left_alone():
    text = "2-3 pm"
    assert codes(event(text, "2026-11-24T00:00", 24, all_day=True), event(text, "2026-11-24T19:00", mode="online")) == [
        None,
        None,
    ]


def test_a_foreign_zone_speaks_against_the_whole_calendar():
    one = event("Open hall 5:30pm - 7:30pm", "2026-11-24T17:30", 2, LOS_ANGELES)
    silent = event("Networking again", "2026-11-25T17:30", 2, LOS_ANGELES)
    other = event("Networking here", "2026-11-25T17:30", 2)
    assert codes(one, silent, other) == [Code.HOURS_CONTRADICT_TEXT, Code.HOURS_OF_CALENDAR_WRONG, None]


def test_two_texts_speak_against_the_calendar_unless_one_agrees():
    one, two = event("2-3 pm", "2026-11-24T19:00"), event("Talk, 4-5 pm", "2026-11-25T21:00")
    silent, agreeing = event("Talk", "2026-11-26T21:00"), event("Talk, 6-7 pm", "2026-11-27T18:00")
    wrong = Code.HOURS_CONTRADICT_TEXT
    assert codes(one, silent) == [wrong, None]
    assert codes(one, replace(one, uid="again"), silent) == [wrong, wrong, None], "one text that repeats is one"
    assert codes(one, two, silent) == [wrong, wrong, Code.HOURS_OF_CALENDAR_WRONG]
    assert codes(one, two, silent, agreeing) == [wrong, wrong, None, None]
