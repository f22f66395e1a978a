"""Pages of the same site that are worth a look: its own page of events, and the page of who holds one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from spiders.discover.address import site_of
from spiders.discover.words import says_events, words

LONGEST_NAME = 24  # signs of a link, or of the last part of a path, that names a page; a longer one is a title
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|jpe?g|png|gif|webp|svg|mp[34])$", re.IGNORECASE)


class SiteLink(NamedTuple):
    """A link and its words."""

    address: str
    words: str | None


def _own(links: Iterable[SiteLink], base: str) -> Iterator[SiteLink]:
    """Links to other pages of the site."""
    own, here = site_of(base), urlsplit(base)
    for link in links:
        parts = urlsplit(link.address)
        other = parts.path.rstrip("/") != here.path.rstrip("/") or parts.netloc != here.netloc
        is_page = parts.scheme in {"http", "https"} and not _DOCUMENT.search(parts.path)
        if other and is_page and site_of(link.address) == own:
            yield link


def events_pages(links: Iterable[SiteLink], base: str, now: datetime) -> list[SiteLink]:
    """Pages that call themselves events: of several months that of ``now``, then by the shortest path and words."""
    found: dict[str, tuple[tuple[int, int, int], SiteLink]] = {}
    month = re.compile(rf"(?:\w+[=-])?{now.year}[-_/.年]?0?{now.month}月?(?:\.\w+)?", re.IGNORECASE)
    for link in _own(links, base):
        parts = urlsplit(link.address)
        last = unquote(parts.path.rstrip("/").rpartition("/")[2]).replace("_", "-").partition(".")[0]
        by_words = len(link.words or "") <= LONGEST_NAME and says_events(link.words)
        by_path = len(last) <= LONGEST_NAME and says_events(last.replace("-", " "))
        host = (parts.hostname or "").partition(".")[0]
        by_host = words("events").fullmatch(host) is not None and not parts.path.strip("/")
        of_month = any(month.fullmatch(part or "") for part in (last, parts.query, link.words))
        says = by_words + by_path + by_host
        if says or of_month:
            rank = (-(says + 2 * of_month), parts.path.count("/"), len(link.words or last))
            if link.address not in found or rank < found[link.address][0]:
                found[link.address] = (rank, link)
    return [link for _, link in sorted(found.values(), key=lambda each: each[0])]


def holders(links: Iterable[SiteLink], base: str, names: Collection[str]) -> list[SiteLink]:
    """Pages of who holds the event of a page, the best first: those called as its organiser or its place is, then
    those that lie above it on the same host, the nearest first."""
    wanted = {name.casefold() for name in names}
    here = urlsplit(base)
    named, above = [], []
    for link in _own(links, base):
        parts = urlsplit(link.address)
        if (link.words or "").casefold() in wanted:
            named.append(link)
        elif parts.netloc == here.netloc and _lies_above(parts.path, here.path) and not parts.query:
            above.append(link)
    above.sort(key=lambda link: -len(urlsplit(link.address).path))
    return list({link.address: link for link in (*named, *above)}.values())


def _lies_above(path: str, other: str) -> bool:
    return other.startswith(path.rstrip("/") + "/") and path.rstrip("/") != other.rstrip("/")
