"""Empty fields filled from an event's own prose: what is told, what is left alone, and that nothing stated changes."""

from __future__ import annotations

import json
import time
from dataclasses import fields, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spiders.items import Context, Event, Evidence, Place, Price, Reading
from spiders.readers import prose
from spiders.readers.prose.complete import completed_event

CASES = [
    json.loads(line) for line in Path("tests/cases/readers/prose.jsonl").read_text("utf-8").splitlines() if line.strip()
]
NEW_YORK = ZoneInfo("America/New_York")
FIELDS = ("place", "end", "price", "organizer", "url", "mode")


def event(text: str, start: str = "2026-11-24T19:00", zone: str = "America/New_York", **known) -> Event:
    at = datetime.fromisoformat(start).replace(tzinfo=ZoneInfo(zone))
    return Event(source="s", uid="u", title="An evening", start=at, timezone=zone, description=text or None, **known)


def completed(*events: Event, name: str | None = None, zone: str = "America/New_York") -> tuple[Event, ...]:
    at = datetime(2026, 11, 1, tzinfo=ZoneInfo(zone))
    context = Context(source="s", now=at, timezone=zone, window_start=at, window_end=at + timedelta(days=60))
    return prose.completed(Reading(reader="ical", events=events, name=name), context).events


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_cases(case):
    zone = case.get("zone", "America/New_York")
    found = completed_event(event(case["text"], case["start"], zone), ZoneInfo(zone))
    place, price = found.place or Place(), found.price
    told = {
        "place": place.name,
        "address": place.address,
        "city": place.city,
        "end": found.end and found.end.strftime("%Y-%m-%dT%H:%M"),
        "price": price and [price.min, price.max, *([price.currency] if price.currency else [])],
        "organizer": found.organizer,
        "url": found.url,
        "mode": found.mode,
    }
    assert {name: value for name, value in told.items() if value is not None} == {
        name: value for name, value in case.items() if name not in {"id", "zone", "start", "text"}
    }
    assert set(found.evidence.inferred) == {name for name in FIELDS if getattr(found, name) is not None}
    assert found.evidence.sure == "stated", "an end in prose makes no start less sure"


def test_the_words_are_the_evidence():
    known = Evidence(when="20261124T173000")
    found = completed_event(
        event("Where: Alder Office\n5:30pm to 9:00pm", "2026-11-24T17:30", evidence=known), NEW_YORK
    )
    assert found.evidence.where == "Alder Office"
    assert found.evidence.when == "20261124T173000 … 5:30pm to 9:00pm"


ANY_TEXT = st.lists(st.sampled_from([case["text"] for case in CASES]) | st.text(max_size=80), max_size=3).map("\n".join)
START = datetime(2026, 11, 24, 17, 30, tzinfo=NEW_YORK)


@settings(max_examples=300, deadline=None)
@given(
    text=ANY_TEXT,
    known=st.fixed_dictionaries(
        {},
        optional={
            "end": st.just(START + timedelta(hours=1)),
            "place": st.just(Place(name="Stated Hall")),
            "price": st.just(Price(min=7, max=7, currency="EUR")),
            "organizer": st.just("Stated Club"),
            "url": st.just("https://stated.example/1"),
            "mode": st.sampled_from(["online", "in-person", "hybrid"]),
            "all_day": st.booleans(),
        },
    ),
    name=st.none() | st.text(max_size=30) | st.sampled_from(["Harbour Club Events", "a.b@mail.example"]),
)
def test_a_stated_field_is_never_changed(text, known, name):
    before = event(text, "2026-11-24T17:30", **known)
    (after,) = completed(before, name=name)
    for field in fields(Event):
        if getattr(before, field.name) is not None and field.name != "evidence":
            assert getattr(after, field.name) == getattr(before, field.name)
    assert not set(known) & set(after.evidence.inferred)
    assert "@" not in (after.organizer or "")
    assert completed(after, name=name)[0].evidence.inferred == after.evidence.inferred, "a second time changes nothing"


@pytest.mark.parametrize(
    "unit",
    ["Where: ", "A ", "12 Main ", "12 Main St ", "held at A B ", "7 pm - 9 pm ", "7-", "$5 per ", "Hosted by: ", "\n",
     "地点：", "主办：", "until 9 pm ", "[a", "location\n", "tickets are $", "9点至", "x\nA B\n12 "],
)  # fmt: skip
def test_hostile_texts_take_no_time(unit):
    began = time.process_time()
    completed(event((unit * (100_000 // len(unit) + 1))[:100_000]), name=unit * 1000)
    assert time.process_time() - began < 2


def test_notices_and_events_without_words_stay_as_they_are():
    off = replace(event("Where: Alder Office"), notice="off")
    assert completed(off, event("")) == (off, event(""))
    assert completed(off, name="Harbour Club") == (off,), "a notice may be about another's evening"
