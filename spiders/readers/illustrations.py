"""The pictures of an article, and whether they are worth looking at: where the article announces an event without
saying when."""

from __future__ import annotations

import re

from spiders.items import Context, Event, Illustrated, Reading
from spiders.readers import normalize
from spiders.reasons import Code

_LEAST = 400  # pixels of the longer side, where the page tells; smaller ones are signs and faces
_MOST = 12  # are named; fewer are asked for
_NEARLY_EMPTY = 100  # characters beside the title: the words of such an article stand in its picture
_OPEN = {Code.AN_ARTICLE, Code.NO_TIME_READ, Code.AN_EMPTY_TEXT}
_ADDRESSES = ("data-src", "data-original", "src")  # those that scripts fill in come first: "src" holds a blank then
_SIZES = ("data-w", "width", "height")
_NUMBER = re.compile(r"\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*", re.IGNORECASE)
_AROUND = "nav, header, footer, aside"
_NO_PICTURE = re.compile(r"\.(?:svg|ico)(?:$|[?#])|[?&]wx_fmt=svg|/avatars?/", re.IGNORECASE)


def illustrated(
    reading: Reading, markup: str, text: str, context: Context, *, title: str | None, page: str | None
) -> Illustrated | None:
    """The article whose pictures may tell when its event is; None where it has no pictures, or where they are not
    wanted: it tells a time, announces nothing, or several things. ``reading`` is that of its ``text``, ``markup`` the
    text with the pictures, ``page`` where it stands."""
    if "<img" not in markup and "<IMG" not in markup:
        return None
    event = _without_time(reading, text, context, title, page)
    pictures = tuple(pictures_of(markup, page)) if event is not None else ()
    return Illustrated(event=event, pictures=pictures, now=context.now) if event is not None and pictures else None


def pictures_of(markup: str, page: str | None) -> list[str]:
    """The addresses of pictures in a piece of a page, in order, without those that say they are small."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(markup)
    for part in tree.css(_AROUND):
        part.decompose()
    found: dict[str, None] = {}
    for picture in tree.css("img"):
        values = picture.attributes
        sizes = [int(match[1]) for name in _SIZES if (match := _NUMBER.fullmatch(values.get(name) or ""))]
        address = next(filter(None, (normalize.web_address(values.get(name), page) for name in _ADDRESSES)), None)
        if address is not None and not _NO_PICTURE.search(address) and max(sizes, default=_LEAST) >= _LEAST:
            found[address] = None
    return list(found)[:_MOST]


def _without_time(reading: Reading, text: str, context: Context, title: str | None, page: str | None) -> Event | None:
    """The one event that an article tells without a time; or that its title names, where little else is said."""
    if reading.events or reading.notices:
        (event, *others) = (*reading.events, *reading.notices)
        return event if not others and event.start is None and event.notice is None else None
    why = reading.reason["why"] if reading.reason is not None and reading.reason.code == Code.NO_EVENT else None
    if getattr(why, "code", None) not in _OPEN:
        return None
    from spiders.readers.announcement.named_alone import named_alone

    return named_alone(text, context, url=page, title=title, longest=_NEARLY_EMPTY)
