"""The Events Calendar, a plugin of WordPress that thousands of clubs, libraries and venues use.

``url`` is any page of the site. Its public interface tells all that is to come; where it is switched off, the calendar
file of the list is asked for, which holds only what one page of it shows (some 30 events).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from spiders.discover.address import origin_of
from spiders.items import Context, Document
from spiders.layouts import Proof, Rows, Site

_ROWS = "/wp-json/tribe/events/v1/events"


def _asks(address: str, now: datetime) -> tuple[str, ...]:
    origin = origin_of(address)
    return (f"{origin}{_ROWS}?per_page=50&start_date={now:%Y-%m-%d}", f"{origin}/events/?ical=1")


def _other_pages(document: Document, context: Context) -> Sequence[str]:
    if document.url is None or urlsplit(document.url).path != _ROWS:
        return ()
    try:
        pages = int(json.loads(document.body)["total_pages"])
    except (ValueError, KeyError, TypeError):
        return ()
    return [f"{_asks(document.url, context.now)[0]}&page={page}" for page in range(2, min(pages, 1000) + 1)]


SITE = Site(
    name="The Events Calendar",
    example="https://club.example/events/",
    asks=_asks,
    layout=Rows(lists=("events",), each=("title", "start_date")),
    goes_on=_other_pages,
    wants="json",
    proof=Proof(basis="recorded", month="2026-11", confidence="A"),
)
