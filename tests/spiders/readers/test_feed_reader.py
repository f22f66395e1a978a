"""Feeds: every dialect, event modules, dates, broken XML, and prose with the posting time as its clock."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from planner.i18n.reasons import translate
from spiders.items import Context, Document, Reading
from spiders.readers import dispatch, feed
from spiders.reasons import Code
from tests.support.timing import spent, takes_less

NOW = datetime.fromisoformat("2026-11-20T20:00:00+08:00")
CONTEXT = Context(source="f", now=NOW, timezone="Asia/Shanghai", window_start=NOW, window_end=NOW + timedelta(days=60))


def read(text: str | bytes, kind: str = "auto") -> Reading:
    body = text if isinstance(text, bytes) else text.encode()
    return dispatch.read(Document(body=body, url="https://f.example.org/feed"), CONTEXT, kind=kind)  # type: ignore[arg-type]


def rss(*items: str, head: str = "") -> str:
    inner = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" {head}><channel><title>t</title>'
        f"{inner}</channel></rss>"
    )


EV = 'xmlns:ev="http://purl.org/rss/1.0/modules/event/" xmlns:xCal="urn:ietf:params:xml:ns:xcal"'
START = "<ev:startdate>2026-11-28T19:00</ev:startdate>"
DATED = f"<title>Lantern Walk</title><link>https://f.example.org/1</link><guid>id-1</guid>{START}"
DIALECTS = {
    "rss 2.0": rss(DATED, head=EV),
    "rss 0.91": rss(DATED, head=EV).replace('"2.0"', '"0.91"'),
    "rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
    f'{EV}><item rdf:about="id-1"><title>Lantern Walk</title><link>https://f.example.org/1</link>{START}</item></rdf:RDF>',
    "atom": f'<feed xmlns="http://www.w3.org/2005/Atom" {EV}><entry><title type="html">Lantern Walk</title>'
    f'<id>id-1</id><link rel="alternate" href="https://f.example.org/1"/>{START}</entry></feed>',
    "xcal": rss(DATED.replace("ev:startdate", "xCal:dtstart"), head=EV),
    "json feed": json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "items": [
            {"id": "id-1", "url": "https://f.example.org/1", "title": "Lantern Walk",
            "_event": {"start_date": "2026-11-28T19:00"}}]}
    ),
    "undeclared prefix": rss(DATED),
    "mismatched tag": rss(DATED + "<description><b>x</description>", head=EV),
    "bare ampersand": rss(DATED + "<category>Arts & Crafts</category>", head=EV),
    "html entity": rss(DATED + "<description>caf&eacute;&nbsp;</description>", head=EV),
    "cut off": rss(DATED, head=EV)[:-20],
    "control character": rss(DATED + "<description>a\x0bb</description>", head=EV),
}  # fmt: skip


@pytest.mark.parametrize("name", DIALECTS)
def test_dialects_and_faults(name: str) -> None:
    reading = read(DIALECTS[name])
    assert reading.reader == "feed"
    assert [(e.title, e.uid, e.url, e.start) for e in reading.events] == [
        ("Lantern Walk", "id-1", "https://f.example.org/1", datetime.fromisoformat("2026-11-28T19:00:00+08:00"))
    ]


def test_city_calendar_fields_in_words() -> None:
    item = (
        "<title>Budget Hearing</title><link>https://f.example.org/2</link>"
        "<calendarEvent:EventDates>November 30, 2026</calendarEvent:EventDates>"
        "<calendarEvent:EventTimes>07:00 PM - 09:00 PM</calendarEvent:EventTimes>"
        "<calendarEvent:Location>Town Hall</calendarEvent:Location>"
    )
    event = read(rss(item, head='xmlns:calendarEvent="https://f.example.org/c"')).events[0]
    assert (event.start, event.end) == (
        datetime.fromisoformat("2026-11-30T19:00:00+08:00"),
        datetime.fromisoformat("2026-11-30T21:00:00+08:00"),
    )
    assert event.place is not None
    assert event.place.name == "Town Hall"


def test_prose_is_read_with_the_posting_time_as_its_clock() -> None:
    item = (
        "<title>读书会预告</title><link>https://f.example.org/3</link><pubDate>2026年11月10日 10:00</pubDate>"
        "<description><![CDATA[<p>时间：11月28日（周六）14:00-16:00</p><p>地点：木叶书店</p><p>欢迎报名参加</p>]]>"
        "</description>"
    )
    event = read(rss(item)).events[0]
    assert event.start == datetime.fromisoformat("2026-11-28T14:00:00+08:00")
    assert event.published == datetime.fromisoformat("2026-11-10T10:00:00+08:00")


def test_a_posting_date_is_never_an_events_date() -> None:
    item = (
        "<title>Prices fall again</title><link>https://f.example.org/4</link><pubDate>Sat, 28 Nov 2026 10:00:00 "
        "GMT</pubDate><description>Nothing else.</description>"
    )
    reading = read(rss(item))
    assert reading.events == ()
    assert not reading.refused
    assert reading.reason is not None
    assert reading.reason.code is Code.SILENT_ITEMS


def test_an_item_without_text_gives_its_link_for_fetching() -> None:
    assert read(rss("<title>第九期沙龙报名</title><link>https://f.example.org/5</link>")).links == (
        "https://f.example.org/5",
    )


def test_full_text_wins_over_the_summary() -> None:
    head = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" ' + EV
    item = (
        DATED + "<description>short</description><content:encoded><![CDATA[<p>the whole text</p>]]></content:encoded>"
    )
    assert read(rss(item, head=head)).events[0].description == "the whole text"


@pytest.mark.parametrize("codec", ["utf-8", "gbk", "big5", "utf-16"])
def test_charsets(codec: str) -> None:
    text = rss(
        DATED.replace("Lantern Walk", "燈會散步")
        if codec == "big5"
        else DATED.replace("Lantern Walk", "河岸读书会报名"),
        head=EV,
    )
    body = text.replace('encoding="utf-8"', f'encoding="{codec}"').encode(codec)
    assert read(body).events[0].title in ("燈會散步", "河岸读书会报名")


def test_one_bad_byte_costs_one_character() -> None:
    reading = read(rss(DATED.replace("Lantern Walk", "河岸读书会 X"), head=EV).encode().replace(b" X", b" \xff"))
    assert reading.events[0].title.startswith("河岸读书会")
    assert any("doubtful text" in translate(note, "en") for note in reading.notes)


def test_entities_neither_grow_nor_reach_out(tmp_path: object) -> None:
    bomb = (
        '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    )
    document = bomb + rss(DATED + "<description>&b;&x;</description>", head=EV).split("?>", 1)[1]
    assert takes_less(4, lambda: read(document))
    reading = read(document)
    assert "root:" not in str(reading)
    assert "hahaha" not in str(reading)
    assert len(reading.events) == 1


@pytest.mark.parametrize(
    "item",
    [
        "<author>" + "a." * 20_000 + "</author>",
        "<author>" + "x" * 80_000 + "</author>",
        "<b>" * 5_000,
        "<description>" + "<" * 50_000,
    ],
)
def test_slow_parsers_are_not_reached(item: str) -> None:
    assert takes_less(4, lambda: read(rss(DATED + item, head=EV)))


def test_what_is_no_feed_is_refused() -> None:
    reading = read(
        "<html><head><title>Sign in</title></head><body><form><input type=password></form>Sign in</body></html>",
        kind="feed",
    )
    assert reading.refused
    assert "not a feed: HTML" in translate(reading.reason, "en")
    assert "sign-in" in translate(reading.reason, "en")


def test_links_of_other_schemes_are_dropped() -> None:
    for link in ("javascript:alert(1)", "java\tscript:x", "file:///etc/passwd", "data:text/html,x"):
        events = read(rss(DATED.replace("https://f.example.org/1", link), head=EV)).events
        assert all(event.url is None or event.url.startswith("https://") for event in events)


def test_beside_feedparser_four_times_faster_with_nothing_lost() -> None:
    feedparser = pytest.importorskip("feedparser")
    text = "<p>" + "A paragraph with <b>bold</b> and a <a href='/x'>link</a>. " * 25 + "</p>"
    body = rss(
        *(f"<title>Item {n}</title><link>https://f.example.org/{n}</link><pubDate>Sat, 21 Nov 2026 10:00:00 "
            f"GMT</pubDate>"
          f"<description><![CDATA[{text}]]></description>" for n in range(100))
    ).encode()  # fmt: skip
    from spiders.readers.feed.entries import entries_of

    theirs, ours = feedparser.parse(body).entries, entries_of(body.decode(), None)
    assert [entry.title for entry in ours] == [entry.title for entry in theirs]
    assert [entry.link for entry in ours] == [entry.link for entry in theirs]
    assert spent(lambda: entries_of(body.decode(), None)) * 4 < spent(lambda: feedparser.parse(body))


def test_what_it_accepts() -> None:
    assert feed.accepts(Document(body=b"\xef\xbb\xbf <?xml version='1.0'?>\n<!-- x --><rss>"))
    assert not feed.accepts(Document(body=b"<!DOCTYPE html><html><rss>"))


@pytest.mark.parametrize(
    "odd", ["<image><url>https://a.example/i.png</url><\ufffdwidth>64</width></image>", "<image></width></image>"]
)
def test_what_makes_the_library_stumble_costs_no_entry(odd):
    """Found by breeding inputs (`benchmarks/fuzz.py`)."""
    item = "<item><title>读书会 {0}</title><description>时间：2026年11月2{0}日 19:30</description></item>"
    body = f"<rss><channel>{odd}{item.format(5)}{item.format(6)}<broken></channel></rss>"
    assert [event.title for event in read(body).events] == ["读书会 5", "读书会 6"]
