"""Bodies that are compressed and say so by their first bytes alone: unpacked within bounds, or refused."""

from __future__ import annotations

import gzip
import tracemalloc

import pytest

from spiders.errors import ReadError
from spiders.items import Document
from spiders.readers import dispatch
from spiders.readers.unpack import unpacked
from spiders.reasons import Code
from tests.support.documents import calendar

CALENDAR = calendar("示例读书会")


@pytest.mark.parametrize(
    "body",
    [
        CALENDAR,
        gzip.compress(CALENDAR),
        gzip.compress(gzip.compress(CALENDAR)),
        gzip.compress(CALENDAR[:99]) + gzip.compress(CALENDAR[99:]),
        gzip.compress(CALENDAR) + b"\0" * 512,
    ],
)
def test_what_was_packed_is_there_again(body):
    document = Document(body=body, url="https://club.example/a.ics")
    assert unpacked(document) == Document(body=CALENDAR, url="https://club.example/a.ics")


def test_at_most_two_layers_are_taken_off():
    body = CALENDAR
    for _ in range(3):
        body = gzip.compress(body)
    assert unpacked(Document(body=body)).body == gzip.compress(CALENDAR)


def bomb(mebibytes: int, layers: int = 1) -> bytes:
    body = b"A" * (mebibytes << 20)
    for _ in range(layers):
        body = gzip.compress(body)
    return body


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (bomb(11), Code.TOO_LARGE),
        (bomb(200), Code.TOO_LARGE),
        (bomb(200, layers=2), Code.TOO_LARGE),
        (bomb(6) + bomb(6), Code.TOO_LARGE),
        (gzip.compress(CALENDAR)[:-9], Code.CUT_OFF),
        (b"\x1f\x8b\x08", Code.CUT_OFF),
        (b"\x1f\x8b\x08 no gzip at all", Code.GARBLED_ANSWER),
    ],
)
def test_what_is_too_large_or_torn_is_refused_within_bounds(body, code):
    tracemalloc.start()
    with pytest.raises(ReadError) as caught:
        unpacked(Document(body=body))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert caught.value.reason.code is code
    assert peak < 64 << 20


def test_readers_see_what_was_packed_or_why_not(context):
    assert [event.title for event in dispatch.read(Document(body=gzip.compress(CALENDAR)), context).events] == [
        "示例读书会"
    ]
    refused = dispatch.read(Document(body=bomb(11)), context)
    assert (refused.refused, refused.reason.code) == (True, Code.TOO_LARGE)
