"""Which reader speaks for a document: looked up in its bytes, in one order of trust, with the reason when none does.

A calendar or a feed is what its first bytes say, whatever the content type. On a page the markups that were made for
programs come first (JSON-LD, microdata, RDFa, microformats, embedded state), then lists of dated entries, and the
reading of prose last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Literal

from spiders.items import Context, Document, Event, Reading
from spiders.readers import dedupe, feed, ical
from spiders.readers.markup.page import Page
from spiders.readers.markup.refusal import filled_by_script, refusal_of

Kind = Literal["auto", "text", "html", "ical", "feed", "json", "listing"]


def read(document: Document, context: Context, kind: Kind = "auto") -> Reading:
    """Events of a document and the name of the reader that found them, or the reason why there are none.

    ``kind`` says what was expected: a page where a calendar should be is a refusal, not a page. Never raises on bytes.
    """
    if kind == "text":
        return _because(_announcement(document, context), _ASKED)
    if kind == "ical" or (kind == "auto" and ical.looks_like(document.body)):
        why = _ASKED if kind == "ical" else "its first bytes are those of a calendar"
        return _settled(_because(_with_refusal(ical.read(document, context), document), why))
    if kind == "feed" or (kind == "auto" and feed.looks_like(document.body)):
        why = _ASKED if kind == "feed" else "its first bytes are those of a feed"
        return _settled(_because(_with_refusal(feed.read(document, context), document), why))
    return _settled(_of_page(document, context, kind))


_ASKED = "it was asked for"


def _because(reading: Reading, why: str) -> Reading:
    return replace(reading, why=why)


def _of_page(document: Document, context: Context, kind: Kind) -> Reading:
    """A page, bare JSON, or plain text that is no markup at all."""
    if not document.body.strip():
        return Reading(reader="none", reason="empty: no content", refused=True, why="there is nothing to read")
    page = Page(document)
    if kind == "json" or page.first in ("{", "["):
        return _json(page, context)
    if kind == "auto" and not _is_markup(page):
        return _because(_announcement(document, context), "plain text, no markup")
    return _page(page, document, context, listing_first=kind == "listing")


def _is_markup(page: Page) -> bool:
    if page.first == "<":
        return True
    head = page.text[:20_000].lower()
    return any(tag in head for tag in ("<html", "<body", "<div", "<p>", "<p ", "<table", "<li", "<br", "<script"))


def _settled(reading: Reading) -> Reading:
    """Repeats told once, every event with a uid of its own; a calendar's own uids and repeats are its contract."""
    if not reading.events and reading.reason is None:
        reading = replace(reading, reason="no event: nothing dated was found")
    if reading.reader == ical.NAME:
        return reading
    return replace(reading, events=dedupe.with_own_uids(dedupe.without_repeats(reading.events)))


def _with_refusal(reading: Reading, document: Document) -> Reading:
    """The reason made more exact where the page that came instead says what it is."""
    if not reading.refused or "HTML" not in (reading.reason or ""):
        return reading
    why = refusal_of(Page(document))
    return replace(reading, reason=f"{reading.reason} (refused: {why})") if why else reading


def _json(page: Page, context: Context) -> Reading:
    from spiders.readers import app_state, schema_org

    for reading in (schema_org.read_json_ld(page, context), app_state.read_page(page, context)):
        if reading.events:
            return _because(reading, "bare JSON whose objects are such events")
    return Reading(reader="json", reason="no event: JSON without dated events", why="bare JSON")


def _page(page: Page, document: Document, context: Context, *, listing_first: bool) -> Reading:
    reading = _structured(page, context)
    if reading.events and not listing_first:
        return reading
    if not reading.events and (why := refusal_of(page)) is not None:
        told = "no markup tells of events, and the page says what it is"
        return Reading(reader="refusal", reason=f"refused: {why}", refused=True, why=told)
    notes = reading.notes
    from spiders.readers import listing

    found = listing.read_page(page, context)
    if found.events:
        why = _ASKED if listing_first else "no markup tells of events, dated entries stand in a list"
        return replace(found, notes=(*notes, *found.notes), why=why)
    if reading.events:
        return reading
    if filled_by_script(page):
        reason, why = "refused: the page is filled by script", "the page shows next to no words"
        return Reading(reader="refusal", reason=reason, notes=notes, refused=True, why=why)
    last = _announcement(document, context)
    return replace(
        last,
        notes=(*notes, *last.notes),
        links=(*found.links, *last.links),
        reason=last.reason or (None if last.events else found.reason),
        why="no markup and no list tells of events: the page is read as prose",
    )


def _structured(page: Page, context: Context) -> Reading:
    """The first markup that tells of events, with what the others know more of them, and the events only they tell."""
    readings = list(_markups(page, context))
    speaking = [reading for reading in readings if reading.events]
    if not speaking:
        # A program's state tells more than the page shows (what else is on, what was): only where no markup speaks.
        from spiders.readers import app_state

        readings.append(app_state.read_page(page, context))
        speaking = [reading for reading in readings[-1:] if reading.events]
    notes = tuple(note for reading in readings for note in reading.notes)
    if not speaking:
        return Reading(reader="none", notes=notes)
    events: tuple[Event, ...] = dedupe.without_repeats(speaking[0].events)
    for reading in speaking[1:]:
        events = dedupe.merged(events, reading.events, lambda at: (at.hour, at.minute) in page.clocks)
    told = tuple(f"{reading.reader}: {len(reading.events)} events" for reading in speaking)
    also = f"; also {', '.join(told[1:])}" if len(told) > 1 else ""
    by_script = speaking[0] is readings[-1] and len(readings) > 4
    why = "no markup tells of events, a script's state does" if by_script else f"the most trusted markup{also}"
    return Reading(reader=speaking[0].reader, events=events, notes=notes, why=why)


def _markups(page: Page, context: Context) -> Iterator[Reading]:
    from spiders.readers import microformats, schema_org

    readers: tuple[Callable[[Page, Context], Reading], ...] = (
        schema_org.read_json_ld,
        schema_org.read_microdata,
        schema_org.read_rdfa,
        microformats.read_page,
    )
    for read_page in readers:
        yield read_page(page, context)


def _announcement(document: Document, context: Context) -> Reading:
    from spiders.readers import announcement

    return announcement.read(document, context)
