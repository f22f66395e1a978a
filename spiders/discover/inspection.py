"""One document looked at for discovery: what it tells, and what it offers besides. Runs in the reading processes."""

from __future__ import annotations

import re
from typing import cast

from spiders.discover.model import Inspection
from spiders.discover.page_links import offers
from spiders.items import Context, Document, Reading
from spiders.readers import dispatch
from spiders.readers.markup.page import Page

_HEAD = 20_000
_WEEK = 168.0
_DURATION = re.compile(
    r"^(?:REFRESH-INTERVAL|X-PUBLISHED-TTL)[^:\r\n]{0,60}:P(?:(?P<w>\d{1,3})W|(?:(?P<d>\d{1,3})D)?(?:T(?:(?P<h>\d{1,4})H)?(?:(?P<m>\d{1,5})M)?)?)",
    re.MULTILINE | re.IGNORECASE,
)
_TTL = re.compile(r"<ttl>\s*(\d{1,6})\s*</ttl>", re.IGNORECASE)
_PERIOD = re.compile(r"<sy:updatePeriod>\s*(hourly|daily|weekly|monthly|yearly)\s*<", re.IGNORECASE)
_HOURS = {"hourly": 1.0, "daily": 24.0, "weekly": _WEEK, "monthly": 720.0, "yearly": 8760.0}
_SITE_BEHIND = re.compile(r"\s+[-–—|·_»«]\s+|\s*[|_｜]\s*")


def inspect_document(document: Document, context: Context, kind: str) -> Inspection:
    """Read a document as ``kind`` (of `dispatch.read`) and look at what it offers. Never raises on bytes."""
    reading = dispatch.read(document, context, cast("dispatch.Kind", kind))
    if reading.reader in {"ical", "feed"} or not document.body.strip():
        return Inspection(reading=reading, title=reading.name, hours=declared_hours(document.body))
    page = Page(document)
    if not page.is_markup:
        return Inspection(reading=reading)
    return Inspection(reading=reading, offers=offers(page, context.now, _names(reading)), title=_name(page.title))


def _names(reading: Reading) -> frozenset[str]:
    """Who holds the one event that a page tells of, and where."""
    if len(reading.events) != 1:
        return frozenset()
    (event,) = reading.events
    return frozenset(filter(None, (event.organizer, event.place.name if event.place else None)))


def declared_hours(body: bytes) -> float | None:
    """How often a calendar or a feed says that it changes, in hours: REFRESH-INTERVAL (RFC 7986, 5.7) or
    X-PUBLISHED-TTL, ``ttl`` (RSS 2.0, minutes), ``sy:updatePeriod`` (RSS syndication module); None where it says
    nothing."""
    head = body[:_HEAD].decode("utf-8", "replace")
    if found := _DURATION.search(head):
        weeks, days, hours, minutes = (int(found[name] or 0) for name in "wdhm")
        return (weeks * _WEEK + days * 24 + hours + minutes / 60) or None
    if found := _TTL.search(head):
        return int(found[1]) / 60 or None
    found = _PERIOD.search(head)
    return _HOURS[found[1].lower()] if found else None


def _name(title: str | None) -> str | None:
    """A page's own name: its title without what stands behind a bar, which is the site's."""
    first = _SITE_BEHIND.split(title)[0].strip() if title else ""
    return first if len(first) >= 4 else title
