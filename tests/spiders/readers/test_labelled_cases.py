"""The bars that the readers must hold on the labelled cases, where QUANZI_CASES names their folder."""

from __future__ import annotations

import importlib.util
import json
import os
import re
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import pytest

from benchmarks.gold import fills_days
from planner.i18n.reasons import translate
from spiders.items import Context, Document, Event
from spiders.readers import dispatch, ical
from tests.support.timing import takes_less

FOLDER = os.environ.get("QUANZI_CASES")
pytestmark = pytest.mark.skipif(not FOLDER, reason="QUANZI_CASES: not set (the folder of the labelled cases)")
ZONES = available_timezones()  # the folders of zones are read once
HOURS_THAT_FILL_DAYS = {
    "ics/calagator/ical_eventful_many.ics": 1,
    "ics/calagator/ical_eventful_many@ce04285.ics": 1,
    "ics/tribe-ecp/roanoke__hollins_university.ics": 5,
}
BARS = {
    "json-ld": (0.97, 0.96, 0.01),
    "microdata": (0.97, 0.96, 0.01),
    "hcalendar": (0.97, 0.96, 0.01),
    "plain-html": (0.92, 0.80, 0.03),
    "app-state": (1.0, 1.0, 0.0),
}


def folder() -> Path:
    return Path(FOLDER or "")


def scorer(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, folder() / "gold" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def context(now: str, zone: str, window: tuple[str, str] | None = None) -> Context:
    moment = datetime.fromisoformat(now)
    start, end = (datetime.fromisoformat(w) for w in window) if window else (moment, moment + timedelta(days=120))
    return Context(source="case", now=moment, timezone=zone, window_start=start, window_end=end)


def printed(event: Event) -> dict[str, Any]:
    def shown(value: datetime | None) -> str | None:
        return None if value is None else value.date().isoformat() if event.all_day else value.isoformat()

    place = event.place
    return {
        "uid": event.uid, "title": event.title, "start": shown(event.start), "end": shown(event.end),
        "all_day": event.all_day,
        "location": {"name": place.name, "address": place.address, "city": place.city} if place else None,
        "mode": event.mode, "status": event.status,
    }  # fmt: skip


def test_pages_hold_their_bars() -> None:
    score = scorer("score_extract")
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    for line in (folder() / "gold/html/cases.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        path = folder() / "corpus" / case["file"]
        if not path.exists():
            continue
        reading = dispatch.read(
            Document(body=path.read_bytes(), url=case["url"]), context(case["now"], case["timezone"])
        )
        told = {"events": [printed(event) for event in reading.events], "rc": 0, "crash": False, "timeout": False}
        counts, _ = score.judge(
            case, {**told, "bad_lines": 0, "reason": None, "stderr": translate(reading.reason, "en")}
        )
        groups[case["kind"]].update(counts)
        groups["all"].update(counts)
    for kind, (precision, recall, wrong) in BARS.items():
        figures = score.figures(groups[kind])
        assert figures["precision"] >= precision, kind
        assert figures["recall"] >= recall, kind
        assert figures["wrong_time"] <= wrong, kind
    every = score.figures(groups["all"])
    assert every["zero_pages"] >= 0.95
    assert every["reason"] >= 0.9
    assert groups["all"]["off_ok"] >= groups["all"]["off_n"] - 1


def test_calendars_are_exact() -> None:
    score = scorer("score_ics")
    missed: list[tuple[str, dict[str, Any]]] = []
    for line in (folder() / "gold/ics/expected.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        path = folder() / "corpus" / case["file"]
        if not path.exists():
            continue
        zone = case.get("x_wr_timezone") or "UTC"
        start, end = case.get("window_start", "2026-01-01T00:00:00Z"), case.get("window_end", "2026-05-01T00:00:00Z")
        asked = context(start, zone if zone in ZONES else "UTC", (start, end))
        reading = dispatch.read(Document(body=path.read_bytes()), asked, kind="ical")
        if "error" in case:
            assert not reading.events
            assert reading.refused
            continue
        have = [(event["uid"], score.moment(event["start"], [])) for event in map(printed, reading.events)]
        assert len(have) == len(case["occurrences"]), case["file"]
        for wanted in case["occurrences"]:
            moments = (
                score.moment(wanted["start"], [*([zone] if zone else []), "UTC"])
                if zone in ZONES
                else score.moment(wanted["start"], ["UTC"])
            )
            found = next(
                (
                    i
                    for i, (uid, m) in enumerate(have)
                    if uid in (wanted["uid"], uid if not wanted["uid"] else None) and m & moments
                ),
                None,
            )
            if found is None:
                missed.append((case["file"], wanted))
            else:
                del have[found]
    # These labels give an event from midnight to midnight by its hours; the reader tells a day, as RFC 5545 has days.
    assert Counter(file for file, wanted in missed if fills_days(wanted)) == HOURS_THAT_FILL_DAYS
    assert [each for each in missed if not fills_days(each[1])] == []


def test_a_city_of_calendars_in_seconds() -> None:
    now = datetime.fromisoformat("2026-02-01T00:00:00-08:00")
    asked = Context(
        source="c", now=now, timezone="America/Los_Angeles", window_start=now, window_end=now + timedelta(days=60)
    )
    files = sorted((folder() / "gold/dedupe/santarosa").glob("*.ics"))
    bodies = [file.read_bytes() for file in files]
    assert sum(len(ical.read(Document(body=body), asked).events) for body in bodies) > 1000
    assert takes_less(5, lambda: [ical.read(Document(body=body), asked) for body in bodies])


@pytest.mark.parametrize("every", [11, pytest.param(1, marks=pytest.mark.long)])
def test_hostile_files_cost_nothing_but_themselves(every: int) -> None:
    asked = context("2026-03-01T00:00:00+08:00", "Asia/Shanghai")
    unwanted = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
    files = [file for file in sorted((folder() / "corpus/hostile").rglob("*")) if file.is_file()]
    assert len(files) > 1000
    for file in files[::every]:
        document = Document(body=file.read_bytes(), url="https://h.example.org/")
        reading = dispatch.read(document, asked)
        assert takes_less(4, lambda document=document: dispatch.read(document, asked)), file
        for event in reading.events:
            text = f"{event.title}{event.description or ''}{event.organizer or ''}"
            text.encode("utf-8")
            assert not unwanted.search(text), file
            assert "\ufffd" not in text or any("doubtful text" in translate(note, "en") for note in reading.notes), file
            assert event.url is None or event.url.startswith(("http://", "https://")), file
