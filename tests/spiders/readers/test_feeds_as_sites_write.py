"""Feeds of event software: dates in namespaces of its own, ends that are excluded, posting dates that are none."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from spiders.items import Document, Event, Reading
from spiders.readers import dispatch
from tests.support.written import context, span

NAMESPACES = {
    "mec": "http://webnus.net/rss/mec/",
    "xCal": "urn:ietf:params:xml:ns:xcal",
    "x-trumba": "http://schemas.trumba.com/rss/x-trumba",
    "x-microsoft": "http://schemas.microsoft.com/x-microsoft",
    "livewhale": "http://www.livewhale.com/",
    "georss": "http://www.georss.org/georss",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "ev": "http://purl.org/rss/1.0/modules/event/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "content": "http://purl.org/rss/1.0/modules/content/",
}


def read(*items: str, zone: str = "Asia/Shanghai", names: dict[str, str] = NAMESPACES) -> Reading:
    head = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in names.items())
    inner = "".join(f"<item>{item}</item>" for item in items)
    channel = f"<channel><title>Tide</title>{inner}</channel>"
    body = f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" {head}>{channel}</rss>'
    return dispatch.read(Document(body=body.encode(), url="https://tide.example/feed"), context(zone=zone))


def only(*items: str, names: dict[str, str] = NAMESPACES) -> Event:
    reading = read(*items, names=names)
    assert len(reading.events) == 1, reading
    return reading.events[0]


HEAD = "<title>Tide games</title><link>https://tide.example/1</link><guid>tide-1</guid>"
TIMED = ("11-28 18:30", "11-28 22:00", False)
DATED: dict[str, tuple[str, tuple[str, str | None, bool]]] = {
    "mec": (
        (
            "<mec:startDate>2026-11-28</mec:startDate><mec:startHour>6:30 pm</mec:startHour><mec:endDate>2026-11-28"
            "</mec:endDate><mec:endHour>10:00 pm</mec:endHour>"
        ),
        TIMED,
    ),
    "mec in another order": (
        (
            "<mec:endHour>10:00 pm</mec:endHour><mec:startHour>6:30 pm</mec:startHour><mec:endDate>2026-11-28"
            "</mec:endDate><mec:startDate>2026-11-28</mec:startDate>"
        ),
        TIMED,
    ),
    "mec of 24 hours": (
        (
            "<mec:startDate>2026-11-28</mec:startDate><mec:startHour>18:30</mec:startHour><mec:endDate>2026-11-28"
            "</mec:endDate><mec:endHour>22:00</mec:endHour>"
        ),
        TIMED,
    ),
    "mec without minutes": (
        (
            "<mec:startDate>2026-11-28</mec:startDate><mec:startHour>6 PM</mec:startHour><mec:endDate>2026-11-28"
            "</mec:endDate><mec:endHour>10PM</mec:endHour>"
        ),
        ("11-28 18:00", "11-28 22:00", False),
    ),
    "mec all day": (
        (
            "<mec:startDate>2026-11-28</mec:startDate><mec:startHour>All Day</mec:startHour><mec:endDate>2026-11-28"
            "</mec:endDate><mec:endHour></mec:endHour>"
        ),
        ("11-28", "11-29", True),
    ),
    "mec without hours": (
        "<mec:startDate>2026-11-28</mec:startDate><mec:endDate>2026-11-29</mec:endDate>",
        ("11-28", "11-30", True),
    ),
    "mec without an end": (
        "<mec:startDate>2026-11-28</mec:startDate><mec:startHour>6:30 pm</mec:startHour>",
        ("11-28 18:30", None, False),
    ),
    "mec past midnight": (
        (
            "<mec:startDate>2026-11-28</mec:startDate><mec:startHour>9:00 pm</mec:startHour><mec:endDate>2026-11-29"
            "</mec:endDate><mec:endHour>1:00 am</mec:endHour>"
        ),
        ("11-28 21:00", "11-29 01:00", False),
    ),
    "mec of several days": (
        (
            "<mec:startDate>2026-11-28</mec:startDate><mec:startHour>9:00 am</mec:startHour><mec:endDate>2026-11-30"
            "</mec:endDate><mec:endHour>5:00 pm</mec:endHour>"
        ),
        ("11-28 09:00", "11-30 17:00", False),
    ),
    "xcal": ("<xCal:dtstart>2026-11-28T10:30:00Z</xCal:dtstart><xCal:dtend>2026-11-28T14:00:00Z</xCal:dtend>", TIMED),
    "xcal, local": (
        "<xCal:dtstart>2026-11-28T18:30:00</xCal:dtstart><xCal:dtend>2026-11-28T22:00:00</xCal:dtend>",
        TIMED,
    ),
    "xcal, compact": ("<xCal:dtstart>20261128T103000Z</xCal:dtstart><xCal:dtend>20261128T140000Z</xCal:dtend>", TIMED),
    "xcal days": (
        "<xCal:dtstart>2026-11-28</xCal:dtstart><xCal:dtend>2026-11-29</xCal:dtend>",
        ("11-28", "11-29", True),
    ),
    "xcal days, compact": (
        "<xCal:dtstart>20261128</xCal:dtstart><xCal:dtend>20261201</xCal:dtend>",
        ("11-28", "12-01", True),
    ),
    "trumba days": (
        (
            "<xCal:dtstart>2026-11-28T00:00:00Z</xCal:dtstart><xCal:dtend>2026-11-29T00:00:00Z</xCal:dtend>"
            "<x-microsoft:cdo-alldayevent>true</x-microsoft:cdo-alldayevent>"
        ),
        ("11-28", "11-29", True),
    ),
    "trumba, three days": (
        (
            "<xCal:dtstart>2026-11-28T00:00:00Z</xCal:dtstart><xCal:dtend>2026-12-01T00:00:00Z</xCal:dtend>"
            "<x-microsoft:cdo-alldayevent>true</x-microsoft:cdo-alldayevent>"
        ),
        ("11-28", "12-01", True),
    ),
    "trumba, western midnight": (
        (
            "<xCal:dtstart>2026-11-28T05:00:00Z</xCal:dtstart><x-trumba:localstart>2026-11-28T00:00:00</x-trumba:localstart>"
            "<xCal:dtend>2026-11-29T05:00:00Z</xCal:dtend><x-trumba:localend>2026-11-29T00:00:00</x-trumba:localend>"
            "<x-microsoft:cdo-alldayevent>true</x-microsoft:cdo-alldayevent>"
        ),
        ("11-28", "11-29", True),
    ),
    "trumba, no end": (
        (
            "<xCal:dtstart>2026-11-28T00:00:00Z</xCal:dtstart>"
            "<x-microsoft:cdo-alldayevent>true</x-microsoft:cdo-alldayevent>"
        ),
        ("11-28", "11-29", True),
    ),
    "trumba, local times alone": (
        (
            "<x-trumba:localstart>2026-11-28T18:30:00</x-trumba:localstart>"
            "<x-trumba:localend>2026-11-28T22:00:00</x-trumba:localend>"
        ),
        TIMED,
    ),
    "livewhale": (
        (
            "<pubDate>Sat, 28 Nov 2026 10:30:00 +0000</pubDate><livewhale:type>events</livewhale:type>"
            "<livewhale:ends>Sat, 28 Nov 2026 14:00:00 +0000</livewhale:ends>"
        ),
        TIMED,
    ),
    "livewhale with a start": (
        (
            "<pubDate>Sat, 14 Nov 2026 10:30:00 +0000</pubDate><livewhale:starts>2026-11-28T10:30:00Z"
            "</livewhale:starts><livewhale:ends>2026-11-28T14:00:00Z</livewhale:ends>"
        ),
        TIMED,
    ),
    "livewhale without an end": (
        (
            "<pubDate>Sat, 28 Nov 2026 10:30:00 +0000</pubDate><livewhale:type>events</livewhale:type>"
            "<livewhale:id>7</livewhale:id>"
        ),
        ("11-28 18:30", None, False),
    ),
    "livewhale days": (
        (
            "<pubDate>Sat, 28 Nov 2026 05:00:00 +0000</pubDate>"
            "<livewhale:timezone>America/New_York</livewhale:timezone>"
            "<livewhale:ends>Sun, 29 Nov 2026 05:00:00 +0000</livewhale:ends><livewhale:all_day>1</livewhale:all_day>"
        ),
        ("11-28", "11-29", True),
    ),
    "ev": (
        "<ev:startdate>2026-11-28T18:30:00+08:00</ev:startdate><ev:enddate>2026-11-28T22:00:00+08:00</ev:enddate>",
        TIMED,
    ),
    "ev days": ("<ev:startdate>2026-11-28</ev:startdate><ev:enddate>2026-11-29</ev:enddate>", ("11-28", "11-30", True)),
    "a day and an hour": ("<event_date>2026-11-28</event_date><event_time>6:30 pm - 10:00 pm</event_time>", TIMED),
    "start_date and start_time": (
        (
            "<start_date>2026-11-28</start_date><start_time>18:30</start_time><end_date>2026-11-28</end_date>"
            "<end_time>22:00</end_time>"
        ),
        TIMED,
    ),
    "the zone beside it": (
        (
            "<event_start>2026-11-28 05:30</event_start><event_end>2026-11-28 09:00</event_end>"
            "<event_timezone>America/New_York</event_timezone>"
        ),
        TIMED,
    ),
}


@pytest.mark.parametrize("name", DATED)
def test_dates_in_fields_of_the_software(name: str) -> None:
    fields, shown = DATED[name]
    for item in (HEAD + fields, fields + HEAD):
        event = only(item)
        assert (event.title, span(event)) == ("Tide games", shown)


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
STATED = [
    ("Nov 28, 2026: Tide games", "Sat, 28 Nov 2026 19:00:00 +0800", "11-28 19:00"),
    ("Nov 28, 2026: Tide games", "Sat, 28 Nov 2026 11:00:00 GMT", "11-28 19:00"),
    ("Tide games - 28 November 2026", "Sat, 28 Nov 2026 19:00:00 +0800", "11-28 19:00"),
    ("Tide games (Saturday 28 November)", "Sat, 28 Nov 2026 19:00:00 +0800", "11-28 19:00"),
    ("28 Nov: Tide games", "Sat, 28 Nov 2026 19:00:00 +0800", "11-28 19:00"),
    ("2026-11-28 Tide games", "Sat, 28 Nov 2026 19:00:00 +0800", "11-28 19:00"),
    ("2026/11/28 (Sat) Tide games", "Sat, 28 Nov 2026 19:00:00 +0800", "11-28 19:00"),
    ("11月28日 Tide games", "Sat, 28 Nov 2026 19:00:00 +0800", "11-28 19:00"),
    ("Tide games | Sat, Nov 28", "Sat, 28 Nov 2026 19:00:00 +0800", "11-28 19:00"),
    ("Tide games, 28 November", "Sat, 28 Nov 2026 19:00:00 GMT", "11-28 19:00"),
    ("Tide games, 28 November", "2026-11-28T19:00:00+08:00", "11-28 19:00"),
    ("Tide games, 28 November", "Sat, 28 Nov 2026 00:00:00 GMT", "11-28"),
    ("Tide games, 28 November", "Sat, 28 Nov 2026 00:00:00 +0800", "11-28"),
    ("11/28: Tide games", "Sat, 28 Nov 2026 19:00:00 +0800", "11-28 19:00"),
    ("28.11.2026: Tide games", "Sat, 28 Nov 2026 19:00:00 +0800", "11-28 19:00"),
    ("Tide games on 28 Nov at 7pm", "Sat, 28 Nov 2026 19:00:00 +0800", "11-28 19:00"),
    ("Nov 28 - 29: Tide games", "Sat, 28 Nov 2026 19:00:00 +0800", "11-28 19:00"),
    ("Saturday, November 28th: Tide games", "Sat, 28 Nov 2026 11:00:00 +0000", "11-28 19:00"),
    ("Tide games（11月28日）", "Sat, 28 Nov 2026 19:00:00 +0800", "11-28 19:00"),
]


@pytest.mark.parametrize(("title", "posted", "start"), STATED)
def test_a_day_in_the_title_and_a_posting_date_ahead_on_it_is_the_start(title: str, posted: str, start: str) -> None:
    item = (
        HEAD.replace("Tide games", title)
        + PUB.format(posted)
        + "<description>Bring a board and a friend.</description>"
    )
    event = only(item)
    assert (event.title, span(event)[0]) == ("Tide games", start)
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
