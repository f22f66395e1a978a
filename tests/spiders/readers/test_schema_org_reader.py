"""schema.org: JSON-LD with every fault pages have, microdata and RDFa with nested scopes, false zones and ends."""

from __future__ import annotations

import json
import time
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.i18n.reasons import translate
from spiders.items import Context, Document, Event, Reading
from spiders.readers import dispatch, schema_org
from spiders.readers.markup import lenient_json
from spiders.reasons import Code

NOW = datetime.fromisoformat("2026-11-20T20:00:00+08:00")
EVENT = {
    "@context": "https://schema.org",
    "@type": "Event",
    "name": "Lantern Walk",
    "startDate": "2026-11-28T19:00:00+08:00",
}


def context(zone: str = "Asia/Shanghai") -> Context:
    return Context(source="s", now=NOW, timezone=zone, window_start=NOW, window_end=NOW + timedelta(days=60))


def read(html: str, zone: str = "Asia/Shanghai") -> Reading:
    return dispatch.read(Document(body=html.encode(), url="https://w.example.org/events"), context(zone), kind="html")


def script(text: str, kind: str = "application/ld+json") -> str:
    return f'<script type="{kind}">{text}</script>'


def page(*blocks: str, body: str = "") -> str:
    return f"<html><head><title>Walks</title>{''.join(blocks)}</head><body><h1>Walks</h1>{body}</body></html>"


def told(reading: Reading) -> list[tuple[str, str]]:
    return [(e.title, e.start.strftime("%m-%d %H:%M")) for e in reading.events if e.start]


def one(**more: Any) -> Event:
    reading = read(page(script(json.dumps({**EVENT, **more}, ensure_ascii=False))))
    assert len(reading.events) == 1, reading
    return reading.events[0]


GOOD = json.dumps(EVENT)
WRAPPED = {
    "plain": GOOD,
    "html comment": f"<!--\n{GOOD}\n-->",
    "bare cdata": f"<![CDATA[{GOOD}]]>",
    "slashed cdata": f"//<![CDATA[\n{GOOD}\n//]]>",
    "starred cdata": f"/*<![CDATA[*/{GOOD}/*]]>*/",
    "trailing semicolon": GOOD + ";",
    "byte order mark": "\ufeff" + GOOD,
    "entities": GOOD.replace('"', "&quot;"),
    "trailing comma": GOOD[:-1] + ",}",
    "line comment": GOOD[:-1] + ', // the place is open\n"url": "https://w.example.org/1"}',
    "block comment": "/* made by hand */" + GOOD,
    "control characters": GOOD.replace("Lantern Walk", "Lantern\tWalk"),
    "raw newline": GOOD[:-1] + ', "description": "one\ntwo"}',
    "single quotes": GOOD.replace('"', "'"),
    "two objects": '{"@type":"Organization","name":"Guild"}\n' + GOOD,
    "two with a comma": GOOD + "," + '{"@type":"Organization","name":"Guild"}',
    "array": f"[{GOOD}]",
    "graph": f'{{"@context":"https://schema.org","@graph":[{{"@type":"WebPage"}},{GOOD}]}}',
    "item list": f'{{"@type":"ItemList","itemListElement":[{{"@type":"ListItem","item":{GOOD}}}]}}',
    "prefixed type": GOOD.replace('"Event"', '"http://schema.org/MusicEvent"'),
    "type list": GOOD.replace('"Event"', '["Event","Thing"]'),
    "place with events": f'{{"@type":"Place","name":"Old Mill","event":[{GOOD}]}}',
    "organisation with events": f'{{"@type":"Organization","name":"Guild","event":{GOOD}}}',
    "sub event": f'{{"@type":"EventSeries","name":"Walks","subEvent":[{GOOD}]}}',
    "empty start behind": GOOD[:-1] + ',"startDate":""}',
}


@pytest.mark.parametrize("name", WRAPPED)
def test_json_ld_however_it_is_wrapped(name: str) -> None:
    assert told(read(page(script(WRAPPED[name])))) == [("Lantern Walk", "11-28 19:00")]


@pytest.mark.parametrize("kind", ["application/ld+json", "application/ld+json; charset=utf-8", "APPLICATION/LD+JSON"])
def test_json_ld_types(kind: str) -> None:
    assert told(read(page(script(GOOD, kind)))) == [("Lantern Walk", "11-28 19:00")]


BROKEN = ["{", '{"@type":"Event",', "not json", "[[[[", '{"a":"b" "c"}', "{'", "<!--", "\\u0000{]"]


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_block_hides_no_other(text: str) -> None:
    for blocks in ((script(text), script(GOOD)), (script(GOOD), script(text))):
        assert told(read(page(*blocks))) == [("Lantern Walk", "11-28 19:00")]


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


