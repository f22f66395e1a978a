"""What documents are like, whatever is read in them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from spiders.items import Document
from spiders.readers.looks import looks_of

PAGE = "<html><head><title>Evenings</title><script>var x = 'not seen'</script></head><body>{0}</body></html>"


def of(text: str, url: str | None = None, **headers: str):
    return looks_of(Document(body=text.encode(), url=url, headers=headers))


def test_a_page_is_what_one_sees_of_it():
    page = of(PAGE.format("Debate <b>evening</b>"), "https://www.club.example/list/?page=1")
    assert (page.letters, page.title, page.place) == (14, "Evenings", "club.example/list")
    assert (page.entries, page.asks_password) == (None, False)
    assert of(PAGE.format("<form><input type=password></form>")).asks_password


@pytest.mark.parametrize(("text", "closed"), [
    (PAGE, "</html>"), (PAGE + "\n<!-- 12 ms --> \n", "</html>"), (PAGE[:-12], None), (PAGE[:-7], "</body>"),
    ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", "end:vcalendar"),
    ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMM", None),
    ('<rss version="2.0"><channel><item/></channel></rss>', "</rss>"),
    ('{"events": []}', "}"), ("Debate on Friday", None), ("", None),
])  # fmt: skip
def test_how_it_ends(text, closed):
    assert of(text).closed == closed


def test_entries_of_feeds_and_calendars_are_counted():
    assert of("<rss><channel><item></item><item ></item></channel></rss>").entries == 2
    assert of("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VEVENT\nEND:VCALENDAR").entries == 1


@pytest.mark.parametrize(("text", "share"), [
    ("储能供应链对接沙龙，欢迎各位报名参加本次活动，周二晚上见", 1.0),
    ("A debate on Friday evening, all are welcome", 0.0),
    ("x", None),
])  # fmt: skip
def test_the_script_it_is_written_in(text, share):
    assert of(PAGE.format(text)).ideographs == share


def test_when_something_in_it_was_written_last():
    stamps = "DTSTAMP:20261101T000000Z\nLAST-MODIFIED:20261105T080000Z\nCREATED:20269901T000000Z\n"
    assert of(f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{stamps}END:VEVENT\n").newest == datetime(2026, 11, 5, 8, tzinfo=UTC)
    told = of(PAGE, **{"last-modified": "Fri, 20 Nov 2026 09:00:00 GMT"}).newest
    assert told == datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert of(PAGE, **{"last-modified": "yesterday"}).newest is None
