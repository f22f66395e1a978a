"""Where the source's zone is believed and not the document's, every reader takes times as they are written."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

import pytest

from spiders.items import Document
from spiders.readers import dispatch
from spiders.reasons import Code
from tests.support.documents import calendar

AS_WRITTEN = "2026-11-24T19:30+08:00"


def read(body: bytes, context, kind="auto"):
    return dispatch.read(
        Document(body=body, url="https://club.example/"), replace(context, timezone_overrides=True), kind
    )


def starts(reading) -> list[str]:
    return [event.start.isoformat(timespec="minutes") for event in reading.events]


def ical(start: str, *more: str, zone: str = "", head: str = "") -> bytes:
    body = calendar("Debate", start="X", more="".join(f"{line}\r\n" for line in more)).decode()
    return body.replace("DTSTART:X", f"DTSTART{zone}:{start}").replace("VERSION", f"{head}VERSION").encode()


def page(start: str, end: str = "") -> bytes:
    event = {"@context": "https://schema.org", "@type": "Event", "name": "Debate", "startDate": start, "endDate": end}
    return f'<html><body><script type="application/ld+json">{json.dumps(event)}</script></body></html>'.encode()


def state(start: object) -> bytes:
    told = json.dumps({"page": {"list": [{"title": "Debate night", "startDate": start, "location": "Pond House"}]}})
    return f"<html><body><div id=root></div><script>window.__INITIAL_STATE__ = {told};</script></body></html>".encode()


def feed(start: str) -> bytes:
    return (
        '<rss version="2.0" xmlns:ev="http://purl.org/rss/1.0/modules/event/"><channel><title>Club</title><item>'
        f"<title>Debate</title><guid>1</guid><ev:startdate>{start}</ev:startdate></item></channel></rss>"
    ).encode()


LISTING = """<html><body><h1>Events 2026</h1><ul>
<li>24 November 2026, 7:30 pm EST <a href="/a">Debate night</a></li>
<li>26 November 2026, 7:30 pm EST <a href="/b">Board game night</a></li>
<li>27 November 2026, 7:30 pm EST <a href="/c">Reading circle</a></li></ul></body></html>"""


@pytest.mark.parametrize(
    "body",
    [
        ical("20261124T193000Z"),
        ical("20261124T193000", zone=";TZID=America/New_York"),
        ical("20261124T193000", zone=";TZID=Nowhere/At-All"),
        ical("20261124T193000", head="X-WR-TIMEZONE:Europe/London\r\n"),
        ical("20261124T193000-0500"),
        page("2026-11-24T19:30:00Z"),
        page("2026-11-24T19:30:00-05:00", "2026-11-24T21:30:00-05:00"),
        state("2026-11-24T19:30:00Z"),
        feed("2026-11-24T19:30:00Z"),
        feed("2026-11-24T19:30:00+01:00"),
    ],
)
def test_times_hold_as_they_are_written(body, context):
    reading = read(body, context)
    (event,) = reading.events
    assert starts(reading) == [AS_WRITTEN]
    assert (event.timezone, event.evidence.sure, event.evidence.doubts) == ("Asia/Shanghai", "stated", ())
    assert not reading.notes
    if event.end is not None:
        assert event.end == datetime.fromisoformat("2026-11-24T21:30+08:00")


def test_lines_of_a_list_too(context):
    reading = read(LISTING.encode(), context, "listing")
    assert {start[10:] for start in starts(reading)} == {"T19:30+08:00"}
    assert len(reading.events) == 3


def test_an_announcement_too(context):
    text = "辩论之夜\n时间：2026年11月24日 19:30（纽约时间）\n地点：示例路 1 号"
    assert starts(read(text.encode(), context)) == [AS_WRITTEN]


def test_seconds_since_1970_are_no_wall_time(context):
    (start,) = starts(read(state(1795519800), context))
    assert datetime.fromisoformat(start) == datetime.fromtimestamp(1795519800, datetime.fromisoformat(start).tzinfo)


def test_rules_exceptions_and_names_are_read_by_the_zones_that_are_written(context):
    """UNTIL and EXDATE in UTC still mean the instances that they mean; only where these lie is not believed."""
    body = ical(
        "20261124T193000",
        "RRULE:FREQ=WEEKLY;UNTIL=20261216T003000Z",  # the evening of the 15th in New York
        "EXDATE:20261202T003000Z",  # that of the 1st
        zone=";TZID=America/New_York",
    )
    plain = dispatch.read(Document(body=body), context)
    told = read(body, context)
    assert starts(told) == [f"2026-{day}T19:30+08:00" for day in ("11-24", "12-08", "12-15")]
    assert [event.occurrence for event in told.events] == [event.occurrence for event in plain.events]


def test_days_stay_days(context):
    (event,) = read(ical("20261124", zone=";VALUE=DATE"), context).events
    assert event.all_day
    assert event.start == datetime.fromisoformat("2026-11-24T00:00+08:00")


def test_what_else_is_doubted_stays_doubted(context):
    (event,) = read(ical("20261124T193000Z", "DTSTART:20261125T193000Z"), context).events
    assert [doubt.code for doubt in event.evidence.doubts] == [Code.TWO_STARTS]
