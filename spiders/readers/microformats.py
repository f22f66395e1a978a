"""Microformats: h-event and its elder hCalendar, each property within its own root (microformats.org, parsing rules).

Backward compatible roots (``vevent``) and modern ones (``h-event``) are read alike; the value-class pattern puts dates
together from their parts; a property inside a nested root (a venue's name) belongs to that root.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from spiders.items import Context, Document, Event, Place, Reading
from spiders.readers import normalize
from spiders.readers.event_draft import EventDraft, event_of, zone_of
from spiders.readers.markup import offsets
from spiders.readers.markup.page import Page
from spiders.readers.schema_org.microdata import text_of
from spiders.readers.timestamps import Timestamp, read_length, read_moment
from spiders.reasons import Code, Reason
from spiders.text.status import stated_status

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

NAME = "microformats"
MARKUPS: tuple[str, ...] = ("h-event", "hcalendar")
_NOTHING = Reason(Code.NO_EVENT, why=Reason(Code.NO_MICROFORMATS))
_ROOTS = frozenset({"h-event", "vevent"})
_NESTED = frozenset(
    {"h-card", "h-adr", "h-geo", "h-feed", "h-entry", "vcard", "hreview", "hentry", "h-review", "adr", "geo"}
)
# Property -> class names, modern first.
_CLASSES = {
    "name": ("p-name", "summary"),
    "start": ("dt-start", "dtstart"),
    "end": ("dt-end", "dtend"),
    "duration": ("dt-duration", "duration"),
    "location": ("p-location", "location"),
    "url": ("u-url", "url"),
    "uid": ("u-uid", "uid"),
    "description": ("e-content", "p-description", "p-summary", "description"),
    "category": ("p-category", "category"),
    "organizer": ("p-organizer", "organizer"),
    "status": ("p-status", "status"),
}
_PROPERTY_OF = {name: key for key, names in _CLASSES.items() for name in names}
_MAX_EVENTS = 1000
_MAX_STEPS = 200
_CLOCK = re.compile(r"(\d{1,2})(?::?(\d{2}))?(?::?(\d{2}))?\s*([ap])?\.?m?\.?\s*(Z|[+-]\d{2}:?\d{2})?", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d{1,2}(?:-\d{1,2})?|\d{8}|\d{4}-\d{3}")


def accepts(document: Document) -> bool:
    """Whether the document names a root of such an event."""
    return _may_tell(Page(document))


def _may_tell(page: Page) -> bool:
    return page.holds(b"vevent") or page.holds(b"h-event")


def read(document: Document, context: Context) -> Reading:
    """Events of the h-event and hCalendar markup of an HTML page. Never raises."""
    return read_page(Page(document), context)


def read_page(page: Page, context: Context) -> Reading:
    """The same for a page that is parsed already."""
    if not _may_tell(page):
        return Reading(reader=NAME, reason=_NOTHING)
    roots = page.tree.css(".h-event, .vevent")[:_MAX_EVENTS]
    told = [facts for root in roots if (facts := _facts(root, page, context)) is not None]
    is_false = offsets.judge((facts.start for facts in told), page, ZoneInfo(context.timezone))
    url = page.canonical if len(told) == 1 and not told[0].url else None
    found = [event_of(f, context, page_url=url, offsets_hold=not (f.start and is_false(f.start))) for f in told]
    events: list[Event] = [event for event in found if event is not None]
    lost = len(roots) - len(events)
    notes = (Reason(Code.EVENTS_SKIPPED, count=lost, why=Reason(Code.NO_START_OR_NAME)),) if lost else ()
    if not events:
        return Reading(reader=NAME, reason=_NOTHING, notes=notes)
    name = "h-event" if page.holds(b"h-event") else "hcalendar"
    return Reading(reader=name, events=tuple(events), notes=notes, zone=zone_of(told))


def _classes(node: LexborNode) -> list[str]:
    return (node.attributes.get("class") or "").split()


def _facts(root: LexborNode, page: Page, context: Context) -> EventDraft | None:
    found = properties_of(root)
    title = next((text for node in found.get("name", ()) if (text := normalize.line(_words(node)))), None)
    title = title or (
        normalize.line(root.text(separator=" ")) if "h-event" in _classes(root) and not found.get("name") else None
    )
    if title is None:
        return None
    start, words = _first_moment(found.get("start", ()), None, context)
    end, _ = _first_moment(found.get("end", ()), start, context)
    place, where = next((pair for node in found.get("location", ()) if (pair := _place(node))[1]), (None, None))
    lengths = (read_length(_machine_value(node)) for node in found.get("duration", ()))
    status = next((_words(node).strip().lower() for node in found.get("status", ())), "")
    return EventDraft(
        title=title,
        start=start,
        end=end,
        length=next((length for length in lengths if length), None),
        url=next((link for node in found.get("url", ()) if (link := _link(node, page.url))), None),
        uid=next((text for node in found.get("uid", ()) if (text := normalize.line(_machine_value(node)))), None),
        place=place,
        where=where,
        organizer=next((text for node in found.get("organizer", ()) if (text := _card_name(node))), None),
        description=next(
            (text for node in found.get("description", ()) if (text := normalize.plain(text_of(node)))), None
        ),
        categories=tuple(dict.fromkeys(t for node in found.get("category", ()) if (t := normalize.line(_words(node))))),
        status=stated_status(status, title),
        when=words,
    )


def properties_of(root: LexborNode) -> dict[str, list[LexborNode]]:
    """Elements by the property they carry, those of nested roots left to them."""
    found: dict[str, list[LexborNode]] = {}
    selector = ", ".join(f".{name}" for name in _PROPERTY_OF)
    for node in root.css(selector):
        if node.mem_id == root.mem_id or not _belongs(node, root):
            continue
        for name in _classes(node):
            if name in _PROPERTY_OF:
                found.setdefault(_PROPERTY_OF[name], []).append(node)
    if "url" not in found and (root.tag == "a" and root.attributes.get("href")):
        found["url"] = [root]
    return found


def _belongs(node: LexborNode, root: LexborNode) -> bool:
    above = node.parent
    for _ in range(_MAX_STEPS):
        if above is None or above.mem_id == root.mem_id:
            return above is not None
        names = set(_classes(above))
        if names & _ROOTS or names & _NESTED:
            return False
        above = above.parent
    return False


def _words(node: LexborNode) -> str:
    """The text of a property: the value-class pattern, a title on ``abbr``, else its words."""
    if (value := _value_class(node)) is not None:
        return value
    if node.tag == "data" and (value := node.attributes.get("value")):
        return value
    if node.tag == "abbr" and (title := node.attributes.get("title")):
        return title
    if node.tag == "img":
        return node.attributes.get("alt") or ""
    return text_of(node)


def _value_class(node: LexborNode) -> str | None:
    parts = [_machine_value(part) for part in node.css(".value, .value-title") if part.mem_id != node.mem_id]
    joined = [part.strip() for part in parts if part.strip()]
    return " ".join(dict.fromkeys(joined)) if joined else None


def _machine_value(node: LexborNode) -> str:
    attributes = node.attributes
    for name in ("datetime", "title", "value", "content"):
        if found := attributes.get(name):
            return found
    return node.text(separator=" ").strip()


def _first_moment(nodes: object, start: Timestamp | None, context: Context) -> tuple[Timestamp | None, str | None]:
    assert isinstance(nodes, list | tuple)
    for node in nodes:
        parts = [
            _machine_value(part).strip() for part in node.css(".value, .value-title") if part.mem_id != node.mem_id
        ]
        texts = [" ".join(parts), *parts] if parts else [_machine_value(node)]
        for text in texts:
            moment = read_moment(text) or _assembled(parts or [text], start)
            if moment is not None:
                return moment, text
        moment = _spoken(node.text(separator=" "), context) if start is None else None
        if moment is not None:
            return moment, normalize.line(node.text(separator=" "))
    return None, None


def _assembled(parts: list[str], start: Timestamp | None) -> Timestamp | None:
    """A day and a clock from separate parts; an end that gives its clock alone takes the day of the start."""
    day = next((part for part in parts if _DAY.fullmatch(part)), None)
    if day is None and start is not None:
        day = start.wall.date().isoformat()
    clock = next((found for part in parts if (found := _CLOCK.fullmatch(part.strip())) and part != day), None)
    if day is None or clock is None or not (clock.group(2) or clock.group(4)):
        return None
    hour, minute, _, half, offset = clock.groups()
    return read_moment(f"{day} {hour}:{minute or '00'}{' ' + half + 'm' if half else ''}{offset or ''}")


def _spoken(text: str, context: Context) -> Timestamp | None:
    from spiders.text.when import read_when

    sessions = read_when(text[:300], now=context.now, timezone=context.timezone).sessions
    if not sessions:
        return None
    first = sessions[0]
    return Timestamp(first.start.replace(tzinfo=None), first.all_day, None if first.all_day else first.start.tzinfo)


def _link(node: LexborNode, base: str | None) -> str | None:
    return normalize.web_address(node.attributes.get("href") or node.attributes.get("src") or node.text(), base)


def _card_name(node: LexborNode) -> str | None:
    inner = node.css_first(".p-name, .fn, .p-org, .org")
    name = normalize.line(_words(inner if inner is not None else node))
    return name if name and "@" not in name else None


def _place(node: LexborNode) -> tuple[Place | None, str | None]:
    """A location that is a card (name, address, point) or plain words."""

    def inner(*names: str) -> str | None:
        found = node.css_first(", ".join(f".{name}" for name in names))
        return normalize.line(_words(found)) if found is not None else None

    street = inner("p-street-address", "street-address")
    city = inner("p-locality", "locality")
    rest = (street, city, inner("p-region", "region"), inner("p-postal-code", "postal-code"))
    address = ", ".join(dict.fromkeys(part for part in rest if part)) or None
    point = normalize.coordinate(inner("p-latitude", "latitude"), inner("p-longitude", "longitude"))
    name = inner("p-name", "fn", "p-org", "org")
    words = normalize.line(_words(node))
    if not address and not name:
        return normalize.place_of(words, point), words
    if name and address and name == address:
        name = None
    place = Place(
        name=name,
        address=address,
        city=city,
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
    )
    return place, ", ".join(part for part in (name, address) if part) or None
