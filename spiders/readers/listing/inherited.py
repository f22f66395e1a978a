"""What a list says once for all its entries: hour, place and name, above it, below it or in the page's title."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spiders.readers.listing import entries
from spiders.readers.listing.items import Item, Line
from spiders.readers.listing.vocabulary import pattern
from spiders.readers.markup.page import Page
from spiders.text.when import Session

_NAME = r"(?:[A-Z#][\w#&'’.-]*|of|for|and|&)"
_MEETINGS_OF = re.compile(
    rf"\b(?:[Tt]he|[Aa]ll|[Oo]ur|[Rr]egular)?\s*\b([A-Z#][\w#&'’.-]*(?:\s{_NAME}){{0,7}}\s(?:(?:board|commission|committee|council)\s)?[Mm]eetings?)\b"
    r"[^.]{0,80}\b(?:are|is|take|will|begin|held|occur)\b"
)
_MEETS = re.compile(
    rf"\bThe\s([A-Z][\w&'’.-]*(?:\s{_NAME}){{0,7}})\s(?:holds?|meets?|is scheduled to meet|will meet|convenes?)\b"
)
_HAN = re.compile("[\u4e00-\u9fff]")
_TRIM = " .,;:"
_AT = re.compile(r"\b(?:at|in)\s+(?:the\s+|our\s+)?(?=[A-Z0-9])")
_PLACE_END = re.compile(
    r";|(?<=[a-z0-9)])(?<!\bSt)(?<!\bAve)(?<!\bRd)(?<!\bDr)(?<!\bBlvd)\.(?:\s|$)"
    r"|,?\s+(?:unless|starting|beginning|from|and will|every)\b|,?\s+the (?:first|second|third|fourth|last)\b"
    r"|,?\s+(?:at|@)\s+\d{1,2}(?::\d\d)?\s*(?:[ap]\.?m|noon)|,?\s+on\s+(?:the\b|[A-Z][a-z]+days?\b|[A-Z][a-z]{2,8} \d)"
)


@dataclass(frozen=True, slots=True)
class Inherited:
    """What an entry takes over where it says nothing of its own."""

    clock: Session | None
    place: str | None
    title: str | None


def inherited_from(items: list[Item], lines: list[Line], page: Page) -> Inherited:
    """The hour, the place and the title that the list gives once."""
    clocks: list[tuple[Session, str]] = []
    inside = {id(line) for item in items for line in item.lines if line is not item.anchor or len(item.lines) == 1}
    for line in lines:
        if line.block.aside or (line.parsed.clock is None and not line.parsed.rule) or line.parsed.dated:
            continue
        text = line.block.text
        sentence = len(text) > 40 and pattern("rule").search(text)
        if id(line) in inside and len(items) > 1 and line is not items[-1].lines[-1] and not sentence:
            continue
        if line.parsed.clock is not None and (pattern("rule").search(text) or line.parsed.rule):
            clocks.append((line.parsed.clock, text))
    distinct = {(clock.start.hour, clock.start.minute) for clock, _ in clocks}
    clock = clocks[0][0] if len(distinct) == 1 else None
    place = next((found for _, text in clocks if (found := _place_in(text))), None)
    labelled = (line.block.text for line in lines if id(line) not in inside and not line.block.aside)
    place = place or next((entries.labelled_place(t) for t in labelled if pattern("place_label").match(t)), None)
    if place is None:
        statements = (line.block.text for line in lines if not line.block.aside and not line.parsed.dated)
        place = next((p for text in statements if pattern("rule").search(text) and (p := _place_in(text))), None)
    return Inherited(clock, place, _page_title(page, lines))


def _place_in(text: str) -> str | None:
    """The place in a sentence such as "Meetings are held at 2 pm at the Old Mill, 12 River Street"."""
    for found in _AT.finditer(text[:600]):
        words = _PLACE_END.split(text[found.end() : found.end() + 140], maxsplit=1)[0].strip(_TRIM)
        if re.match(r"\d{1,2}(?::\d\d)?\s?(?:[ap]\.?m|noon)", words, re.IGNORECASE) or not re.match(r"[A-Z0-9]", words):
            continue
        if pattern("address").search(words):
            return words
    return None


def _page_title(page: Page, lines: list[Line]) -> str | None:
    headings = [line.block.text for line in lines if 0 < line.block.level <= 2 and not line.block.aside][:3]
    parts = [part.strip() for part in re.split(r"\s+[|–—-]\s+|_|::", page.title or "") if part.strip()]
    found = [title for text in (*headings, *parts) if (title := entries.heading_title(text))]
    telling = next((title for title in found if " " in title or _HAN.search(title)), None)
    if telling:
        return telling
    if subject := next((s for line in lines if not line.block.aside and (s := _subject(line.block.text))), None):
        return subject
    # "Meeting" alone says nothing on a calendar: whose meeting it is stands in the name of the page.
    owner = next((part for part in parts if len(part) <= 40 and not entries.heading_title(part)), None)
    return f"{owner} {found[0]}" if found and owner else found[0] if found else None


def _subject(text: str) -> str | None:
    """Whose meetings a sentence speaks of: "The Harbour Board holds its meetings …" -> "Harbour Board Meeting"."""
    if named := _MEETINGS_OF.search(text[:300]):
        return re.sub(r"eetings?$", "eeting", named.group(1))
    if named := _MEETS.search(text[:300]):
        return f"{named.group(1).strip()} Meeting"
    return None
