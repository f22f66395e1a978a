"""A list of cards, one an event, by selectors: where its name, day and place stand in each.

The words of a card are read by the time grammar, never by a pattern of their own, so that a site may change how it
writes a day. What a list says of a last day alone ("until ...") is no start: its entries' own pages are asked for.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from spiders.items import Context, Document, Event, Evidence, Place, Reading
from spiders.layouts.layout import changed, nothing_listed, refused, settled
from spiders.reasons import Code, Reason

if TYPE_CHECKING:
    from spiders.readers.event_draft import EventDraft
    from spiders.readers.markup.page import Page
    from spiders.readers.timestamps import Timestamp

Spot = str | re.Pattern[str]
"""Where something stands in a card: a selector, or a pattern of the card's words whose first group it is."""
_MOST_CARDS = 1000
_ANY_LINK = "a[href]"
_LABEL = re.compile(r"^\W*[\u4e00-\u9fff]{2,4}\s*[:：]\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """``card`` is one entry; ``title``, ``when``, ``end``, ``until``, ``where``, ``organizer``, ``price``, ``posted``
    stand in it; ``link`` leads to its own page (else the first link), whose query may only count visits. ``frame``
    holds the cards also where there are none, ``empty`` is what stands there then. Every event is held at ``place``
    if the site knows one place alone.

    ``until`` is a last day, ``posted`` the day on which an entry was put up: neither is a start. Entries to come
    without an hour, and those without any day, lead to their own pages with ``asks_own_pages``.
    """

    card: str
    title: Spot
    when: Spot | None = None
    end: Spot | None = None
    until: Spot | None = None
    posted: Spot | None = None
    where: Spot | None = None
    organizer: Spot | None = None
    price: Spot | None = None
    link: str = _ANY_LINK
    keeps_query: bool = True
    frame: str | None = None
    empty: str | None = None
    place: Place | None = None
    asks_own_pages: bool = False

    def read(self, document: Document, context: Context) -> Reading:
        return OneOf((self,)).read(document, context)

    def cards_of(self, page: Page) -> list[Any]:
        """The elements that are cards."""
        return page.tree.css(self.card)[:_MOST_CARDS]

    def is_empty(self, page: Page) -> bool:
        """Whether the page says that there is nothing, or holds the frame of its cards with no link in it."""
        if self.empty is not None and page.tree.css_first(self.empty) is not None:
            return True
        frames = page.tree.css(self.frame) if self.frame is not None else []
        return bool(frames) and not any(frame.css_first(_ANY_LINK) for frame in frames)

    def leads_to_entries(self, page: Page) -> bool:
        """Whether a page without cards links to entries all the same: then it is none that came in its place."""
        return self.link != _ANY_LINK and page.tree.css_first(self.link) is not None

    def read_cards(self, cards: list[Any], page: Page, context: Context) -> Reading:
        """What these cards tell."""
        told = [_Card(self, node, page) for node in cards]
        for spot in (self.title, self.when or self.until):
            if spot is not None and not any(card.words(spot) for card in told) and not self._is_posted(told, spot):
                return changed(_name(spot))
        named = [card for card in told if card.title is not None]
        events = [event for card in named for event in card.events(context)]
        dated = {event.url for event in events}
        if self.when is not None and not events and any(card.words(self.when) for card in named):
            return changed(_name(self.when))
        silent = [card for card in named if card.address not in dated]
        listed = tuple(card.address for card in silent if card.address)
        notes = (Reason(Code.EVENTS_SKIPPED, count=len(silent), why=Reason(Code.NO_START)),) if silent else ()
        reason = None if events else Reason(Code.NO_EVENT, why=Reason(self._why_none))
        links = tuple(dict.fromkeys((*_unfinished(events, context), *listed))) if self.asks_own_pages else ()
        return Reading(
            reader="site", events=tuple(events), reason=reason, notes=notes, links=links, listed=listed, zone="assumed"
        )

    @property
    def _why_none(self) -> Code:
        return Code.ENDS_ALONE if self.until else Code.POSTING_DATES if self.posted else Code.NOTHING_DATED

    def _is_posted(self, told: list[_Card], spot: Spot) -> bool:
        """Whether entries say at least when they were put up, where none says when it is."""
        return spot == self.when and self.posted is not None and any(card.words(self.posted) for card in told)


@dataclass(frozen=True, slots=True)
class OneOf:
    """Lists of cards of which a site is known to use now this, now that: the first whose cards are there is read."""

    layouts: tuple[Cards, ...]

    def read(self, document: Document, context: Context) -> Reading:
        from spiders.readers.markup.page import Page

        page = Page(document)
        for layout in self.layouts:
            if cards := layout.cards_of(page):
                return settled(layout.read_cards(cards, page, context), context)
        if any(layout.is_empty(page) for layout in self.layouts):
            return nothing_listed()
        if any(layout.leads_to_entries(page) for layout in self.layouts):
            return changed(self.layouts[0].card)
        return refused(page) or changed(self.layouts[0].card)


@dataclass(frozen=True, slots=True)
class _Card:
    """One card of a page."""

    layout: Cards
    node: Any
    page: Page

    def words(self, spot: Spot | None) -> str | None:
        """What stands at a spot: the moment that it tells to programs, else its words."""
        from spiders.readers import normalize

        if spot is None:
            return None
        if isinstance(spot, re.Pattern):
            found = spot.search(" ".join(self.node.text(separator=" ").split()))
            return normalize.line(found[1]) if found else None
        element = self.node.css_first(spot)
        if element is None:
            return None
        return normalize.line(_told_to_programs(element) or element.text(separator=" "))

    def moment(self, spot: Spot | None) -> Timestamp | None:
        """The moment that an element tells to programs; words are the time grammar's."""
        from spiders.readers.timestamps import read_moment

        element = self.node.css_first(spot) if isinstance(spot, str) else None
        return read_moment(_told_to_programs(element)) if element is not None else None

    @property
    def title(self) -> str | None:
        return self.words(self.layout.title)

    @property
    def address(self) -> str | None:
        """The address of its own page, without what counts visits."""
        from spiders.readers import normalize

        own = self.node if self.node.tag == "a" else None
        element = own or self.node.css_first(self.layout.link)
        address = normalize.web_address(element.attributes.get("href"), self.page.url) if element is not None else None
        if address is None:
            return None
        parts = urlsplit(address)
        query = "&".join(each for each in parts.query.split("&") if not each.startswith("utm_"))
        query = query if self.layout.keeps_query else ""
        return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))

    def events(self, context: Context) -> Iterator[Event]:
        """Its events: one, or as many as it names days."""
        from spiders.readers.event_draft import event_of
        from spiders.readers.timestamps import read_moment
        from spiders.text.when import read_when

        when, title = self.words(self.layout.when), self.title
        if when is None or title is None:
            return
        moment = self.moment(self.layout.when)
        if moment is not None:
            draft = replace(self._draft(title), start=moment, end=self.moment(self.layout.end))
            event = event_of(draft, context, page_url=self.page.canonical)
            if event is not None:
                yield replace(event, evidence=replace(event.evidence, when=when))
            return
        base = event_of(replace(self._draft(title), start=read_moment("2000-01-01")), context)
        for session in read_when(_LABEL.sub("", when), now=context.now, timezone=context.timezone).sessions[:31]:
            if base is not None:
                yield _at(base, session.start, session.end, all_day=session.all_day, sure=session.sure, words=when)

    def _draft(self, title: str) -> EventDraft:
        from spiders.readers import normalize
        from spiders.readers.event_draft import EventDraft
        from spiders.text.price import read_price
        from spiders.text.status import stated_status

        where = self.words(self.layout.where)
        where = _LABEL.sub("", where) if where else None
        organizer = self.words(self.layout.organizer)
        return EventDraft(
            title=title,
            uid=None if self.address else hashlib.sha256(title.encode()).hexdigest()[:32],
            url=self.address or self.page.canonical,
            place=self.layout.place or normalize.place_of(where),
            where=where,
            organizer=_LABEL.sub("", organizer) if organizer else None,
            price=read_price(price) if (price := self.words(self.layout.price)) else None,
            status=stated_status(title),
        )


def _told_to_programs(element: Any) -> str | None:
    given: str | None = element.attributes.get("datetime") or element.attributes.get("content")
    return given


def _at(base: Event, start: datetime, end: datetime | None, *, all_day: bool, sure: Any, words: str) -> Event:
    evidence: Evidence = replace(base.evidence, when=words, sure=sure)
    return replace(base, start=start, end=end, all_day=all_day, evidence=evidence)


def _unfinished(events: list[Event], context: Context) -> Iterator[str]:
    """The own pages of events to come whose hour the list does not tell, the nearest first."""
    coming = [event for event in events if event.start and (event.end or event.start) >= context.window_start]
    coming.sort(key=lambda event: event.start or context.now)
    yield from (event.url for event in coming if event.all_day and event.url)


def _name(spot: Spot) -> str:
    return spot if isinstance(spot, str) else spot.pattern
