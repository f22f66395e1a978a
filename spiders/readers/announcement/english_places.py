"""Where an English text says that its event is held: beside the time on its line, or on a line below it.

Names of places are written with capitals; what leads up to them is small: ``in the attic of Lantern House, 14 Mill
Street``. Prices, hours and asides on the same line are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spiders.readers.announcement import english
from spiders.readers.announcement.occasions import Occasion
from spiders.text.glyphs import normalize

_WORD = r"[A-Z\d][\w'/&.-]*"
_SMALL = r"(?:of|the|on|at|and|&|de|la|le|des)"
_RUN = rf"{_WORD}(?:\s{_SMALL})*(?:\s(?:{_SMALL}\s)*{_WORD})*"
# A room that is written small: "common room B", "back room of the Wheatsheaf", "reading room".
_ROOM = r"(?:[a-z]+\s){0,2}(?:room|floor|hall|court|attic|basement|garden|studio|upstairs|downstairs|rooftop|terrace)"
_PLACE = re.compile(rf"(?:the\s)?(?:{_ROOM}(?:\s(?:of|on|in|at)\s(?:the\s)?)?\s?)?(?P<run>{_RUN}|(?<=[a-z] )[A-Z])?")
_LEAD = re.compile(
    r"^(?:meet(?:ing)?\s(?:up\s)?|held\s|upstairs\s|downstairs\s)?(?:at|@|in|inside|outside|to|from|near)\s(?:(?-i:the\s(?=[a-z])))?(?:\w+\s(?:of|at)\s)?",
    re.IGNORECASE,
)
_AT = re.compile(rf"\bat\s((?:the\s)?(?=[A-Z]){_RUN}(?:,\s{_RUN})*)")
_TOLD = re.compile(rf"\b(?i:place|venue|location)\b[^:.\n]{{0,30}}:\s({_RUN}(?:,\s{_RUN})*)")
_VENUE = re.compile(
    r"^(?:\w[\w'.&-]*\s){0,4}(?:hall|park|caf[eé]|bar|pub|inn|library|centre|center|house|lounge|church|school|gallery|theatre|cinema|"
    r"museum|station|gym|pool|field|square|garden|court|lodge|clubhouse|studio|bookshop|bookstore|brewery|bridge|pier)$",
    re.IGNORECASE,
)
_APART = re.compile(r"[,;|·]|\s[-~]\s|[.!?](?=\s|$)|\s{2,}|[()]")
_SENTENCE = re.compile(r"[.!?](?=\s)|:\)")
_NONE = re.compile(
    r"[£$€¥]\s?\d|\brmb\b|\bfree\b|^\W*\d{1,4}(?:st|nd|rd|th)?\W*$|https?:|^(?:tickets?|entry|admission|free|bring|no|all|doors|guests?|members?|kids|"
    r"dress|organi[sz]ed|hosted|speakers?|theme|price|cost|fee|with|teams?|beginners?|live|on|please|book|rsvp|questions?|from|see|and|"
    r"gmt|utc|et|pt|cet|am|pm|first|next|last)\b",
    re.IGNORECASE,
)
_ABOVE = 3  # lines over a time
_BELOW = 4  # lines under a time
_MOST = 4  # pieces of one place: a room, a house, a street, a town


def place_values(text: str, occasion: Occasion, until: int) -> Iterator[str]:
    """What may be the place of an occasion, the surest first; ``until``: where the next occasion begins."""
    start = text.rfind("\n", 0, occasion.start) + 1
    told = occasion.day_stop or occasion.stop
    if "\n" not in text[told : occasion.stop]:
        told = occasion.stop
    end = text.find("\n", told)
    end = len(text) if end < 0 else end
    before, behind = text[start : occasion.start], text[told:end]
    named = english.before_and_behind(text[start:end])[1]
    yield from _of_pieces(behind, skip=named)
    yield from _told(_AT, before)
    for line in text[end:until].split("\n")[1 : 1 + 2 * _BELOW]:
        if english.times_in(line) or re.match(r"^\W*#", line):
            continue
        yield from _of_pieces(line, skip=None, whole=True)
    for line in reversed(text[:start].split("\n")[1:][-_ABOVE:]):
        if "," in line or _VENUE.match(line.strip()):
            yield from _of_pieces(line, skip=None, whole=True)
    around = text[start : min(until, end + 400)]
    yield from (*_told(_TOLD, around), *_told(_AT, around))


def _told(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    """The place behind a word for it, without an hour that follows."""
    match = pattern.search(normalize(text))
    pieces = match[1].split(", ") if match else []
    timed = next((number for number, piece in enumerate(pieces) if english.times_in(piece)), len(pieces))
    if timed:
        yield ", ".join(pieces[:timed])


def _of_pieces(words: str, *, skip: str | None, whole: bool = False) -> Iterator[str]:
    """The first pieces that read as a place, joined; ``whole``: only where the line begins with it."""
    found: list[str] = []
    sentence = next((one for one in _SENTENCE.split(words) if re.search(r"\w", one)), "")
    for piece in _APART.split(sentence):
        bare = piece.strip(" \t,:;-–—~|·*#@📍")
        if not bare or (skip is not None and normalize(bare) == normalize(skip)):
            continue
        place = _place(bare, led=bool(re.match(r"\s*@", piece)))
        if place is None and (found or whole):
            break
        if place is not None:
            found.append(place)
    if found:
        yield ", ".join(found[:_MOST])


def _place(bare: str, *, led: bool) -> str | None:
    """The place that a piece names; None where it names none. ``led``: ``@`` stands before it."""
    plain = normalize(bare)
    lead = _LEAD.match(plain)
    rest = plain[lead.end() :] if lead else plain
    if _NONE.search(rest) or english.times_in(rest):
        return None
    if _VENUE.match(rest):
        return rest
    match = _PLACE.match(rest)
    if match is None or len(match[0].strip()) < 2 or not re.search(r"[A-Za-z]", match[0]):
        return None
    goes_on = rest[match.end() :].strip()
    if goes_on and not (lead or led):
        return None  # a sentence that begins with a capital
    return match[0].strip() if match["run"] or not goes_on else None
