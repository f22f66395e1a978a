"""豆瓣同城: activities of a city by kind. Unconfirmed: it rests on what others wrote down up to 2026.

``url`` is a list (``https://www.douban.com/location/shanghai/events/week-salon``; when: today, tomorrow, week, weekend,
future; kind: a word or a number). Its cards carry microdata of a vocabulary that is no longer schema.org's, so they are
read as cards. Its robots.txt asks for five seconds between two requests.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spiders.items import Context, Document
from spiders.layouts import Cards, Proof, Site, itself

_EACH = 10
"""Entries on one page."""


def _other_pages(document: Document, context: Context) -> Sequence[str]:
    from spiders.readers.markup.page import Page

    here = Page(document).tree.css_first(".paginator .thispage")
    total = (here.attributes.get("data-total-page") or "") if here is not None else ""
    if document.url is None or "?" in document.url or not total.isdecimal():
        return ()
    return [f"{document.url}?start={_EACH * page}" for page in range(1, min(int(total), 1000))]


SITE = Site(
    name="豆瓣同城",
    hosts=("douban.com",),
    path=r"/location/[a-z]+/events/[\w-]+/?",
    example="https://www.douban.com/location/shanghai/events/week-salon",
    asks=itself,
    goes_on=_other_pages,
    most_pages=3,
    layout=Cards(
        frame="ul.events-list",
        card="li.list-entry",
        title="[itemprop=summary]",
        when="time[itemprop=startDate]",
        end="time[itemprop=endDate]",
        where="[itemprop=location]",
        price=".fee",
        organizer=re.compile(r"发起\s*[:：]\s*(\S[^:：]*?)\s*(?:\d+\s*人|$)"),
        link='a[href*="/event/"]',
        keeps_query=False,
    ),
    proof=Proof(basis="facts", month="2026-11", confidence="B"),
)
