"""What every reader keeps, whatever it reads."""

from __future__ import annotations

import random

import pytest

from planner.i18n.reasons import translate
from spiders.items import Document, Event, Reading
from spiders.readers import (
    PageReader,
    Reader,
    announcement,
    app_state,
    club_rule,
    feed,
    ical,
    listing,
    microformats,
    picture,
    schema_org,
)
from spiders.readers.markup.page import Page
from spiders.reasons import Code

PAGE_READERS: tuple[PageReader, ...] = (schema_org, microformats, app_state, listing)
READERS: tuple[Reader, ...] = (ical, feed, announcement, club_rule, picture, *PAGE_READERS)

ICAL = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:Walk\nDTSTART:20261128T100000Z\nEND:VEVENT\nEND:VCALENDAR\n"
ITEM = b"<item><title>Walk</title><description>Sat 28 Nov 2026, 19:30, Room 3</description></item>"
RSS = b"<rss><channel>" + ITEM + b"</channel></rss>"
PAGE = (
    b'<html><body><script type="application/ld+json">{"@type":"Event","name":"Walk","startDate":"2026-11-28"}</script>'
    b'<div class="h-event"><b class="p-name">Walk</b><time class="dt-start">2026-11-28</time></div></body></html>'
)
BROKEN = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:nonsense\nRRULE:FREQ=SECONDLY\nEND:VEVENT"


def hostile() -> list[bytes]:
    """Documents that nobody would write: nothing, noise, halves, nests, and one kind dressed as another."""
    noise = random.Random(7)
    whole = (ICAL, RSS, PAGE, BROKEN, '{"events": [{"title": "x", "start": null}]}'.encode("utf-16"))
    return [
        b"",
        b" \n\t",
        b"\0" * 100,
        b"\xff\xfe\xfd" * 50,
        b"<" * 3000,
        b"[" * 3000,
        b'{"a":' * 3000,
        b"<div>" * 3000,
        "周四 99:99 2026年13月45日".encode(),
        "每周四 19:30，三叶会客厅".encode("gb18030"),
        *(bytes(noise.randrange(256) for _ in range(400)) for _ in range(20)),
        *(each[: len(each) * part // 4] for each in whole for part in range(1, 5)),
        *(bytes(noise.choice((byte, noise.randrange(256))) for byte in each) for each in whole),
    ]


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: str(reader.NAME))
class TestReader:
    def readings(self, reader: Reader, context) -> list[Reading]:
        return [reader.read(Document(body=body, url="https://a.example/"), context) for body in hostile()]

    def test_it_says_whether_it_accepts_any_bytes(self, reader: Reader) -> None:
        assert {type(reader.accepts(Document(body=body))) for body in hostile()} == {bool}

    def test_it_accepts_nothing_at_all_by_no_means(self, reader: Reader) -> None:
        assert not reader.accepts(Document(body=b""))

    def test_it_reads_any_bytes_and_says_why_there_is_nothing(self, reader: Reader, context) -> None:
        for reading in self.readings(reader, context):
            assert all(type(event) is Event for event in reading.events)
            assert reading.events or reading.reason is not None

    def test_its_readings_bear_its_name(self, reader: Reader, context) -> None:
        for reading in self.readings(reader, context):
            assert reading.reader == reader.NAME or (
                reading.events and reading.reader in getattr(reader, "MARKUPS", ())
            )

    def test_what_it_says_has_words(self, reader: Reader, context) -> None:
        for reading in self.readings(reader, context):
            doubts = [doubt for event in reading.events for doubt in event.evidence.doubts]
            for reason in filter(None, (reading.reason, *reading.notes, *doubts)):
                assert isinstance(reason.code, Code)
                assert translate(reason, "zh")


@pytest.mark.parametrize("reader", PAGE_READERS, ids=lambda reader: str(reader.NAME))
def test_a_page_is_read_as_its_document_is(reader: PageReader, context) -> None:
    for body in (PAGE, RSS, b"", *hostile()[:8]):
        document = Document(body=body, url="https://a.example/")
        assert reader.read_page(Page(document), context) == reader.read(document, context)


@pytest.mark.parametrize(("reader", "body"), [(ical, ICAL), (feed, RSS), (schema_org, PAGE), (microformats, PAGE)])
def test_what_it_reads_it_accepts(reader: Reader, body: bytes, context) -> None:
    assert reader.accepts(Document(body=body))
    assert reader.read(Document(body=body), context).events
