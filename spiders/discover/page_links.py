"""What a page offers to programs: feeds and calendars it names, platforms it shows, and its own page of events."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from urllib.parse import parse_qs, urlsplit

from spiders.discover import platforms
from spiders.discover.address import site_of
from spiders.discover.site_pages import SiteLink, events_pages, holders
from spiders.discover.words import words
from spiders.items import SourceKind
from spiders.readers import normalize
from spiders.readers.markup.page import Page

MAX_LINKS = 5000  # of one page
MAX_OFFERS = 40
_CALENDAR_TYPES = {"text/calendar"}
_FEED_TYPES = {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"}
_CALENDAR_QUERY = {"ical": {"1", "true"}, "outlook-ical": {"1"}, "format": {"ical", "ics"}, "feed": {"ical", "ics"},
                   "tribe-ical": {"1"}, "export": {"ical", "ics"}}  # fmt: skip
_FEED_PATH = re.compile(
    r"/(?:feed|rss|atom)(?:\.xml)?/?$|\.(?:rss|atom)$|/(?:rss|atom|feed)\.(?:xml|json)$", re.IGNORECASE
)
_LINKING = "a[href], area[href], iframe[src], iframe[data-src], script[src], [data-href]"
_LINKING = "a[href], area[href], iframe[src], iframe[data-src], script[src], [data-href]"
_ONE_EVENT = re.compile(
    r"calendar/event|calendar/render(?![^#]*[?&]cid=)|action=TEMPLATE|/deeplink/compose|calendar\.yahoo\.com",
    re.IGNORECASE,
)


class Step(IntEnum):
    """In which order offers are tried: what was made for calendars first, guesses last."""

    CALENDAR = 1
    SOFTWARE = 2
    EMBEDDED = 3
    FEED = 4
    LINKED = 5
    EVENTS_PAGE = 6
    HOLDER = 7
    GUESS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An address that a page names or implies. ``kind`` is what it would be, ``step`` how it is offered; ``id`` a short
    name where a platform gives one; ``platform`` whose rule proposes it."""

    address: str
    kind: SourceKind
    step: Step
    title: str | None = None
    id: str | None = None
    platform: str | None = None


def is_about_comments(title: str | None, address: str) -> bool:
    """Whether a feed holds what people say about texts, and not the texts."""
    path = urlsplit(address).path.strip("/").split("/")
    return bool(title and words("comments").search(title)) or bool({"comments", "comment"} & set(path))


def offers(page: Page, now: datetime, names: Collection[str] = ()) -> tuple[Offer, ...]:
    """What a page offers, in the order in which it is worth asking, each address once, at most `MAX_OFFERS`.

    ``names`` are those who hold the events that the page itself tells, and the places where they do.
    """
    address = page.url or ""
    links = [*_links(page)]
    found = [*_alternates(page), *_anchors(links, address, now.year)]
    here = [SiteLink(link, title) for link, title, is_frame in links if not is_frame]
    found += (
        Offer(address=each.address, kind="auto", step=Step.EVENTS_PAGE, title=each.words)
        for each in events_pages(here, address, now)
    )
    found += (
        Offer(address=each.address, kind="auto", step=Step.HOLDER, title=each.words)
        for each in holders(here, address, names)
    )
    software = (_of_platform(target, Step.SOFTWARE) for target in platforms.marked(page.text, page.address or address))
    found += software
    unique: dict[str, Offer] = {}
    for offer in sorted(found, key=lambda offer: offer.step):
        if offer.address not in {address, page.address}:
            unique.setdefault(offer.address, offer)
    return tuple(unique.values())[:MAX_OFFERS]


def _alternates(page: Page) -> Iterator[Offer]:
    """``<link rel=alternate>`` (HTML, 4.6.7.1): calendars, and feeds that are not of comments."""
    if not page.holds(b"alternate"):
        return
    for node in page.tree.css("link[rel][href]")[:MAX_LINKS]:
        values = node.attributes
        if "alternate" not in (values.get("rel") or "").lower().split():
            continue
        kind = (values.get("type") or "").partition(";")[0].strip().lower()
        address = normalize.web_address(values.get("href"), page.url)
        title = normalize.line(values.get("title"))
        if address is None:
            continue
        if kind in _CALENDAR_TYPES:
            yield Offer(address=address, kind="ical", step=Step.CALENDAR, title=title)
        elif kind in _FEED_TYPES and not is_about_comments(title, address):
            yield Offer(address=address, kind="feed", step=Step.FEED, title=title)


