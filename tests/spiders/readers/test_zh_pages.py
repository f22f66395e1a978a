"""Chinese pages in the shapes that lists, platforms and institutes have; all names are invented."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from planner.i18n.reasons import translate
from spiders.items import Context, Document, Event
from spiders.readers import dispatch

FOLDER = Path(__file__).parents[2] / "cases/readers/zh"
CASES: dict[str, dict[str, Any]] = json.loads((FOLDER / "cases.json").read_text(encoding="utf-8"))
NOW = datetime.fromisoformat("2026-11-20T20:00:00+08:00")


def read(name: str) -> Any:
    case = CASES[name]
    body = (FOLDER / f"{name}.html").read_text(encoding="utf-8").encode(case["encoding"])
    context = Context(
        source="case",
        now=NOW,
        timezone=case.get("timezone", "Asia/Shanghai"),
        window_start=NOW,
        window_end=NOW + timedelta(days=120),
    )
    document = Document(body=body, url=case["url"], headers=case.get("headers", {}))
    return dispatch.read(document, context, kind=case.get("kind", "auto"))


def moment(event: Event) -> str | None:
    if event.start is None:
        return None
    return event.start.strftime("%Y-%m-%d" if event.all_day else "%Y-%m-%dT%H:%M")


@pytest.mark.parametrize("name", sorted(CASES))
def test_page(name: str) -> None:
    case, reading = CASES[name], read(name)
    told = [(event.title, moment(event)) for event in reading.events]
    assert told == [(wanted["title"], wanted["start"]) for wanted in case["events"]], (reading.reader, reading.reason)
    for event, wanted in zip(reading.events, case["events"], strict=True):
        check(event, wanted)
    assert reading.refused == ("refused" in case), reading.reason
    if "refused" in case:
        assert case["refused"] in translate(reading.reason, "en")
    if not reading.events:
        assert reading.reason
    for link in case.get("links", ()):
        assert link in reading.links
    if "links" in case:
        assert len(reading.links) == len(case["links"])


def check(event: Event, wanted: dict[str, Any]) -> None:
    place = f"{event.place.name or ''} {event.place.address or ''}" if event.place else ""
    if "end" in wanted:
        assert event.end is not None
        assert event.end.strftime("%Y-%m-%dT%H:%M") == wanted["end"]
    if "last" in wanted:
        assert event.end is not None
        assert (event.end - timedelta(days=1)).strftime("%Y-%m-%d") == wanted["last"]
    if "place" in wanted:
        assert wanted["place"] in place
    for name in ("url", "mode", "organizer"):
        if name in wanted:
            assert getattr(event, name) == wanted[name]
    assert event.status == wanted.get("status", "confirmed")
    if wanted.get("free"):
        assert event.price is not None
        assert event.price.max == 0


def test_every_event_has_its_own_uid() -> None:
    for name in CASES:
        uids = [event.uid for event in read(name).events]
        assert len(uids) == len(set(uids)), name
