"""schema.org events of a page: JSON-LD first, then microdata and RDFa, each syntax read into the same nodes.

Block by block and node by node: what is broken costs itself. Types that are no occurrences (a series, a broadcast, a
delivery) are left out; a series' own events are not.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from spiders.items import Context, Document, Event, Reading
from spiders.readers.event_draft import EventDraft, event_of
from spiders.readers.markup import offsets
from spiders.readers.markup.page import Page
from spiders.readers.schema_org import json_ld, microdata
from spiders.readers.schema_org.nodes import Node, event_nodes
from spiders.readers.schema_org.properties import facts_of

NAME = "schema.org"
MAX_EVENTS = 2000


def read(document: Document, context: Context) -> Reading:
    """Events in the JSON-LD, microdata and RDFa of an HTML page (or of a bare JSON-LD document). Never raises."""
    page = Page(document)
    for reading in (read_json_ld(page, context), read_microdata(page, context), read_rdfa(page, context)):
        if reading.events:
            return reading
    return Reading(reader=NAME, reason="no event: no schema.org event in the page")


def read_json_ld(page: Page, context: Context) -> Reading:
    """Events of every JSON-LD block of the page."""
    roots, broken = json_ld.blocks(page)
    notes = (f"{broken} JSON-LD block{'s' if broken > 1 else ''} skipped: not readable",) if broken else ()
    return reading_of("json-ld", event_nodes(roots), page, context, notes)


def read_microdata(page: Page, context: Context) -> Reading:
    """Events of the page's microdata (HTML, 5: itemscope, itemprop, itemref)."""
    return reading_of("microdata", event_nodes(microdata.microdata(page)), page, context)


def read_rdfa(page: Page, context: Context) -> Reading:
    """Events of the page's RDFa (Lite 1.1: vocab, typeof, property)."""
    return reading_of("rdfa", event_nodes(microdata.rdfa(page)), page, context)


def reading_of(reader: str, nodes: list[Node], page: Page, context: Context, notes: tuple[str, ...] = ()) -> Reading:
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
        notes = (*notes, f"{silent} event{'s' if silent > 1 else ''} skipped: no start")
    reason = None if events else f"no event: no dated event in the page's {reader}"
    return Reading(reader=reader, events=tuple(events), reason=reason, notes=notes)