def _anchors(links: Sequence[tuple[str, str | None, bool]], base: str, year: int) -> Iterator[Offer]:
    """Links, buttons and frames: calendars of the page's own site, other platforms, feeds."""
    calendars = [(address, title) for address, title, _ in links if _is_calendar(address)]
    shapes = Counter(_shape(address) for address in {address for address, _ in calendars})
    for address, title in calendars:
        if shapes[_shape(address)] == 1 or _is_above(address, base):
            yield Offer(address=_as_https(address), kind="ical", step=Step.CALENDAR, title=title)
    elsewhere: dict[str, Offer] = {}
    framed = set()
    for address, title, is_frame in links:
        if _ONE_EVENT.search(address):
            continue
        for target in platforms.direct(_as_https(address), year, embedded=True):
            offer = _of_platform(target, Step.EMBEDDED if is_frame else Step.LINKED, title)
            elsewhere.setdefault(offer.address, offer)
            framed |= {offer.address} if is_frame else set()
    own = site_of(base)
    several = Counter(offer.platform for offer in elsewhere.values() if offer.address not in framed)
    for address, offer in elsewhere.items():
        if address in framed or several[offer.platform] == 1:  # several groups of a platform are a list of others
            yield offer
    for address, title, is_frame in links:
        if is_frame or site_of(address) != own:
            continue
        if _FEED_PATH.search(urlsplit(address).path) and not is_about_comments(title, address):
            yield Offer(address=address, kind="feed", step=Step.FEED, title=title)


def _links(page: Page) -> Iterator[tuple[str, str | None, bool]]:
    """Address, words and whether it is a frame, of everything on a page that leads elsewhere."""
    for node in page.tree.css(_LINKING)[:MAX_LINKS]:
        values = node.attributes
        frame = node.tag in {"iframe", "script"}
        href = values.get("src") or values.get("data-src") if frame else values.get("href") or values.get("data-href")
        if href and href.strip().lower().startswith(("webcal:", "webcals:")):
            yield href.strip(), normalize.line(node.text()), frame
        elif address := normalize.web_address(href, page.url):
            words = node.text() or values.get("title") or values.get("aria-label") or ""
            yield address, normalize.line(words), frame


def _is_calendar(address: str) -> bool:
    """Whether an address says of itself that it is a calendar."""
    parts = urlsplit(address)
    if parts.scheme in {"webcal", "webcals"}:
        return True
    path = parts.path.lower()
    if path.endswith((".ics", ".ical")) or path.rstrip("/").endswith(("/ical", "/ics")):
        return True
    query = parse_qs(parts.query.lower())
    return any(value in allowed for name, allowed in _CALENDAR_QUERY.items() for value in query.get(name, ()))


def _shape(address: str) -> str:
    """What addresses of one form have in common: host, how the path ends, and the names in the query."""
    parts = urlsplit(address)
    ending = ".ics" if parts.path.lower().endswith(".ics") else ""
    return f"{parts.netloc} {parts.path.count('/') if ending else ''}{ending} {' '.join(sorted(parse_qs(parts.query)))}"


def _is_above(address: str, base: str) -> bool:
    """Whether an address lies at, or above, the path of the page that names it: it is the page's own calendar."""
    one, page = urlsplit(address), urlsplit(base)
    return one.netloc == page.netloc and (page.path.rstrip("/") + "/").startswith(one.path.rstrip("/") + "/")


def _as_https(address: str) -> str:
    return re.sub(r"^webcals?:", "https:", address, count=1, flags=re.IGNORECASE)


def _of_platform(target: platforms.Target, step: Step, title: str | None = None) -> Offer:
    return Offer(
        address=target.address, kind=target.kind, step=step, title=title, id=target.id, platform=target.platform
    )
