"""Site modules on answers that were recorded from the sites themselves (``tests/cases/site_recordings.toml``)."""

from __future__ import annotations

import re
import tomllib
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from spiders import sites
from spiders.items import Context, Document, Event, Reading
from spiders.reasons import Code, Reason

TABLE = Path(__file__).parents[1] / "cases" / "site_recordings.toml"
RECORDINGS = tomllib.loads(TABLE.read_text("utf-8"))["recording"]
LONG_AGO = datetime.fromisoformat("2020-01-01T00:00:00+00:00")


def read(body: bytes, recording: dict[str, object]) -> Reading:
    now = recording.get("now")
    begins = now if isinstance(now, datetime) else LONG_AGO
    context = Context(
        source="recorded",
        now=begins,
        timezone=str(recording.get("timezone", "Asia/Shanghai")),
        window_start=begins,
        window_end=begins + timedelta(days=int(str(recording.get("days", 6000)))),
        with_running=True,
    )
    document = Document(body=body, url=str(recording["url"]) if "url" in recording else None)
    return sites.read(document, context, f"{recording.get('part', 'site')}:{recording['site']}")


def is_at(event: Event, times: list[str]) -> bool:
    form = "%Y-%m-%d" if event.all_day else "%Y-%m-%dT%H:%M"
    told = [None if at is None else f"{at:{form}}" for at in (event.start, event.end)]
    return told[: len(times)] == times


@pytest.mark.parametrize("recording", RECORDINGS, ids=lambda each: Path(each["file"]).stem)
def test_a_recorded_answer_gives_the_events_it_holds(recording, cases):
    body = (cases / "corpus" / recording["file"]).read_bytes()
    if "within" in recording:
        body = recording["within"].encode() % body
    reading = read(body, recording)
    if "missing" in recording:
        assert reading.reason == Reason(Code.LAYOUT_CHANGED, missing=recording["missing"])
        assert (reading.refused, reading.events) == (True, ())
        return
    assert not reading.refused
    assert len(reading.events) == recording["count"]
    for times in recording["times"]:
        assert any(is_at(event, times) for event in reading.events), times
    assert len(reading.links) == recording.get("links", 0)
    points = sum(event.place is not None and event.place.latitude is not None for event in reading.events)
    assert points == recording.get("points", points)


@pytest.mark.parametrize(("folder", "site"), [("tockify", "tockify"), ("tribe-ecp", "events_calendar")])
def test_every_recorded_calendar_gives_as_many_events_as_it_has(folder, site, cases):
    files = sorted((cases / "corpus" / "ics" / folder).glob("*.ics"))
    assert files
    for file in files:
        body = file.read_bytes()
        reading = read(body, {"site": site, "timezone": "America/Toronto"})
        assert len(reading.events) == len(re.findall(rb"^BEGIN:VEVENT", body, re.MULTILINE)), file.name


def test_every_recorded_feed_of_official_accounts_is_one(cases):
    files = sorted((cases / "corpus" / "feeds").glob("wechat-rss*/*.xml"))
    assert len(files) > 90
    for file in files:
        assert not read(file.read_bytes(), {"site": "wechat_bridge", "url": "https://bridge.example/rss/1"}).refused


def test_addresses_of_contacts_reach_no_event(cases):
    body = (cases / "corpus/sources/toastmasters/find-a-club-one-club.json").read_bytes()
    body = body.replace(b'"Email": ""', b'"Email": "a@b.example"').replace(b'"Phone": ""', b'"Phone": "555-0199"')
    assert b"555-0199" in body
    told = repr(read(b'{"Clubs":[%s]}' % body, {"site": "toastmasters", "now": LONG_AGO, "days": 30}).events)
    assert "Toastmasters" in told
    assert "b.example" not in told
    assert "555-0199" not in told
