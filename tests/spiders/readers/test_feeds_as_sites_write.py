"""Feeds of event software: dates in namespaces of its own, ends that are excluded, posting dates that are none."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from spiders.items import Document, Event
from spiders.readers import dispatch
from tests.support.as_written import as_written
from tests.support.feeds import NAMESPACES, OTHERS, only, read
from tests.support.written import context, span

HEAD = "<title>Tide games</title><link>https://tide.example/1</link><guid>tide-1</guid>"
TIMED = ("11-28 18:30", "11-28 22:00", False)


@pytest.mark.parametrize("case", as_written("feed_fields"), ids=lambda case: case["name"])
def test_dates_in_fields_of_the_software(case) -> None:
    for item in (HEAD + case["fields"], case["fields"] + HEAD):
        event = only(item, names=NAMESPACES | OTHERS)
        assert (event.title, list(span(event))) == ("Tide games", case["span"])


def test_a_namespace_is_known_by_its_address() -> None:
    names = {
        "m": NAMESPACES["mec"],
        "c": NAMESPACES["xCal"].upper().replace("URN:IETF:PARAMS:XML:NS:XCAL", "urn:ietf:params:xml:ns:xcal"),
    }
    item = HEAD + "<m:startDate>2026-11-28</m:startDate><m:startHour>6:30 pm</m:startHour>"
    assert span(only(item, names=names))[0] == "11-28 18:30"
    item = HEAD + "<c:dtstart>2026-11-28T10:30:00Z</c:dtstart>"
    assert span(only(item, names=names))[0] == "11-28 18:30"


@pytest.mark.parametrize(
    ("start", "end"),
    [("startDate", "endDate"), ("start", "end"), ("dtstart", "dtend"), ("starts_at", "ends_at"), ("begin", "end"),
     ("eventStart", "eventEnd"), ("localstart", "localend"), ("start_datetime", "end_datetime")],
)  # fmt: skip
def test_a_namespace_that_nobody_knows(start: str, end: str) -> None:
    item = HEAD + f"<o:{start}>2026-11-28T10:30:00Z</o:{start}><o:{end}>2026-11-28T14:00:00Z</o:{end}>"
    assert span(only(item, names={"o": "https://tide.example/ns"})) == TIMED


def test_starts_of_other_things_are_no_events() -> None:
    for name, value in (
        ("o:start", "soon"),
        ("media:start", "2026-11-28"),
        ("o:restart", "2026-11-28"),
        ("o:startup", "2026"),
    ):
        assert not read(
            HEAD + f"<{name}>{value}</{name}>", names={"o": "https://t.example/", "media": "https://m.example/"}
        ).events


def test_prefixes_that_nobody_declared_are_read_all_the_same() -> None:
    item = HEAD + "<mec:startDate>2026-11-28</mec:startDate><mec:startHour>6:30 pm</mec:startHour>"
    assert span(only(item, names={}))[0] == "11-28 18:30"


START = "<xCal:dtstart>2026-11-28T10:30:00Z</xCal:dtstart>"


@pytest.mark.parametrize(
    ("fields", "name", "address"),
    [
        ("<mec:location>Tide House, 5 Quay Street</mec:location>", "Tide House", "5 Quay Street"),
        (
            "<mec:location><mec:title>Tide House</mec:title><mec:address>5 Quay Street</mec:address></mec:location>",
            "Tide House",
            "5 Quay Street",
        ),
        ("<xCal:location>Tide House</xCal:location>", "Tide House", None),
        ("<georss:featurename>Tide House</georss:featurename>", "Tide House", None),
        ("<livewhale:location>Tide House</livewhale:location>", "Tide House", None),
        ("<ev:location>Tide House / Zoom</ev:location>", "Tide House", None),
    ],
)
def test_places(fields: str, name: str, address: str | None) -> None:
    place = only(HEAD + START + fields).place
    assert place is not None
    assert (place.name, place.address) == (name, address)


def test_points() -> None:
    for fields in ("<georss:point>31.19 121.43</georss:point>", "<geo:lat>31.19</geo:lat><geo:long>121.43</geo:long>"):
        place = only(HEAD + START + "<xCal:location>Tide House</xCal:location>" + fields).place
        assert place is not None
        assert (place.name, place.latitude, place.longitude) == ("Tide House", 31.19, 121.43)


def test_two_dates_of_one_item_that_share_everything_else() -> None:
    other = START.replace("1128", "1205").replace("11-28", "12-05")
    assert [span(event)[0] for event in read(HEAD + START, HEAD + other).events] == ["11-28 18:30", "12-05 18:30"]


PUB = "<pubDate>{}</pubDate>"
PROSE = "<description>Bring a board and a friend.</description>"


@pytest.mark.parametrize("case", as_written("feed_titles"), ids=lambda case: f"{case['title']} / {case['posted']}")
def test_a_day_in_the_title_and_a_posting_date_ahead_on_it_is_the_start(case) -> None:
    """An hour in the title is meant for people, and holds. A number is no day, and no date is a start by itself."""
    item = HEAD.replace("Tide games", case["title"].replace("&", "&amp;")) + PUB.format(case["posted"]) + PROSE
    if case["start"] is None:
        assert not read(item).events
        return
    event = only(item)
    assert span(event)[0] == case["start"]
    assert case["bare"] in (event.title, None)
    assert event.published is None
    assert event.evidence.sure != "doubtful"


def test_a_posting_date_behind_or_on_another_day_is_no_start() -> None:
    words = (
        HEAD.replace("Tide games", "Tide games, 28 November") + "<description>Bring a board and a friend.</description>"
    )
    behind = only(words + PUB.format("Mon, 16 Nov 2026 19:00:00 +0800"))
    assert span(behind)[0] == "11-28"
    assert behind.published == datetime.fromisoformat("2026-11-16T19:00:00+08:00")
    other = only(words + PUB.format("Mon, 30 Nov 2026 19:00:00 +0800"))
    assert span(other)[0] == "11-28"
    assert not read(
        HEAD + PUB.format("Sat, 28 Nov 2026 19:00:00 +0800") + "<description>Nothing else.</description>"
    ).events


def test_days_and_states_that_a_title_tells_besides() -> None:
    item = HEAD.replace("Tide games", "Tide camp, 28–30 November 2026") + PUB.format("Sat, 28 Nov 2026 00:00:00 +0800")
    assert span(only(item)) == ("11-28", "12-01", True)
    item = HEAD.replace("Tide games", "CANCELLED: Nov 28, 2026: Tide games")
    event = only(item + PUB.format("Sat, 28 Nov 2026 19:00:00 +0800"))
    assert (event.title, event.status, span(event)[0]) == ("Tide games", "cancelled", "11-28 19:00")


def test_hours_that_the_item_states_itself_hold() -> None:
    item = HEAD.replace("Tide games", "Nov 28, 2026: Tide games") + PUB.format("Sat, 28 Nov 2026 00:00:00 +0800")
    assert (
        span(only(item + "<description>Saturday, November 28, 7:30 pm to 9 pm at the pier.</description>"))[0]
        == "11-28 19:30"
    )


TITLES = ["<Dune> 读书会", "C++: vector<T> and <ranges>", "If a<b and b>c", "I <3 tides", "<Sapiens>"]


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("times", [1, 2])
def test_angle_brackets_stay_however_often_they_are_escaped(title: str, times: int) -> None:
    def escaped(text: str, n: int = times) -> str:
        for _ in range(n):
            text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return text

    head = HEAD.replace("Tide games", escaped(title)) + START + f"<xCal:location>{escaped('Room <3>')}</xCal:location>"
    event = only(f"{head}<description>{escaped('About ' + title)}</description>")
    assert (event.title, event.description) == (title, f"About {title}")
    assert event.place is not None
    assert event.place.name == "Room <3>"
    # Of HTML within, escaped once or twice, tags go and what it says stays.
    html = "<p>About <b>tides</b> and " + title.replace("<", "&lt;").replace(">", "&gt;") + "</p>"
    assert only(f"{head}<description>{escaped(html)}</description>").description == f"About tides and {title}"
    assert only(f"{head}<description><![CDATA[{html}]]></description>").description == f"About tides and {title}"


@pytest.mark.parametrize("title", TITLES)
def test_angle_brackets_stay_in_items_that_are_read_as_prose(title: str) -> None:
    escaped = title.replace("<", "&lt;").replace(">", "&gt;")
    item = (
        HEAD.replace("Tide games", escaped)
        + "<description>Saturday 28 November 2026, 19:00, at Tide House. Sign up now."
    )
    event = only(item + f" About {escaped}.</description>" + PUB.format("Mon, 16 Nov 2026 19:00:00 +0800"))
    assert event.title == title
    assert event.description is not None
    assert f"About {title}." in event.description


def test_json_feeds_alike() -> None:
    def told(**event: object) -> Event:
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "items": [{"id": "1", "title": "vector<T>", "_event": event}],
        }
        return dispatch.read(Document(body=json.dumps(feed).encode()), context()).events[0]

    event = told(start_date="2026-11-28", start_time="6:30 pm", end_date="2026-11-28", end_time="10 pm")
    assert (event.title, span(event)) == ("vector<T>", TIMED)
    assert span(told(start_date="2026-11-28", all_day=True)) == ("11-28", "11-29", True)
