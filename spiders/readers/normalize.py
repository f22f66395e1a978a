"""The fields of an event as every reader needs them: one line, plain text, an address, a place, a status.

Nothing here raises on any text. HTML never leaves this module, nor do control characters, lone surrogates or the
characters that turn the direction of writing.
"""

from __future__ import annotations

import html
import math
import re
from dataclasses import replace
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from spiders.items import Mode, Place
from spiders.text.online import BOTH_IN_FIELD, IN_TITLE
from spiders.text.place_field import parted, shown_on
from spiders.text.tags import without_tags
from spiders.text.unknown import is_unknown

LONGEST_LINE = 300
LONGEST_TEXT = 20_000
_LONGEST_ADDRESS = 2000
_LONGEST_IDENTIFIER = 500

# C0 but tab and newline, C1, line and paragraph separators, zero-width and bidirectional controls, surrogates,
# non-characters.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff"
    "\ud800-\udfff]"
)
_SPACES = re.compile(r"\s+")
_BLANKS = re.compile(r"[ \t\u00a0\u3000]+")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8}\d{0,2});")
_MANY_LINES = re.compile(r"\n{3,}")
# An address that joining with a base would leave as it is.
_WHOLE_ADDRESS = re.compile(r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:/[\w/.~%+=,@-]*)?", re.ASCII)
_STREET = re.compile(r"^\d+[\w-]*\s+\S")
_HAN = re.compile("[\u4e00-\u9fff]")
# Map points that software writes when nobody set one: Squarespace's New York, and the zero of the map.
_DEFAULT_POINTS = ((40.7207559, -74.0007613), (0.0, 0.0))


def unescape(text: str) -> str:
    """HTML entities resolved, at most twice (feeds and WordPress escape them double)."""
    for _ in range(2):
        if "&" not in text or not _ENTITY.search(text):
            break
        text = html.unescape(text)
    return text


def line(value: object) -> str | None:
    """One line of plain text, or None when nothing (or only "TBD" and the like) is left."""
    if not isinstance(value, str):
        return None
    text = value[: LONGEST_LINE * 20]
    if text.isprintable() and "<" not in text and "&" not in text and "  " not in text:
        return _shortened(text.strip())  # most values; what is printable holds none of the unwanted
    text = unescape(without_tags(text, block=" ", inline=" "))
    text = without_tags(text, block=" ", inline=" ")
    text = _SPACES.sub(" ", _UNWANTED.sub("", text.replace("\u2028", " ").replace("\u2029", " "))).strip()
    return _shortened(text)


def identifier(value: str) -> str:
    """A source's own id: whatever it says, without what a terminal or a store would trip over; may be empty."""
    return _SPACES.sub(" ", _UNWANTED.sub("", value[: _LONGEST_IDENTIFIER * 4])).strip()[:_LONGEST_IDENTIFIER]


def _shortened(text: str) -> str | None:
    if not text or is_unknown(text):
        return None
    return text if len(text) <= LONGEST_LINE else text[: LONGEST_LINE - 1].rstrip() + "…"


def plain(value: object) -> str | None:
    """Plain text of many lines: HTML stripped (breaks only at block elements), blank lines folded."""
    if not isinstance(value, str) or not value.strip():
        return None
    text = value[: LONGEST_TEXT * 8]
    if text.isprintable() and len(text) <= LONGEST_TEXT and "<" not in text and "&" not in text and "  " not in text:
        return text.strip()
    for _ in range(2):  # feeds escape HTML once more than it needs
        text = without_tags(text)
        if "&" not in text or not _ENTITY.search(text):
            break
        text = html.unescape(text)
    text = without_tags(text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text = _BLANKS.sub(" ", _UNWANTED.sub("", text))
    text = _MANY_LINES.sub("\n\n", "\n".join(part.strip() for part in text.split("\n"))).strip()
    if not text:
        return None
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1].rstrip() + "…"


