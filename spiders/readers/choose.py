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
from spiders.readers import feed, ical, merging
from spiders.readers.page import Page
from spiders.readers.refusal import filled_by_script, refusal_of

Kind = Literal["auto", "text", "html", "ical", "feed", "json", "listing"]


def read(document: Document, context: Context, kind: Kind = "auto") -> Reading:
    """Events of a document and the name of the reader that found them, or the reason why there are none.

    ``kind`` says what was expected: a page where a calendar should be is a refusal, not a page. Never raises on bytes.
    """
    if kind == "text":
        return _announcement(document, context)
    if kind == "ical" or (kind == "auto" and ical.looks_like(document.body)):
        return _settled(_with_refusal(ical.read(document, context), document))
    if kind == "feed" or (kind == "auto" and feed.looks_like(document.body)):
        return _settled(_with_refusal(feed.read(document, context), document))
    return _settled(_of_page(document, context, kind))


def _of_page(document: Document, context: Context, kind: Kind) -> Reading:
    """A page, bare JSON, or plain text that is no markup at all."""
    if not document.body.strip():
        return Reading(reader="none", reason="empty: no content", refused=True)
    page = Page(document)
    if kind == "json" or page.first in ("{", "["):
        return _json(page, context)
    if kind == "auto" and not _is_markup(page):
        return _announcement(document, context)
    return _page(page, document, context, listing_first=kind == "listing")


def _is_markup(page: Page) -> bool:
    if page.first == "<":
        return True
    head = page.text[:20_000].lower()
    return any(tag in head for tag in ("<html", "<body", "<div", "<p>", "<p ", "<table", "<li", "<br", "<script"))


def _settled(reading: Reading) -> Reading:
    """Repeats told once, every event with a uid of its own; a calendar's own uids and repeats are its contract."""
    if reading.reader == ical.NAME:
        return reading
    return replace(reading, events=merging.with_own_uids(merging.without_repeats(reading.events)))


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
            return reading
    return Reading(reader="json", reason="no event: JSON without dated events")


def _page(page: Page, document: Document, context: Context, *, listing_first: bool) -> Reading:
    reading = _structured(page, context)
    if reading.events and not listing_first:
        return reading
    if not reading.events and (why := refusal_of(page)) is not None:
        return Reading(reader="refusal", reason=f"refused: {why}", refused=True)
    notes = reading.notes
    from spiders.readers import listing

    found = listing.read_page(page, context)
    if found.events:
        return replace(found, notes=(*notes, *found.notes))
    if reading.events:
        return reading
    if filled_by_script(page):
        return Reading(reader="refusal", reason="refused: the page is filled by script", notes=notes, refused=True)
    last = _announcement(document, context)
    return replace(
        last, notes=(*notes, *last.notes), links=(*found.links, *last.links), reason=last.reason or found.reason
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
    events: tuple[Event, ...] = merging.without_repeats(speaking[0].events)
    for reading in speaking[1:]:
        events = merging.merged(events, reading.events, lambda at: (at.hour, at.minute) in page.clocks)
    told = tuple(f"{reading.reader}: {len(reading.events)} events" for reading in speaking)
    return Reading(reader=speaking[0].reader, events=events, notes=(*notes, *(told if len(told) > 1 else ())))


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
