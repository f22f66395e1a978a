"""Small pictures of our own through the whole way: bytes, words, layout, events."""

from __future__ import annotations

import pytest

from spiders.items import Document
from spiders.readers.dispatch import read
from tests.support.picture_cases import CONTEXT, FOLDER

pytest.importorskip("onnxruntime")
pytest.importorskip("zxingcpp")


def reading_of(name: str):
    return read(Document(body=(FOLDER / f"{name}.png").read_bytes()), CONTEXT)


@pytest.mark.parametrize(
    ("name", "title", "start", "end", "place"),
    [
        ("lecture", "纸张与书写", "2026-04-16T14:30:00+08:00", None, "人文楼"),
        ("flyer", "RAPID NIGHT", "2026-04-17T19:00:00+08:00", "2026-04-17T22:00:00+08:00", "Room 214"),
    ],
)
def test_a_poster_is_read(name, title, start, end, place):
    reading = reading_of(name)
    (event,) = reading.events
    assert reading.reader == "picture"
    assert (event.title, event.start.isoformat(), event.end and event.end.isoformat()) == (title, start, end)
    assert place in event.place.name
    assert event.evidence.when


def test_a_chat_is_told_to_be_one():
    reading = reading_of("chat")
    assert not reading.events
    assert str(reading.reason) == "no_event (why=a_chat)"
