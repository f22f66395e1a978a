"""Answers of platforms in the shapes that their programs write, each with one event of our own."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from spiders.items import Context, Document
from spiders.readers import dispatch

FILE = Path(__file__).parents[2] / "cases" / "readers" / "platforms.jsonl"
CASES = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
ADDRESS = "https://c.example/api"
NOW = datetime.fromisoformat("2026-11-26T12:00:00+08:00")
CONTEXT = Context(
    source="case", now=NOW, timezone="Asia/Shanghai", window_start=NOW, window_end=NOW + timedelta(days=120)
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["platform"])
def test_an_event_is_read_from_a_platforms_answer(case):
    body = json.dumps(case["answer"]).encode()
    (event,) = dispatch.read(Document(body=body, url=ADDRESS), CONTEXT).events
    assert event.start is not None
    assert {
        "title": event.title,
        "start": event.start.isoformat(),
        "end": event.end and event.end.isoformat(),
        "place": event.place and event.place.name,
        "url": event.url if event.url != ADDRESS else None,
    } == case["expected"]
