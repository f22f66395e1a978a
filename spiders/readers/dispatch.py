"""Which reader speaks for a document: looked up in its bytes, in one order of trust, with the reason when none does.

A calendar, a feed or a picture is what its first bytes say, whatever the content type. On a page the markups that were
made for programs come first (JSON-LD, microdata, RDFa, microformats, embedded state), then lists of dated entries, and
the reading of prose last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Literal

from spiders.errors import ReadError
from spiders.items import Context, Document, Event, Reading
from spiders.readers import Reader, dedupe, feed, ical, picture, prose
from spiders.readers.illustrations import illustrated
from spiders.readers.markup.page import Page
from spiders.readers.markup.refusal import filled_by_script, refusal_of
from spiders.readers.page_notice import with_notice
from spiders.readers.unpack import unpacked
from spiders.reasons import Code, Reason
from spiders.text.decode import decode

Kind = Literal["auto", "text", "html", "ical", "feed", "json", "listing", "picture"]

_BY_FIRST_BYTES: tuple[tuple[Reader, Code], ...] = ((ical, Code.BY_CALENDAR_BYTES), (feed, Code.BY_FEED_BYTES))


def read(document: Document, context: Context, kind: Kind = "auto") -> Reading:
    """Events of a document and the name of the reader that found them, or the reason why there are none.

    ``kind`` says what was expected: a page where a calendar should be is a refusal, not a page. Never raises on bytes.
    """
    try:
        document = unpacked(document)
    except ReadError as exc:
        return _because(Reading(reader="none", reason=exc.reason, refused=True), Code.BY_NOTHING)
    if kind == "text":
        return _because(_announcement(document, context), Code.BY_WISH)
    if kind == picture.NAME or (kind == "auto" and picture.accepts(document)):
        return _because(picture.read(document, context), Code.BY_WISH if kind != "auto" else Code.BY_PICTURE_BYTES)
    reading = _settled(_read(document, context, kind))
    return reading if reading.reader == "announcement" else prose.completed(reading, context)


def _read(document: Document, context: Context, kind: Kind) -> Reading:
    for reader, why in _BY_FIRST_BYTES:
        if kind == reader.NAME or (kind == "auto" and reader.accepts(document)):
            reading = _with_refusal(reader.read(document, context), document)
            return _because(reading, why if kind == "auto" else Code.BY_WISH)
    if not document.body.strip():
        return _because(Reading(reader="none", reason=Reason(Code.EMPTY), refused=True), Code.BY_NOTHING)
    page = Page(document)
    if kind == "json" or page.first in ("{", "["):
        return _json(page, context)
    if kind == "auto" and not page.is_markup:
        return _because(_announcement(document, context), Code.BY_PLAIN_TEXT)
    return _page(page, document, context, listing_first=kind == "listing")


def _because(reading: Reading, why: Code) -> Reading:
    return replace(reading, why=Reason(why))


def _settled(reading: Reading) -> Reading:
    """Repeats told once, every event with a uid of its own; a calendar's own uids and repeats are its contract."""
    if not reading.events and reading.reason is None:
        reading = replace(reading, reason=Reason(Code.NO_EVENT, why=Reason(Code.NOTHING_DATED)))
    if reading.reader == ical.NAME:
        return reading
    return replace(reading, events=dedupe.with_own_uids(dedupe.without_repeats(reading.events)))


def _with_refusal(reading: Reading, document: Document) -> Reading:
    """The reason made more exact where the page that came instead says what it is."""
    if not reading.refused or reading.reason is None or reading.reason["kind"] != Reason(Code.KIND_HTML):
        return reading
    page = refusal_of(Page(document))
    if page is None:
        return reading
    return replace(reading, reason=Reason(reading.reason.code, kind=Reason(Code.KIND_HTML_REFUSED, why=Reason(page))))


def _json(page: Page, context: Context) -> Reading:
    from spiders.readers import app_state, schema_org

    for reading in (schema_org.read_json_ld(page, context), app_state.read_page(page, context)):
        if reading.events:
            return _because(reading, Code.BY_JSON_OBJECTS)
    reason = Reason(Code.NO_EVENT, why=Reason(Code.NO_DATED_JSON))
    return _because(Reading(reader="json", reason=reason), Code.BY_BARE_JSON)


def _page(page: Page, document: Document, context: Context, *, listing_first: bool) -> Reading:
    reading = _structured(page, context)
    if reading.events and not listing_first:
        return with_notice(reading, page, document, context)
    if not reading.events and (what := refusal_of(page)) is not None:
        return _because(_refused(what), Code.BY_PAGE_ITSELF)
    from spiders.readers import listing

    notes = reading.notes
    found = listing.read_page(page, context)
    if found.events:
        why = Code.BY_WISH if listing_first else Code.BY_LIST
        found = with_notice(replace(found, notes=(*notes, *found.notes)), page, document, context)
        return _because(found, why)
    if reading.events:
        return with_notice(reading, page, document, context)
    if filled_by_script(page):
        return _because(replace(_refused(Code.PAGE_FILLED_BY_SCRIPT), notes=notes), Code.BY_FEW_WORDS)
    last = _announcement(document, context)
    prose = replace(
        last,
        notes=(*notes, *last.notes),
        links=(*found.links, *last.links),
        reason=last.reason or (None if last.events else found.reason),
    )
    article = illustrated(last, page.text, page.text, context, title=None, page=page.url)
    return _because(replace(prose, illustrated=(article,) if article is not None else ()), Code.BY_PROSE)


def _refused(what: Code) -> Reading:
    return Reading(reader="refusal", reason=Reason(Code.REFUSED, why=Reason(what)), refused=True)


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
    others = tuple(Reason(Code.READER_FOUND, reader=each.reader, count=len(each.events)) for each in speaking[1:])
    why = Reason(Code.BY_MARKUPS, others=others) if others else Reason(Code.BY_MARKUP)
    if speaking[0] is readings[-1] and len(readings) > 4:
        why = Reason(Code.BY_APP_STATE)
    return Reading(reader=speaking[0].reader, events=events, notes=notes, why=why, zone=speaking[0].zone)


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

    reading = announcement.read(document, context)
    if context.second == "never":
        return reading
    from spiders.readers.second import question_of

    asked = question_of(reading, decode(document.body, document.headers).text, context, url=document.url)
    return replace(reading, questions=(asked,) if asked is not None else ())
