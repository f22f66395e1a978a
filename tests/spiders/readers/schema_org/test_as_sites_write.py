"""Days written as moments and moments that look like days, schedules by weeks of the month, several locations."""

from __future__ import annotations

import json
from typing import Any

import pytest

from spiders.items import Document, Event
from spiders.readers import dispatch
from tests.support.as_written import as_written
from tests.support.schema_org import one, page, read, script
from tests.support.written import context, span

DAYS = [
    ("2026-11-29T00:00:00+08:00", "2026-11-30T00:00:00+08:00", "11-30"),
    ("2026-11-29T00:00:00+0800", "2026-11-30T00:00:00+0800", "11-30"),
    ("2026-11-29T00:00", "2026-11-30T00:00", "11-30"),
    ("2026-11-29 00:00:00", "2026-11-30 00:00:00", "11-30"),
    ("2026-11-29T00:00:00Z", "2026-11-30T00:00:00Z", "11-30"),
    ("2026-11-29T00:00:00+00:00", "2026-11-30T00:00:00+00:00", "11-30"),
    ("2026-11-28T16:00:00Z", "2026-11-29T16:00:00Z", "11-30"),
    ("2026-11-28T16:00:00.000Z", "2026-11-29T15:59:59.999Z", "11-30"),
    ("2026-11-29T00:00:00+08:00", "2026-11-29T24:00:00+08:00", "11-30"),
    ("2026-11-29T00:00:00+08:00", "2026-11-29T23:59:00+08:00", "11-30"),
    ("2026-11-29T00:00:00+08:00", "2026-11-29T23:59:59+08:00", "11-30"),
    ("2026-11-29T00:00:00+08:00", "2026-11-29T00:00:00+08:00", "11-30"),
    ("2026-11-29T00:00:00+08:00", "2026-11-29", "11-30"),
    ("2026-11-29", "2026-11-29", "11-30"),
    ("2026-11-29", None, "11-30"),
    ("2026-11-29T00:00:00+08:00", None, "11-30"),
    ("2026-11-29T00:00:00+00:00", None, "11-30"),
    ("2026-11-29T00:00", None, "11-30"),
    ("2026-11-29", "2026-11-30", "12-01"),
    ("2026-11-29T00:00:00+08:00", "2026-12-02T00:00:00+08:00", "12-02"),
    ("2026-11-29T00:00:00+08:00", "2026-12-01T23:59:59+08:00", "12-02"),
    ("2026-11-28T16:00:00Z", "2026-12-01T16:00:00Z", "12-02"),
]


def timed(start: str, end: str | None, **more: Any) -> Event:
    return one(startDate=start, **({"endDate": end} if end else {}), **more)


@pytest.mark.parametrize(("start", "end", "last"), DAYS)
def test_days(start: str, end: str | None, last: str) -> None:
    assert span(timed(start, end)) == ("11-29", last, True)


MOMENTS = [
    ("2026-11-29T00:00:00Z", None, "11-29 08:00", None),
    ("2026-11-29T00:00:00.000Z", None, "11-29 08:00", None),
    ("2026-11-29T00:00Z", None, "11-29 08:00", None),
    ("2026-11-29T00:00:00Z", "2026-11-29T00:00:00Z", "11-29 08:00", None),
    ("20261129T000000Z", None, "11-29 08:00", None),
    ("2026-11-29T00:00:00-05:00", None, "11-29 13:00", None),
    ("2026-11-29T00:00:00+09:00", None, "11-28 23:00", None),
    ("2026-11-29T00:00:00Z", "2026-11-29T02:00:00Z", "11-29 08:00", "11-29 10:00"),
    ("2026-11-28T16:00:00Z", "2026-11-28T19:00:00Z", "11-29 00:00", "11-29 03:00"),
    ("2026-11-28T23:00:00Z", None, "11-29 07:00", None),
    ("2026-11-29T19:00:00+08:00", "2026-11-30T00:00:00+08:00", "11-29 19:00", "11-30 00:00"),
]


@pytest.mark.parametrize(("start", "end", "began", "ended"), MOMENTS)
def test_moments(start: str, end: str | None, began: str, ended: str | None) -> None:
    assert span(timed(start, end)) == (began, ended, False)


def test_midnight_in_utc_is_midnight_where_the_clocks_show_it() -> None:
    node = {"@type": "Event", "name": "Tide day", "startDate": "2026-11-29T00:00:00Z"}
    assert read(page(script(json.dumps(node))), zone="Europe/London").events[0].all_day
    assert not read(page(script(json.dumps(node))), zone="Europe/Berlin").events[0].all_day


def test_microdata_alike() -> None:
    html = (
        '<div itemscope itemtype="http://schema.org/Event"><b itemprop="name">Tide day</b>'
        '<meta itemprop="startDate" content="2026-11-29T00:00:00+08:00"><meta itemprop="endDate" content="{end}"></div>'
    )
    assert span(read(page(body=html.format(end="2026-11-30T00:00:00+08:00"))).events[0]) == ("11-29", "11-30", True)
    moment = read(
        page(body=html.replace("+08:00", "Z").replace('<meta itemprop="endDate" content="{end}">', ""))
    ).events[0]
    assert span(moment) == ("11-29 08:00", None, False)