MICRODATA = """<div itemscope itemtype="http://schema.org/Event"><h2 itemprop="name">Lantern Walk</h2>
<div itemprop="location" itemscope itemtype="https://schema.org/Place"><span itemprop="name">Old Mill</span></div>
<time itemprop="startDate" datetime="2026-11-28T19:00+08:00">Saturday</time><a itemprop="url" href="/e/1">more</a>
<div itemprop="organizer" itemscope itemtype="https://schema.org/Organization"><b itemprop="name">Guild</b></div>
</div>"""


def test_microdata_scopes_keep_their_own_names() -> None:
    event = read(page(body=MICRODATA)).events[0]
    assert (event.title, event.place and event.place.name, event.organizer) == ("Lantern Walk", "Old Mill", "Guild")
    assert event.url == "https://w.example.org/e/1"


def test_microdata_itemref_and_meta() -> None:
    html = """<div itemscope itemtype="https://schema.org/Event" itemref="when">
<span itemprop="name">Lantern Walk</span></div>
    <p id="when"><meta itemprop="startDate" content="2026-11-28T19:00+08:00">Saturday night</p>"""
    assert told(read(page(body=html))) == [("Lantern Walk", "11-28 19:00")]


def rdfa(inner: str, attributes: str = 'vocab="https://schema.org/" typeof="Event"') -> str:
    return f"<div {attributes}>{inner}</div>"


NAME, START = '<b property="name">Lantern Walk</b>', '<meta property="startDate" content="2026-11-28T19:00+08:00">'
RDFA = [
    rdfa(NAME + START),
    rdfa(NAME + '<time property="startDate" datetime="2026-11-28T19:00+08:00">Sat</time>'),
    rdfa(NAME + '<span property="startDate">2026-11-28T19:00+08:00</span>'),
    rdfa(
        NAME.replace('"name"', '"schema:name"') + START.replace('"start', '"schema:start'),
        'prefix="schema: http://schema.org/" typeof="schema:Event"',
    ),
    rdfa(NAME + START, 'vocab="http://schema.org/" typeof="MusicEvent"'),
    rdfa(NAME + START, 'vocab="http://schema.org/" typeof="Event Thing"'),
    rdfa(
        f'<div property="mainEntity" typeof="Event">{NAME}{START}</div>', 'vocab="https://schema.org/" typeof="WebPage"'
    ),
    rdfa(f'<a property="url name" href="/e/1">Lantern Walk</a>{START}'),
    rdfa(NAME + START + '<div property="location" typeof="Place"><i property="name">Old Mill</i></div>'),
    f'<body vocab="https://schema.org/"><section typeof="Event">{NAME}{START}</section></body>',
]


@pytest.mark.parametrize("number", range(len(RDFA)))
def test_rdfa(number: int) -> None:
    reading = read(page(body=RDFA[number]))
    assert reading.reader == "rdfa"
    assert told(reading) == [("Lantern Walk", "11-28 19:00")]


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
    began = time.process_time()
    reading = read(page(script(HOSTILE[number]), script(GOOD)))
    assert time.process_time() - began < 2
    assert ("Lantern Walk", "11-28 19:00") in told(reading)
    for event in reading.events:
        event.title.encode("utf-8")


@given(st.text(alphabet='{}[]",:/*<!->\\ \n\tabn0e', max_size=200))
def test_no_text_raises(text: str) -> None:
    for value in lenient_json.load(text):
        json.dumps(value, allow_nan=False)


def test_json_test_suite() -> None:
    import os
    from pathlib import Path

    folder = os.environ.get("QUANZI_CASES")
    if not folder:
        pytest.skip("QUANZI_CASES: not set")
    files = sorted(Path(folder, "corpus/hostile/jsontestsuite").rglob("*.json"))
    assert len(files) > 300
    for file in files:
        body = b'<html><script type="application/ld+json">' + file.read_bytes() + b"</script></html>"
        reading = schema_org.read(Document(body=body), context())
        assert reading.events == ()
        schema_org.read(Document(body=file.read_bytes()), context())


def test_cost_grows_with_the_page_not_faster() -> None:
    def cost(count: int) -> float:
        html = page(
            body=MICRODATA.replace("Lantern", "{}") * 1
            + "".join(MICRODATA.replace("Lantern", f"W{n}") for n in range(count))
        )
        best = 9.0
        for _ in range(3):
            began = time.process_time()
            read(html)
            best = min(best, time.process_time() - began)
        return best

    assert cost(400) < 3 * cost(200) + 0.02
