"""schema.org events of a page: JSON-LD first, then microdata and RDFa, each syntax read into the same nodes.

Block by block and node by node: what is broken costs itself. Types that are no occurrences (a series, a broadcast, a
delivery) are left out; a series' own events are not.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from spiders.items import Context, Document, Event, Reading
from spiders.readers.event_draft import EventDraft, event_of, zone_of
from spiders.readers.markup import offsets
from spiders.readers.markup.page import Page
from spiders.readers.schema_org import json_ld, microdata
from spiders.readers.schema_org.nodes import Node, event_nodes
from spiders.readers.schema_org.properties import facts_of
from spiders.reasons import Code, Reason

NAME = "schema.org"
MARKUPS: tuple[str, ...] = ("json-ld", "microdata", "rdfa")
MAX_EVENTS = 2000


def accepts(document: Document) -> bool:
    """Whether the document is bare JSON, or a page with an attribute that one of the markups needs."""
    page = Page(document)
    return page.first in ("{", "[") or any(page.holds(mark) for mark in (b"ld+json", b"itemscope", b"typeof"))


def read(document: Document, context: Context) -> Reading:
    """Events in the JSON-LD, microdata and RDFa of an HTML page (or of a bare JSON-LD document). Never raises."""
    return read_page(Page(document), context)


def read_page(page: Page, context: Context) -> Reading:
    """Those of the first markup that tells of any."""
    for reading in (read_json_ld(page, context), read_microdata(page, context), read_rdfa(page, context)):
        if reading.events:
            return reading
    return Reading(reader=NAME, reason=Reason(Code.NO_EVENT, why=Reason(Code.NO_SCHEMA_ORG)))


def read_json_ld(page: Page, context: Context) -> Reading:
    """Events of every JSON-LD block of the page."""
    roots, broken = json_ld.blocks(page)
    notes = (Reason(Code.BLOCKS_SKIPPED, count=broken),) if broken else ()
    return reading_of("json-ld", event_nodes(roots), page, context, notes)


def read_microdata(page: Page, context: Context) -> Reading:
    """Events of the page's microdata (HTML, 5: itemscope, itemprop, itemref)."""
    return reading_of("microdata", event_nodes(microdata.microdata(page)), page, context)


def read_rdfa(page: Page, context: Context) -> Reading:
    """Events of the page's RDFa (Lite 1.1: vocab, typeof, property)."""
    return reading_of("rdfa", event_nodes(microdata.rdfa(page)), page, context)


def reading_of(reader: str, nodes: list[Node], page: Page, context: Context, notes: tuple[Reason, ...] = ()) -> Reading:
    """Events of nodes, with the page's judgement of their offsets; those without a start are counted."""
    told: list[EventDraft] = []
    for node in nodes[:MAX_EVENTS]:
        told.extend(facts_of(node, page, context))
    is_false = offsets.judge((facts.start for facts in told), page, ZoneInfo(context.timezone))
    events: list[Event] = []
    silent = 0
    for facts in told:
        hold = facts.start is None or not is_false(facts.start)
        page_url = page.canonical if len(told) == 1 and not facts.url else None
        event = event_of(facts, context, page_url=page_url, offsets_hold=hold)
        if event is None:
            silent += 1
        else:
            events.append(event)
    if silent:
        notes = (*notes, Reason(Code.EVENTS_SKIPPED, count=silent, why=Reason(Code.NO_START)))
    reason = None if events else Reason(Code.NO_EVENT, why=Reason(Code.NO_DATED_MARKUP, markup=reader))
    return Reading(reader=reader, events=tuple(events), reason=reason, notes=notes, zone=zone_of(told))
