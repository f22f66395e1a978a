"""What a document is like, whatever is read in it: its length, how it ends, its script, whether it wants a password.

A page that came in place of another tells so by its form before any of its words is understood.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

from spiders.errors import ReadError
from spiders.items import Document, Looks
from spiders.readers import feed, ical, picture
from spiders.readers.markup.page import Page
from spiders.readers.timestamps import read_moment
from spiders.readers.unpack import unpacked
from spiders.text.decode import decode

SCRIPT_OF = 50_000
"""So many signs are looked at to tell the script."""
FEWEST_LETTERS = 20
"""Of fewer letters no share is told."""
MOST_STAMPS = 5_000
_IDEOGRAPH = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_COMMENT_AT_END = re.compile(r"(?:\s|<!--(?:(?!-->).){0,2000}-->)+\Z", re.DOTALL)
_CLOSED = re.compile(r"(?:</[A-Za-z][\w:.-]{0,40}\s*>|^END:[A-Z]{1,20}|[\]}])\Z", re.MULTILINE)
_END = 4_000
_EVENT = re.compile(r"^BEGIN:VEVENT\b", re.MULTILINE | re.IGNORECASE)
_ITEM = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)[\s>]")
_STAMP = re.compile(r"^(?:DTSTAMP|LAST-MODIFIED|CREATED):(\d{8})T(\d{6})Z", re.MULTILINE)


def looks_of(document: Document) -> Looks:
    """Never raises on bytes."""
    try:
        document = unpacked(document)
    except ReadError:
        return Looks(letters=0, place=_place(document.url))
    if ical.accepts(document):
        return _of_text(document, _EVENT)
    if feed.accepts(document):
        return _of_text(document, _ITEM)
    if picture.accepts(document):
        return Looks(letters=len(document.body), place=_place(document.url))
    page = Page(document)
    if not page.is_markup:
        return _of_text(document, None)
    return Looks(
        letters=len(page.visible),
        ideographs=_ideographs(page.visible),
        title=page.title,
        place=_place(document.url),
        closed=_closed(page.text),
        asks_password=page.tree.css_first('input[type="password"]') is not None,
        newest=_last_modified(document),
    )


def _of_text(document: Document, entry: re.Pattern[str] | None) -> Looks:
    text = decode(document.body, document.headers).text
    stamps = [_moment(*found) for found, _ in zip(_STAMP.findall(text), range(MOST_STAMPS), strict=False)]
    return Looks(
        letters=len(text),
        entries=None if entry is None else sum(1 for _ in entry.finditer(text)),
        ideographs=_ideographs(text),
        place=_place(document.url),
        closed=_closed(text),
        newest=max((each for each in (*stamps, _last_modified(document)) if each is not None), default=None),
    )


def _ideographs(text: str) -> float | None:
    text = text[:SCRIPT_OF]
    ideographs = len(_IDEOGRAPH.findall(text))
    letters = sum(sign.isalpha() for sign in text)
    return round(ideographs / letters, 3) if letters >= FEWEST_LETTERS else None


def _closed(text: str) -> str | None:
    """The last tag, or line of a calendar, or bracket, behind which nothing stands but remarks."""
    found = _CLOSED.search(_COMMENT_AT_END.sub("", text[-_END:]))
    return None if found is None else "".join(found[0].split()).lower()


def _place(address: str | None) -> str | None:
    if address is None:
        return None
    parts = urlsplit(address)
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}"


def _last_modified(document: Document) -> datetime | None:
    told = document.headers.get("last-modified")
    moment = read_moment(told) if told else None
    return None if moment is None or moment.zone is None else moment.wall.replace(tzinfo=moment.zone).astimezone(UTC)


def _moment(day: str, clock: str) -> datetime | None:
    try:
        return datetime.strptime(day + clock, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