MONTHLY: dict[str, Any] = {
    "@type": "Schedule",
    "startDate": "2026-11-06",
    "endDate": "2027-01-17",
    "repeatFrequency": "P1M",
    "startTime": "19:00",
    "endTime": "21:00",
    "scheduleTimezone": "Asia/Shanghai",
}
SCHEDULES: list[tuple[dict[str, Any], list[str]]] = [
    ({"byDay": "https://schema.org/Friday", "byMonthWeek": 1}, ["12-04", "01-01"]),
    ({"byDay": "http://schema.org/Friday", "byMonthWeek": "1"}, ["12-04", "01-01"]),
    ({"byDay": "FR", "byMonthWeek": [1, 3]}, ["12-04", "12-18", "01-01", "01-15"]),
    ({"byDay": ["Tuesday", "Friday"], "byMonthWeek": 2}, ["12-08", "12-11", "01-08", "01-12"]),
    ({"byDay": "Friday", "byMonthWeek": "1,3"}, ["12-04", "12-18", "01-01", "01-15"]),
    ({"byMonthWeek": 1}, ["12-04", "01-01"]),
    ({"byDay": "Friday", "byMonthWeek": 1, "repeatFrequency": "P1W"}, ["12-04", "01-01"]),
    ({"byDay": "Friday", "byMonthWeek": 1, "repeatFrequency": "Monthly"}, ["12-04", "01-01"]),
    ({"byDay": "Friday", "byMonthWeek": 1, "repeatFrequency": None}, ["12-04", "01-01"]),
    ({"byDay": "Friday", "byMonthWeek": 1, "byMonth": 12, "repeatFrequency": "P1Y"}, ["12-04"]),
    ({"byDay": "Friday", "byMonthWeek": 1, "repeatFrequency": "P2M"}, ["01-01"]),
    ({"byDay": "Friday", "byMonthWeek": -1}, ["11-27", "12-25"]),
    ({"byDay": "2TU"}, ["12-08", "01-12"]),
    ({"byDay": "Friday", "byMonthWeek": 1, "exceptDate": "2026-12-04"}, ["01-01"]),
    ({"byDay": "Friday", "byMonthWeek": 1, "exceptDate": ["2026-12-04T19:00:00+08:00"]}, ["01-01"]),
    ({"byDay": "Friday", "byMonthWeek": 1, "exceptDate": "2026-12-03T16:00:00Z"}, ["01-01"]),
    ({"byDay": "Friday", "byMonthWeek": 1, "exceptDate": "2026-12-04T11:00:00Z"}, ["01-01"]),
    ({"byDay": "Friday", "repeatFrequency": "P2W"}, ["12-04", "12-18", "01-01", "01-15"]),
    ({"byDay": "Friday", "byMonthWeek": 9}, []),
    ({"byMonthDay": 6, "repeatFrequency": "P1M"}, ["12-06", "01-06"]),
]


@pytest.mark.parametrize(("rule", "days"), SCHEDULES)
def test_schedules(rule: dict[str, Any], days: list[str]) -> None:
    schedule = {key: value for key, value in {**MONTHLY, **rule}.items() if value is not None}
    node = {"@type": "Event", "name": "Tide talk", "eventSchedule": schedule}
    events = read(page(script(json.dumps(node)))).events
    assert [span(event) for event in events] == [(f"{day} 19:00", f"{day} 21:00", False) for day in days]


@pytest.mark.parametrize(
    ("more", "start"),
    [
        ({"scheduleTimezone": "America/New_York", "startTime": "19:00"}, "12-05 08:00"),
        ({"scheduleTimezone": "UTC-5", "startTime": "19:00"}, "12-05 08:00"),
        ({"scheduleTimezone": None, "startTime": "19:00"}, "12-04 19:00"),
        ({"scheduleTimezone": None, "startTime": "19:00:00+09:00"}, "12-04 18:00"),
        ({"scheduleTimezone": None, "startTime": "11:00:00Z"}, "12-04 19:00"),
        ({"startTime": None, "startDate": "2026-11-06T11:00:00Z"}, "12-04 19:00"),
        ({"startTime": None, "startDate": "2026-11-06T19:00:00+08:00"}, "12-04 19:00"),
    ],
)
def test_the_zone_of_a_schedule(more: dict[str, Any], start: str) -> None:
    schedule = {**MONTHLY, "byDay": "Friday", "byMonthWeek": 1, "endDate": "2026-12-20", **more}
    node = {
        "@type": "Event",
        "name": "Tide talk",
        "eventSchedule": {k: v for k, v in schedule.items() if v is not None},
    }
    assert [span(event)[0] for event in read(page(script(json.dumps(node)))).events] == [start]


