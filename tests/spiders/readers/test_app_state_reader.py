"""Events in a program's own state: where they hide, what their keys are called, and what is no event."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from spiders.items import Context, Document, Reading
from spiders.readers import dispatch
from tests.support.timing import takes_less

NOW = datetime.fromisoformat("2026-11-20T20:00:00+08:00")
EVENT: dict[str, Any] = {
    "title": "Night Market",
    "startDate": "2026-11-28T18:00:00+08:00",
    "endDate": "2026-11-28T22:00:00+08:00",
}


def read(body: str) -> Reading:
    context = Context(
        source="a", now=NOW, timezone="Asia/Shanghai", window_start=NOW, window_end=NOW + timedelta(days=60)
    )
    return dispatch.read(Document(body=body.encode(), url="https://a.example.org/list"), context)


def told(reading: Reading) -> list[tuple[str, str]]:
    return [(event.title, event.start.strftime("%m-%d %H:%M")) for event in reading.events if event.start]


def inline(text: str, attributes: str = "") -> str:
    return f"<html><body><div id=root></div><script {attributes}>{text}</script></body></html>"


GOOD = json.dumps({"page": {"list": [EVENT]}})
FLIGHT = json.dumps([1, '5:["$","div",null,' + GOOD + "]\n"])
PLACES = {
    "next data": inline(GOOD, 'id="__NEXT_DATA__" type="application/json"'),
    "wix": inline(GOOD, 'id="wix-warmup-data" type="application/json"'),
    "apollo": inline(f"window.__APOLLO_STATE__ = {GOOD};"),
    "server data": inline(f"window.__SERVER_DATA__ = {GOOD};\nconsole.log(1);"),
    "initial state": inline(f"window['__INITIAL_STATE__']={GOOD}"),
    "var": inline(f"var ativityJson = {json.dumps(EVENT)}; var other = 3;"),
    "parsed string": inline(f"window.S = JSON.parse({json.dumps(GOOD)});"),
    "flight": inline(f"self.__next_f.push({FLIGHT})"),
    "bare json": GOOD,
    "bare list": json.dumps([EVENT]),
}


@pytest.mark.parametrize("name", PLACES)
def test_where_state_hides(name: str) -> None:
    reading = read(PLACES[name])
    assert reading.reader == "app-state"
    assert told(reading) == [("Night Market", "11-28 18:00")]


@pytest.mark.parametrize(
    "node",
    [
        {"name": "Night Market", "start": "2026-11-28T18:00", "venue": "Pier 9"},
        {"event_name": "Night Market", "start_time": "2026-11-28 18:00", "address": "Pier 9"},
        {"Title": "Night Market", "Start": "/Date(1795860000000)/", "City": "Brook"},
        {"title": "Night Market", "start_at": 1795860000, "location": {"name": "Pier 9"}},
        {"title": "Night Market", "startTime": 1795860000000, "venue": {"name": "Pier 9"}},
        {
            "name": {"text": "Night Market"},
            "start": {"utc": "2026-11-28T10:00:00Z", "timezone": "Asia/Shanghai"},
            "venue": None,
            "capacity": 9,
        },
        {"title": "Night Market", "start_date": "2026-11-28", "start_time": "18:00", "venue_id": 4},
        {
            "title": "Night Market",
            "scheduling": {"config": {"startDate": "2026-11-28T10:00:00.000Z", "timeZoneId": "Asia/Shanghai"}},
        },
        {"title": "Night Market", "dateTime": "2026-11-28T18:00+08:00", "eventUrl": "https://a.example.org/e/1"},
        {"title": "Night Market", "start": "2026-11-28T05:00", "timezone": "America/New_York"},
    ],
)
def test_what_keys_are_called(node: dict[str, Any]) -> None:
    assert told(read(json.dumps({"items": [node]}))) == [("Night Market", "11-28 18:00")]


@pytest.mark.parametrize(
    "node",
    [
        {"title": "A post", "date": "2026-11-28T18:00", "author": "x"},
        {"name": "Early bird", "startDate": "2026-11-28T18:00", "type": "ticket", "cost": 3},
        {"name": "Sale", "start": "2026-11-28T18:00", "type": "campaign", "end": "2026-12-01"},
        {"title": "", "startDate": "2026-11-28T18:00", "venue": "x"},
        {"title": "Night Market", "startDate": "soon", "venue": "x"},
    ],
)
def test_what_is_no_event(node: dict[str, Any]) -> None:
    assert read(json.dumps([node])).events == ()


def test_fields_and_references() -> None:
    state = {
        "Event:1": {"__typename": "Event", "title": "Night Market", "dateTime": "2026-11-28T18:00+08:00",
        "eventUrl": "/e/1",
                    "status": "CANCELLED", "venue": {"__ref": "Venue:7"}, "isFree": True, "tags": ["food", "music"]},
        "Venue:7": {"__typename": "Venue", "name": "Pier 9", "address": "9 Harbour Rd", "city": "Brook", "lat": 31.1,
        "lng": 121.2},
    }  # fmt: skip
    event = read(inline(f"window.__APOLLO_STATE__={json.dumps(state)}")).events[0]
    assert event.place is not None
    assert (event.place.name, event.place.address, event.place.city, event.place.latitude) == (
        "Pier 9",
        "9 Harbour Rd",
        "Brook",
        31.1,
    )
    assert (event.url, event.status, event.categories) == ("https://a.example.org/e/1", "cancelled", ("food", "music"))
    assert event.price is not None
    assert event.price.max == 0


def test_markup_comes_before_state() -> None:
    markup = '<script type="application/ld+json">{"@type":"Event","name":"Day Fair","startDate":"2026-11-29"}</script>'
    reading = read(inline(GOOD, 'type="application/json"').replace("<div", markup + "<div"))
    assert [event.title for event in reading.events] == ["Day Fair"]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"start":' * 50_000,
        "var a = {" * 50_000,
        "start = [{" * 20_000,
        '{"start": 1' + "9" * 5000 + "}",
    ],
)
def test_hostile_state_is_bounded(text: str) -> None:
    assert read(inline(text)).events == ()
    assert read(text).events == ()
    assert takes_less(6, lambda: (read(inline(text)), read(text)))
