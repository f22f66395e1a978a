"""h-event and hCalendar: nested roots, the value-class pattern, ends that give only a clock."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from planner.i18n.reasons import translate
from spiders.items import Context, Document, Reading
from spiders.readers import dispatch

NOW = datetime.fromisoformat("2026-11-20T20:00:00+08:00")


def read(html: str) -> Reading:
    context = Context(
        source="m", now=NOW, timezone="Asia/Shanghai", window_start=NOW, window_end=NOW + timedelta(days=60)
    )
    return dispatch.read(
        Document(body=f"<html><body>{html}</body></html>".encode(), url="https://m.example.org/"), context
    )


NAME, START = '<b class="p-name">Kite Day</b>', '<time class="dt-start" datetime="2026-11-28T10:00+08:00">Sat</time>'
H_EVENTS = {
    "plain": f'<div class="h-event">{NAME}{START}</div>',
    "inside a feed": f'<div class="h-feed"><h1 class="p-name">Days</h1><div class="h-event">{NAME}{START}</div></div>',
    "nested card": '<div class="h-event"><div class="p-location h-card"><b class="p-name">Meadow</b></div>'
    f"{NAME}{START}</div>",
    "link name": f'<div class="h-event"><a class="u-url p-name" href="/k">Kite Day</a>{START}</div>',
    "value class": (
        f'<div class="h-event">{NAME}<p class="dt-start"><span class="value">2026-11-28</span> <span class="value">'
        f"10:00</span></p></div>"
    ),
    "value title": (
        f'<div class="h-event">{NAME}<p class="dt-start"><span class="value-title" title="2026-11-28T10:00"></span>'
        f"Sat</p></div>"
    ),
    "afternoon clock": (
        f'<div class="h-event">{NAME}<p class="dt-start"><i class="value">2026-11-28</i><i class="value">'
        f"10:00am</i></p></div>"
    ),
    "data element": f'<div class="h-event">{NAME}<data class="dt-start" value="2026-11-28 10:00">Sat</data></div>',
    "words": f'<div class="h-event">{NAME}<span class="dt-start">November 28, 2026, 10:00</span></div>',
    "article with content": (
        f'<article class="h-event"><h2 class="p-name">Kite Day</h2>{START}<div class="e-content"><p>Bring '
        f"string</p></div></article>"
    ),
}


@pytest.mark.parametrize("name", H_EVENTS)
def test_h_event(name: str) -> None:
    reading = read(H_EVENTS[name])
    assert reading.reader == "h-event"
    assert [(event.title, event.start) for event in reading.events] == [
        ("Kite Day", datetime.fromisoformat("2026-11-28T10:00:00+08:00"))
    ]


def test_h_event_fields() -> None:
    event = read(
        f'<div class="h-event">{NAME}{START}<time class="dt-end" datetime="12:30">half past twelve</time><a '
        f'class="u-url" href="/k">k</a>'
        '<div class="p-location h-card"><b class="p-name">Meadow</b> <i class="p-street-address">3 Hill Rd</i> '
        '<i class="p-locality">Brook</i>'
        '<data class="p-latitude" value="31.1"></data><data class="p-longitude" value="121.2"></data></div>'
        '<p class="e-content">Bring string</p><span class="p-category">outdoors</span></div>'
    ).events[0]
    assert event.end == datetime.fromisoformat("2026-11-28T12:30:00+08:00")
    assert event.place is not None
    assert (event.place.name, event.place.address, event.place.city, event.place.latitude) == (
        "Meadow",
        "3 Hill Rd, Brook",
        "Brook",
        31.1,
    )
    assert (event.url, event.description, event.categories) == (
        "https://m.example.org/k",
        "Bring string",
        ("outdoors",),
    )


def test_hcalendar() -> None:
    event = read(
        '<div class="vevent"><span class="summary">Kite Day</span> (cancelled) <abbr class="dtstart" '
        'title="20261128T100000">Sat</abbr>'
        '<abbr class="dtend" title="20261128T120000">noon</abbr><div class="location vcard"><span class="fn '
        'org">Meadow</span></div>'
        '<span class="status">CANCELLED</span></div>'
    ).events[0]
    assert (event.title, event.status) == ("Kite Day", "cancelled")
    assert event.place is not None
    assert event.place.name == "Meadow"
    assert event.end == datetime.fromisoformat("2026-11-28T12:00:00+08:00")


def test_the_same_name_in_two_places_is_two_events() -> None:
    one = (
        '<div class="vevent"><span class="summary">Open Day</span><abbr class="dtstart" title="20261128"></abbr>'
        '<span class="location">{}</span></div>'
    )
    assert len(read(one.format("North barn") + one.format("South barn")).events) == 2
    assert len(read(one.format("North barn") * 2).events) == 1


def test_without_a_start_the_event_is_counted() -> None:
    reading = read(f'<div class="h-event">{NAME}</div><div class="h-event">{NAME}{START}</div>')
    assert len(reading.events) == 1
    assert any("skipped" in translate(note, "en") for note in reading.notes)