HALL = {"@type": "Place", "name": "Tide House", "address": "5 Quay Street"}
ROOM = {"@type": "VirtualLocation", "url": "https://video.tide.example/1"}
BASE = "https://schema.org/"
WHERE: list[tuple[dict[str, Any], str | None, str | None]] = [
    ({"location": [HALL, ROOM]}, "hybrid", "Tide House"),
    ({"location": [ROOM, HALL]}, "hybrid", "Tide House"),
    ({"location": [HALL, {"@type": ["VirtualLocation"], "name": "Online"}]}, "hybrid", "Tide House"),
    ({"location": [HALL, "Zoom"]}, "hybrid", "Tide House"),
    ({"location": [HALL, {"@type": "Place", "name": "Zoom Meeting"}]}, "hybrid", "Tide House"),
    ({"location": [HALL, "https://us02web.zoom.us/j/1"]}, "hybrid", "Tide House"),
    ({"location": ["Tide House", ROOM]}, "hybrid", "Tide House"),
    ({"location": "Tide House / Zoom"}, "hybrid", "Tide House"),
    ({"location": {"@type": "Place", "name": "Tide House; Microsoft Teams Meeting"}}, "hybrid", "Tide House"),
    ({"location": ROOM}, "online", None),
    ({"location": HALL}, None, "Tide House"),
    ({"location": {"@type": "Place", "name": "Zoom Photography Studio", "address": "5 Quay Street"}}, "in-person",
     "Zoom Photography Studio"),
    ({"location": [HALL, ROOM], "eventStatus": BASE + "EventMovedOnline"}, "hybrid", "Tide House"),
    ({"location": HALL, "eventStatus": BASE + "EventMovedOnline"}, "online", "Tide House"),
    ({"location": ROOM, "eventStatus": "EventMovedOnline"}, "online", None),
    ({"location": HALL, "eventStatus": [BASE + "EventMovedOnline", BASE + "EventRescheduled"]}, "online", "Tide House"),
    ({"location": HALL, "eventStatus": "http://schema.org/EventMovedOnline",
      "eventAttendanceMode": BASE + "OfflineEventAttendanceMode"}, "online", "Tide House"),
    ({"location": HALL, "eventStatus": BASE + "EventMovedOnline",
      "eventAttendanceMode": BASE + "MixedEventAttendanceMode"}, "hybrid", "Tide House"),
    ({"location": [HALL, ROOM], "eventAttendanceMode": BASE + "OnlineEventAttendanceMode"}, "online", "Tide House"),
    ({"location": [HALL, ROOM], "eventAttendanceMode": BASE + "OfflineEventAttendanceMode"}, "hybrid", "Tide House"),
    ({"location": HALL, "eventAttendanceMode": BASE + "OfflineEventAttendanceMode"}, "in-person", "Tide House"),
    ({"location": HALL, "eventStatus": BASE + "EventScheduled"}, "in-person", "Tide House"),
]  # fmt: skip


@pytest.mark.parametrize(("more", "mode", "name"), WHERE)
def test_locations(more: dict[str, Any], mode: str | None, name: str | None) -> None:
    event = one(**more)
    assert event.mode == (mode or "in-person")
    assert (event.place.name if event.place else None) == name
    assert event.status == "confirmed"


def test_a_list_of_states_tells_the_one_that_matters() -> None:
    moved = one(eventStatus=[BASE + "EventRescheduled"], previousStartDate="2026-11-26T19:00:00+08:00")
    assert (moved.status, span(moved)[0]) == ("confirmed", "11-28 19:00")
    assert one(eventStatus=[BASE + "EventRescheduled", BASE + "EventCancelled"]).status == "cancelled"
    assert one(eventStatus=[BASE + "EventMovedOnline", BASE + "EventPostponed"]).status == "postponed"


@pytest.mark.parametrize("title", ["<Dune> 读书会", "C++: vector<T> and <ranges>", "If a<b and b>c", "I <3 tides"])
def test_angle_brackets_stay(title: str) -> None:
    told = one(name=title, description=f"About {title}", location=f"Room {title}")
    assert (told.title, told.description) == (title, f"About {title}")
    assert told.place is not None
    assert told.place.name == f"Room {title}"
    assert one(name=title.replace("<", "&lt;").replace(">", "&gt;")).title == title
    assert one(description=f"<p>About <b>tides</b> and {title}</p>").description == f"About tides and {title}"


@pytest.mark.parametrize("case", as_written("pages"), ids=lambda case: case["name"])
def test_nodes(case: dict[str, Any]) -> None:
    """``told``: title, start, end, whether it is a day, how one takes part, state, place of each event."""
    node = json.dumps({"@context": "https://schema.org", **case["node"]})
    body = f'<html><body><script type="application/ld+json">{node}</script></body></html>'
    document = Document(body=body.encode(), url="https://tide.example/e")
    events = dispatch.read(document, context(120)).events
    assert case["told"] == [
        [event.title, *span(event), event.mode, event.status, event.place and event.place.name] for event in events
    ]
