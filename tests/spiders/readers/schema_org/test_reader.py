"""What markup of schema.org tells of an event, and what it may not do."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.i18n.reasons import translate
from spiders.readers.markup import lenient_json
from spiders.reasons import Code
from tests.support.schema_org import EVENT, GOOD, MICRODATA, one, page, read, script, told
from tests.support.timing import spent, takes_less


def test_fields() -> None:
    event = one(
        endDate="2026-11-28T21:30:00+08:00",
        location={
            "@type": "Place",
            "name": "Old Mill",
            "address": {"@type": "PostalAddress", "streetAddress": "9 Weir Lane", "addressLocality": "Brookfield"},
            "geo": {"latitude": "31.2", "longitude": 121.4},
        },
        offers=[{"@type": "Offer", "price": "30", "priceCurrency": "cny"}, {"@type": "Offer", "price": 50}],
        organizer={"@type": "Organization", "name": "Walking Guild"},
        eventStatus="https://schema.org/EventPostponed",
        description="<p>Bring a <b>lantern</b></p>",
        url="/e/1",
    )
    assert event.end == datetime.fromisoformat("2026-11-28T21:30:00+08:00")
    assert event.place is not None
    assert (event.place.name, event.place.address, event.place.city) == (
        "Old Mill",
        "9 Weir Lane, Brookfield",
        "Brookfield",
    )
    assert event.price is not None
    assert (event.price.min, event.price.max, event.price.currency) == (30, 50, "CNY")
    assert (event.organizer, event.status, event.url) == ("Walking Guild", "postponed", "https://w.example.org/e/1")
    assert event.description == "Bring a lantern"
    assert event.uid == "https://w.example.org/e/1"


@pytest.mark.parametrize(
    ("written", "wall"),
    [
        ("2026-11-28T19:00:00:00+08:00", "19:00"),
        ("2026-11-28 19:00", "19:00"),
        ("2026-11-28T19:00+0800", "19:00"),
        ("2026-11-28T19:00:00.000+08", "19:00"),
        ("2026/11/28 7:00 PM", "19:00"),
        ("20261128T190000", "19:00"),
        ("2026-11-28T11:00Z", "19:00"),
        ("Sat, 28 Nov 2026 19:00:00 +0800", "19:00"),
        ("2026-11-28T19:00[Asia/Shanghai]", "19:00"),
        ("1795863600", "19:00"),
        (["", "2026-11-28T19:00"], "19:00"),
        ({"@type": "DateTime", "@value": "2026-11-28T19:00"}, "19:00"),
    ],
)
def test_moments_with_their_usual_faults(written: Any, wall: str) -> None:
    start = one(startDate=written).start
    assert start is not None
    assert start.strftime("%Y-%m-%d %H:%M") == f"2026-11-28 {wall}"


@pytest.mark.parametrize(
    "written", ["2026-9-18T10-10-00-00", "soon", "2026-13-01", "", None, True, "28.11.", "99999999999999"]
)
def test_what_is_no_moment_costs_the_event_and_is_counted(written: Any) -> None:
    reading = read(page(script(json.dumps({**EVENT, "startDate": written})), script(GOOD.replace("Lantern", "Other"))))
    assert [event.title for event in reading.events] == ["Other Walk"]
    assert any("no start" in translate(note, "en") for note in reading.notes)


def test_days_and_false_ends() -> None:
    day = one(startDate="2026-11-28", endDate="2026-11-29")
    assert day.all_day
    assert (day.start, day.end) == (
        datetime.fromisoformat("2026-11-28T00:00:00+08:00"),
        datetime.fromisoformat("2026-11-30T00:00:00+08:00"),
    )
    assert one(startDate="2026-11-28T00:00:00+08:00", endDate="2026-11-28T23:59:59+08:00").all_day
    assert one(endDate="2026-11-28T18:00:00+08:00").end is None
    assert one(endDate="2026-11-28T23:59:00+08:00").end is None
    series = one(startDate="2024-10-01T19:00:00+08:00", endDate="2027-01-01T21:00:00+08:00")
    assert series.end is None
    assert series.evidence.doubts[0].code is Code.SPANS_DAYS


def test_online_and_mixed() -> None:
    online = one(location={"@type": "VirtualLocation", "url": "https://zoom.example/1"})
    assert (online.mode, online.place) == ("online", None)
    both = one(
        location=[{"@type": "VirtualLocation", "url": "https://z.example"}, {"@type": "Place", "name": "Old Mill"}]
    )
    assert both.mode == "hybrid"
    assert one(eventAttendanceMode="https://schema.org/OnlineEventAttendanceMode").mode == "online"


@pytest.mark.parametrize(
    "kind", ["EventSeries", "DeliveryEvent", "PublicationEvent", "BroadcastEvent", "OnDemandEvent", "UserComments"]
)
def test_types_that_are_no_occurrences(kind: str) -> None:
    assert read(page(script(json.dumps({**EVENT, "@type": kind})))).events == ()


def test_default_map_points_are_dropped() -> None:
    for latitude, longitude in ((40.7207559, -74.0007613), (0, 0), (123, 4), ("x", "y")):
        place = one(
            location={"@type": "Place", "name": "Hall", "geo": {"latitude": latitude, "longitude": longitude}}
        ).place
        assert place is not None
        assert place.latitude is None


def test_a_zone_the_page_contradicts_is_not_believed() -> None:
    markup = script(GOOD.replace("+08:00", "+00:00"))
    assert told(read(page(markup, body="<p>Saturday 7:00 pm at the mill</p>"))) == [("Lantern Walk", "11-28 19:00")]
    assert told(read(page(markup, body="<p>Sunday 3:00 am, bring coffee</p>"))) == [("Lantern Walk", "11-29 03:00")]
    assert told(read(page(markup, body="<p>at 19:00 UTC</p>"))) == [("Lantern Walk", "11-29 03:00")]
    winter = script(GOOD.replace("2026-11-28T19:00:00+08:00", "2026-09-12T19:00:00-06:00"))
    reading = read(page(winter, body="<p>September 12, 7:00 pm</p>"), zone="America/Chicago")
    assert reading.events[0].start == datetime.fromisoformat("2026-09-12T19:00:00-05:00")
    assert reading.events[0].evidence.sure == "inferred"


def test_schedules_are_unrolled_in_the_window() -> None:
    schedule = {
        "@type": "Schedule", "startDate": "2026-11-01", "endDate": "2026-12-20", "startTime": "19:00",
        "endTime": "20:30",
        "repeatFrequency": "P1W", "byDay": "https://schema.org/Wednesday", "exceptDate": ["2026-12-02"],
        "scheduleTimezone": "Asia/Shanghai",
    }  # fmt: skip
    node = {"@type": "Event", "name": "Choir", "eventSchedule": schedule}
    reading = read(page(script(json.dumps(node))))
    assert told(reading) == [("Choir", f"{day} 19:00") for day in ("11-25", "12-09", "12-16")]
    assert len({event.uid for event in reading.events}) == 3


def test_references_and_inheritance() -> None:
    graph = {
        "@graph": [
            {"@id": "#hall", "@type": "Place", "name": "Old Mill"},
            {"@type": "Event", "name": "Fair", "startDate": "2026-11-28T10:00", "location": {"@id": "#hall"},
             "subEvent": [{"@type": "Event", "name": "Fair talk", "startDate": "2026-11-28T11:00"}]},
        ]
    }  # fmt: skip
    reading = read(page(script(json.dumps(graph))))
    assert told(reading) == [("Fair", "11-28 10:00"), ("Fair talk", "11-28 11:00")]
    assert [event.place.name for event in reading.events if event.place] == ["Old Mill", "Old Mill"]


def test_two_markups_of_one_event_are_told_once_with_what_both_know() -> None:
    reading = read(page(script(GOOD), body=MICRODATA))
    assert reading.reader == "json-ld"
    assert len(reading.events) == 1
    assert reading.events[0].organizer == "Guild"


def test_two_markups_that_contradict_each_other_are_decided_by_the_page() -> None:
    late = MICRODATA.replace("19:00", "20:00")
    decided = read(page(script(GOOD), body=late + "<p>Saturday 8:00 pm</p>")).events
    assert [event.start and event.start.hour for event in decided] == [20]
    assert decided[0].evidence.sure == "inferred"
    undecided = read(page(script(GOOD), body=late)).events
    assert [(event.start and event.start.hour, event.evidence.sure) for event in undecided] == [(19, "doubtful")]


HOSTILE = [
    "[" * 100_000, '{"a":' * 100_000, '{"@type":"Event","name":"x","startDate":' + "9" * 5000 + "}",
    '{"n": NaN, "m": 1e999, "k": -Infinity}',
    '{"@type":"Event","name":"\\ud800","startDate":"2026-11-28"}', '"' * 50_000, "/*" * 50_000, "&quot;" * 20_000,
    "," * 100_000,
    '{"@type":"Event","name":{"name":{"name":{}}},"startDate":[[[]]]}',
    '{"@type":["Event"],"name":["a"],"location":[[]],"offers":[[1]],"startDate":"2026-11-28"}',
    '{"@id":"#a","location":{"@id":"#a"},"@type":"Event","name":"loop","startDate":"2026-11-28"}', "\\" * 100_000,
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_blocks_are_bounded(number: int) -> None:
    reading = read(page(script(HOSTILE[number]), script(GOOD)))
    assert takes_less(4, lambda: read(page(script(HOSTILE[number]), script(GOOD))))
    assert ("Lantern Walk", "11-28 19:00") in told(reading)
    for event in reading.events:
        event.title.encode("utf-8")


@given(st.text(alphabet='{}[]",:/*<!->\\ \n\tabn0e', max_size=200))
def test_no_text_raises(text: str) -> None:
    for value in lenient_json.load(text):
        json.dumps(value, allow_nan=False)


def test_cost_grows_with_the_page_not_faster() -> None:
    def cost(count: int) -> float:
        html = page(
            body=MICRODATA.replace("Lantern", "{}") * 1
            + "".join(MICRODATA.replace("Lantern", f"W{n}") for n in range(count))
        )
        return spent(lambda: read(html), tries=2)

    assert cost(400) < 8 * cost(100) + 0.05
