"""活动行: activities of a city, by subject. Unconfirmed: it rests on what others wrote down in 2026.

``url`` is a list (``https://www.huodongxing.com/eventlist?city=上海&tag=AI``, or ``/events?…``). The two addresses took
turns in being the one that works, each with cards of its own: full days without an hour, and days without a year. So
the other is asked where one gives nothing, and both kinds of cards are known. An entry's own page tells the hour in
``ativityJson`` (the site's own spelling). Machines in data centres are refused; a list may show 30 pages a minute, own
pages less.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit, urlunsplit

from spiders.items import Context, Document
from spiders.layouts import Cards, Markup, OneOf, Proof, Site

_LISTS = ("/eventlist", "/events")
_PAGES = re.compile(
    r"elem\s*:\s*['\"]#?pagination['\"]\s*,\s*count\s*:\s*(\d{1,6})\s*,\s*limit\s*:\s*(\d{1,4})\s*,\s*curr\s*:\s*(\d{1,4})"
)
"""How many entries there are, how many on a page, and which page this is."""

_DAYS = Cards(
    frame=".search-tab-content-list",
    empty=".hd-empty-list",
    card=".search-tab-content-item",
    title="a.item-title",
    when=".item-data",
    where=".item-dress",
    link='a[href*="/event/"]',
    keeps_query=False,
    asks_own_pages=True,
)
_WITHOUT_YEAR = Cards(
    frame=".search-tab-content-list-check",
    empty=".hd-empty-list",
    card=".search-tab-content-item-mesh",
    title=".item-title",
    when=".item-dress p",
    where=".item-dress-pp",
    organizer=".user-name",
    link='a[href*="/event/"]',
    keeps_query=False,
    asks_own_pages=True,
)


def _asks(address: str, now: datetime) -> tuple[str, ...]:
    parts = urlsplit(address)
    asked = parts.path.rstrip("/")
    if asked not in _LISTS:
        return (address,)
    return tuple(urlunsplit(parts._replace(path=path)) for path in (asked, *(one for one in _LISTS if one != asked)))


def _other_pages(document: Document, context: Context) -> Sequence[str]:
    found = _PAGES.search(document.body.decode("utf-8", "replace"))
    if document.url is None or found is None or int(found[3]) != 1 or not int(found[2]):
        return ()
    pages = min(-(-int(found[1]) // int(found[2])), 1000)
    joint = "&" if urlsplit(document.url).query else "?"
    return [f"{document.url}{joint}page={page}" for page in range(2, pages + 1)]


SITE = Site(
    name="活动行",
    hosts=("huodongxing.com",),
    path="/|/(?:eventlist|events)/?",
    example="https://www.huodongxing.com/eventlist?city=上海&orderby=hot",
    asks=_asks,
    goes_on=_other_pages,
    most_pages=2,
    layout=OneOf((_DAYS, _WITHOUT_YEAR)),
    own_page=Markup(frame="ativityJson", each='"Start"', is_state=True),
    proof=Proof(basis="facts", month="2026-11", confidence="A"),
)