def _quoted(text: str) -> str:
    """An address whose spaces somebody forgot to quote; nothing for prose and for broken lines."""
    if not _SPACES.search(text):
        return text
    return text.replace(" ", "%20") if text.startswith(("http", "/")) and not re.search(r"[\n\t]", text) else ""


def web_address(value: object, base: str | None = None) -> str | None:
    """An absolute http(s) address, or None: ``javascript:``, ``data:``, ``file:`` and mail addresses are no links."""
    if not isinstance(value, str) or (base is None and "//" not in value and "&" not in value):
        return None
    if _WHOLE_ADDRESS.fullmatch(value) and len(value) <= _LONGEST_ADDRESS:
        return value
    text = _quoted(_UNWANTED.sub("", unescape(value.strip())))
    if not text or len(text) > _LONGEST_ADDRESS:
        return None
    try:
        joined = urljoin(base, text) if base else text
        parts = urlsplit(joined)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            return None
    except ValueError:
        return None
    return joined


def coordinate(latitude: object, longitude: object) -> tuple[float, float] | None:
    """A point on the map in degrees; None if out of bounds, not finite, or a software's default point."""
    try:
        point = (float(latitude), float(longitude))  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return None
    if not all(math.isfinite(x) for x in point) or abs(point[0]) > 90 or abs(point[1]) > 180:
        return None
    if any(abs(point[0] - a) < 1e-5 and abs(point[1] - b) < 1e-5 for a, b in _DEFAULT_POINTS):
        return None
    return point


def place_of(text: object, point: tuple[float, float] | None = None) -> Place | None:
    """A place written in one string: "Name, street, city" or several lines. Web rooms are no places; a map is the place
    that it was searched by."""
    field = parted(plain(text) or "")
    whole = field.place
    if field.map and not field.online:
        words, found = shown_on(field.map)
        whole = whole or plain(words)
        point = point or (coordinate(*found) if found else None)
    name = address = None
    if whole:
        parts = [part for part in re.split(r"\n|\s*,\s+|，|\s+[|@]\s+", whole) if line(part)]
        cleaned = line(whole.replace("\n", ", "))
        if len(parts) > 1 and not _STREET.match(parts[0]):
            name, address = line(parts[0]), line(", ".join(line(p) or "" for p in parts[1:]))
        elif _STREET.match(whole):
            address = cleaned
        else:
            name = cleaned
    if not (name or address or point):
        return None
    place = Place(
        name=name, address=address, latitude=point[0] if point else None, longitude=point[1] if point else None
    )
    return located(place)


def located(place: Place) -> Place:
    """A place in China with what its own words say besides: venue and address apart, city, district and a point."""
    words = ", ".join(part for part in (place.name, place.address) if part)
    if not _HAN.search(words):
        return place
    parts = _parts_in_china(words)
    if parts is None:
        return place
    split = place.name is not None and place.address is None and parts.address is not None
    pointed = place.latitude is not None
    return replace(
        place,
        name=parts.name if split else place.name,
        address=parts.address if split else place.address,
        city=place.city or parts.city,
        district=place.district or (parts.district if place.city in (None, parts.city) else None),
        latitude=place.latitude if pointed else parts.latitude,
        longitude=place.longitude if pointed else parts.longitude,
    )


@lru_cache(maxsize=1024)
def _parts_in_china(words: str) -> Place | None:
    from spiders.text.where import read_where

    return read_where(words)


def mode_of(where: str | None, title: str | None = None) -> Mode | None:
    """How one takes part, from the words for the place; None when nothing says so."""
    for text in (where, title):
        if text and BOTH_IN_FIELD.search(text):
            return "hybrid"
    field = parted(where or "")
    is_place = bool(field.place or field.map)
    if field.online:
        # An address alone may be that of any page.
        return "hybrid" if is_place else "online" if not web_address(where) else None
    if title and IN_TITLE.search(title):
        return "online"
    return "in-person" if is_place else None
