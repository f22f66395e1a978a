"""How fast the readers are, beside the libraries one would take instead: python -m benchmarks.speed_readers.

Needs QUANZI_CASES. extruct is compared only where it is installed (it is no dependency: python -m pip install extruct).
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from benchmarks import gold
from spiders.items import Context, Document
from spiders.readers import feed, ical
from spiders.readers.feed.entries import entries_of
from spiders.readers.feed.reader import posted
from spiders.readers.markup.page import Page
from spiders.readers.microformats import properties_of
from spiders.readers.microformats import read_page as read_microformats
from spiders.readers.schema_org import json_ld, microdata, read_json_ld, read_microdata, read_rdfa
from spiders.text.decode import decode


def seconds(work: Callable[[], object], repeats: int = 3) -> float:
    """The best of some runs, in seconds of this process."""
    best = float("inf")
    for _ in range(repeats):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best


def each(work: Callable[[bytes], object], bodies: list[bytes]) -> None:
    """The work done for every body."""
    for body in bodies:
        work(body)


def context(days: int, zone: str = "Asia/Shanghai") -> Context:
    now = datetime(2026, 2, 1, tzinfo=UTC)
    return Context(source="b", now=now, timezone=zone, window_start=now, window_end=now + timedelta(days=days))


def calendars() -> None:
    event = (
        "BEGIN:VEVENT\nUID:{n}\nSUMMARY:Event {n}\nDTSTART;TZID=Asia/Shanghai:{start}\nDURATION:PT2H\n"
        "{rule}END:VEVENT\n"
    )

    def made(start: str, rule: str) -> bytes:
        inner = "".join(event.format(n=n, start=start, rule=rule) for n in range(1000))
        return f"BEGIN:VCALENDAR\n{inner}END:VCALENDAR\n".encode()

    single, weekly = made("20260203T190000", ""), made("20250107T190000", "RRULE:FREQ=WEEKLY\n")
    print(f"1,000 single events: {seconds(lambda: ical.read(Document(body=single), context(60))):.3f} s (bar 0.5)")
    print(
        f"1,000 weekly series, one week: {seconds(lambda: ical.read(Document(body=weekly), context(7))):.3f} s "
        f"(bar 0.8)"
    )
    print(f"  recurring-ical-events alone: {seconds(lambda: expanded(weekly), 1):.3f} s")
    bodies = [file.read_bytes() for file in sorted((gold.cases() / "gold/dedupe/santarosa").glob("*.ics"))]
    asked = context(60, "America/Los_Angeles")
    print(
        f"a city's {len(bodies)} calendars: "
        f"{seconds(lambda: [ical.read(Document(body=b), asked) for b in bodies]):.3f} s (bar 2)"
    )


def expanded(body: bytes) -> object:
    """The same week by the library alone."""
    import icalendar
    import recurring_ical_events

    return recurring_ical_events.of(icalendar.Calendar.from_ical(body)).between((2026, 2, 1), (2026, 2, 8))


def feeds() -> None:
    import feedparser

    text = "<p>" + "A paragraph with <b>bold</b> and a <a href='/x'>link</a>. " * 20 + "</p>"
    items = "".join(
        f"<item><title>Item {n}</title><link>https://f.example.org/{n}</link><pubDate>Sat, 21 Nov 2026 "
        f"10:00:00 GMT</pubDate>"
        f"<description><![CDATA[{text}]]></description></item>"
        for n in range(200)
    )
    made = f'<rss version="2.0"><channel><title>t</title>{items}</channel></rss>'.encode()
    folder = gold.cases() / "corpus/feeds"
    real = [file.read_bytes() for name in ("community-calendar-rss", "miniflux", "wechat-rss")
            for file in sorted((folder / name).glob("*.xml")) if file.stat().st_size > 8000]  # fmt: skip
    for name, bodies in (("200 items of HTML", [made]), (f"{len(real)} real feeds", real)):
        ours = [seconds(partial(dated, body)) for body in bodies]
        theirs = [seconds(partial(feedparser.parse, body)) for body in bodies]
        ratios = sorted(slow / quick for slow, quick in zip(theirs, ours, strict=True))
        print(f"{name}, parsed and dated: ours {sum(ours):.4f} s, feedparser's defaults {sum(theirs):.4f} s")
        print(f"  {sum(theirs) / sum(ours):.1f} times; of single feeds {ratios[0]:.1f} to {ratios[-1]:.1f} (bar 4)")
    whole = seconds(lambda: [feed.read(Document(body=body), context(60)) for body in real])
    items = sum(len(entries_of(decode(body).text, None)) for body in real)
    print(f"  with every item read as an announcement, which feedparser does not do: {whole:.3f} s for {items:,} items")


def dated(body: bytes) -> None:
    """What feedparser does: the entries of a feed, their plain texts, their posting times."""
    asked = context(60)
    for entry in entries_of(decode(body).text, None):
        posted(entry.posted, asked)


def pages() -> None:
    folder = gold.cases()
    lines = (folder / "gold/html/cases.jsonl").read_text(encoding="utf-8").splitlines()
    kinds = {"json-ld", "microdata", "hcalendar"}
    files = [folder / "corpus" / case["file"] for case in map(json.loads, lines) if case["kind"] in kinds]
    bodies = [file.read_bytes() for file in files if file.exists()]
    ours = seconds(lambda: [marked_up(body) for body in bodies])
    bare = seconds(lambda: [extracted(body) for body in bodies])
    print(f"{len(bodies)} pages, all markups: ours {ours:.3f} s to events, {bare:.3f} s to bare nodes")
    try:
        import extruct
    except ImportError:
        print("  extruct: not installed")
        return

    def theirs() -> None:
        for body in bodies:
            try:
                extruct.extract(decode(body).text)
            except Exception as problem:  # noqa: BLE001 - the benchmark counts its time whatever it raises
                print(f"  extruct: {type(problem).__name__}")

    took = seconds(theirs, 1)
    print(f"  extruct, all syntaxes: {took:.3f} s: {took / ours:.0f} times, {took / bare:.0f} times")


def extracted(body: bytes) -> None:
    """What extruct does and no more: the nodes of every syntax, unjudged."""
    page = Page(Document(body=body))
    json_ld.blocks(page)
    microdata.microdata(page)
    microdata.rdfa(page)
    if page.holds(b"vevent") or page.holds(b"h-event"):
        for root in page.tree.css(".h-event, .vevent"):
            properties_of(root)


def marked_up(body: bytes) -> None:
    """Every markup of one page, as choose reads them."""
    page = Page(Document(body=body))
    for read in (read_json_ld, read_microdata, read_rdfa, read_microformats):
        read(page, context(60))


if __name__ == "__main__":
    calendars()
    feeds()
    pages()
