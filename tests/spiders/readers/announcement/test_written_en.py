"""Our own English announcements (tests/cases/announcements/written-en): how many are read, and none at a wrong time.

They were written before the reader was tried on them; it has been mended by them since, so the floors tell that
nothing is lost again, and not how it reads what it has never seen.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from spiders.items import Context, Document, Event
from spiders.readers.announcement import read

FOLDER = Path(__file__).parents[3] / "cases" / "announcements" / "written-en"
CASES = [json.loads(line) for line in (FOLDER / "cases.jsonl").read_text("utf-8").splitlines()]
STARTS_READ, SILENT = 60, 12  # of 61 events, of 12 texts that tell of none


def read_case(case: dict[str, Any]) -> tuple[Event, ...]:
    now = datetime.fromisoformat(case["published"])
    context = Context(
        source="own", now=now, timezone=case["timezone"], window_start=now, window_end=now + timedelta(days=120)
    )
    return read(Document(body=(FOLDER / case["file"]).read_bytes()), context).events


def start_of(event: Event) -> str | datetime | None:
    return event.start.date().isoformat() if event.start is not None and event.all_day else event.start


def accepted(event: dict[str, Any]) -> Iterator[str | datetime]:
    for told in (event["start"], *event.get("start_also_ok", [])):
        yield told if len(told) == len("2026-12-05") else datetime.fromisoformat(told)


@pytest.fixture(scope="module")
def readings() -> list[tuple[dict[str, Any], tuple[Event, ...]]]:
    return [(case, read_case(case)) for case in CASES]


def test_there_are_sixty_and_each_has_its_text() -> None:
    assert len({case["id"] for case in CASES}) == len(CASES) == 60
    assert {case["file"] for case in CASES} == {f"texts/{path.name}" for path in (FOLDER / "texts").iterdir()}


def test_no_start_is_stated_that_is_wrong(readings: list[tuple[dict[str, Any], tuple[Event, ...]]]) -> None:
    wrong = {
        case["id"]: start_of(event)
        for case, events in readings
        for event in events
        if case["is_event"] and event.evidence.sure == "stated" and event.start is not None
        if start_of(event) not in {told for wanted in case["events"] for told in accepted(wanted)}
    }
    assert wrong == {}


def test_as_many_are_read_as_were(readings: list[tuple[dict[str, Any], tuple[Event, ...]]]) -> None:
    found = sum(
        bool({start_of(event) for event in events} & set(accepted(wanted)))
        for case, events in readings
        for wanted in case["events"]
    )
    silent = sum(not events for case, events in readings if not case["is_event"])
    assert found >= STARTS_READ
    assert silent >= SILENT
