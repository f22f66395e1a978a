"""What a page offers to programs: feeds and calendars it names, platforms it shows, and its own page of events."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib.resources import files
from urllib.parse import parse_qs, unquote, urlsplit

from spiders.discover import platforms
from spiders.discover.address import site_of
from spiders.items import SourceKind
from spiders.readers import normalize
from spiders.readers.markup.page import Page

MAX_LINKS = 5000  # of one page
MAX_OFFERS = 40
LONGEST_NAME = 24  # signs of a link, or of the last part of a path, that names a page; a longer one is a title
_CALENDAR_TYPES = {"text/calendar"}
_FEED_TYPES = {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"}
_CALENDAR_QUERY = {"ical": {"1", "true"}, "outlook-ical": {"1"}, "format": {"ical", "ics"}, "feed": {"ical", "ics"},
                   "tribe-ical": {"1"}, "export": {"ical", "ics"}}  # fmt: skip
_FEED_PATH = re.compile(
    r"/(?:feed|rss|atom)(?:\.xml)?/?$|\.(?:rss|atom)$|/(?:rss|atom|feed)\.(?:xml|json)$", re.IGNORECASE
)
_LINKING = "a[href], area[href], iframe[src], iframe[data-src], script[src], [data-href]"
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|jpe?g|png|gif|webp|svg|mp[34])$", re.IGNORECASE)
_ONE_EVENT = re.compile(
    r"calendar/(?:render|event)|action=TEMPLATE|/deeplink/compose|calendar\.yahoo\.com", re.IGNORECASE
)


class Step(IntEnum):
    """In which order offers are tried: what was made for calendars first, guesses last."""

    CALENDAR = 1
    SOFTWARE = 2
    EMBEDDED = 3
    FEED = 4
    LINKED = 5
    EVENTS_PAGE = 6
    GUESS = 7


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


@cache
def _words(name: str) -> re.Pattern[str]:
    table = tomllib.loads(files("spiders.discover").joinpath("pages.toml").read_text(encoding="utf-8"))
    latin = "|".join(word for word in table[name] if word.isascii())
    other = "|".join([*(word for word in table[name] if not word.isascii()), *table.get(f"{name}_zh", ())])
    return re.compile("|".join(filter(None, (rf"\b(?:{latin})\b" if latin else "", other))), re.IGNORECASE)


def is_about_comments(title: str | None, address: str) -> bool:
    """Whether a feed holds what people say about texts, and not the texts."""
    path = urlsplit(address).path.strip("/").split("/")
    return bool(title and _words("comments").search(title)) or bool({"comments", "comment"} & set(path))


def says_events(words: str | None) -> bool:
    """Whether words name coming events."""
    return bool(words) and _words("events").search(words or "") is not None


def offers(page: Page, year: int) -> tuple[Offer, ...]:
    """What a page offers, in the order in which it is worth asking, each address once, at most `MAX_OFFERS`."""
    address = page.url or ""
    found = [*_alternates(page), *_anchors(page, address, year)]
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


def _anchors(page: Page, base: str, year: int) -> Iterator[Offer]:
    """Links, buttons and frames: calendars of the page's own site, other platforms, and the page of events."""
    links = [*_links(page)]
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
        if (
            address in framed or several[offer.platform] == 1
        ):  # many groups of one platform are a list of others' groups
            yield offer
    for address, title, is_frame in links:
        if is_frame or site_of(address) != own:
            continue
        if _FEED_PATH.search(urlsplit(address).path) and not is_about_comments(title, address):
            yield Offer(address=address, kind="feed", step=Step.FEED, title=title)
    yield from _events_pages(links, base)


def _links(page: Page) -> Iterator[tuple[str, str | None, bool]]:
    """Address, words and whether it is a frame, of everything on a page that leads elsewhere."""
    for node in page.tree.css("a[href], area[href], iframe[src], iframe[data-src], script[src], [data-href]")[
        :MAX_LINKS
    ]:
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


def _events_pages(links: list[tuple[str, str | None, bool]], base: str) -> Iterator[Offer]:
    """Pages of the same site that call themselves events: by the shortest words, then by the shortest path."""
    own, here = site_of(base), urlsplit(base).path.rstrip("/")
    found: dict[str, tuple[tuple[int, int, int], Offer]] = {}
    for address, title, is_frame in links:
        parts = urlsplit(address)
        if (
            is_frame
            or site_of(address) != own
            or parts.path.rstrip("/") == here
            or parts.scheme not in {"http", "https"}
        ):
            continue
        last = unquote(parts.path.rstrip("/").rpartition("/")[2]).replace("_", "-").partition(".")[0]
        if parts.scheme not in {"http", "https"} or _DOCUMENT.search(parts.path):
            continue
        by_words = len(title or "") <= LONGEST_NAME and says_events(title)
        by_path = len(last) <= LONGEST_NAME and says_events(last.replace("-", " "))
        host = (parts.hostname or "").partition(".")[0]
        by_host = _words("events").fullmatch(host) is not None and not parts.path.strip("/")
        if by_words or by_path or by_host:
            rank = (-(by_words + by_path + by_host), parts.path.count("/"), len(title or last))
            offer = Offer(address=address, kind="auto", step=Step.EVENTS_PAGE, title=title)
            if address not in found or rank < found[address][0]:
                found[address] = (rank, offer)
    yield from (offer for _, offer in sorted(found.values(), key=lambda each: each[0]))
