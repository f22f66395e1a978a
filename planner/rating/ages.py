"""Ages and school years that an announcement names: whether children, families or grown-ups are meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

GROWN_UP = 18
YOUNGEST_OF_ADULTS, OLDEST_OF_ADULTS = 16, 49  # "16 and up" is an evening for grown-ups, "50 and up" one for seniors
_AGES = re.compile(
    r"\bage[sd]?:?\s*(?P<from>\d{1,2})\s*(?:-|–|to|through)\s*(?P<to>\d{1,2})\b"
    r"|(?P<from_zh>\d{1,2})\s*(?:-|–|~|至|到)\s*(?P<to_zh>\d{1,2})\s*(?:岁|周岁)"
    r"|\b(?:ages?:?\s*)?(?P<least>\d{1,2})\s*(?:\+(?=[\s).,;:!]|$)|(?:and|&)\s+(?:up|older|over)\b|(?:岁|周岁)(?:以上|\+))"
    r"|\bgrades?\s*(?:K|\d{1,2})\s*(?:-|–|to|through|and)\s*(?:\d{1,2}|up)\b"
    r"|\bgrades?\s+\d{1,2}(?:st|nd|rd|th)?\b"
    r"|\bK\s*[-–]\s*\d{1,2}\b",
    re.IGNORECASE,
)
_ABOUT_NUMBERS = re.compile(r"\d|\bK\s*[-–]|\bgrade", re.IGNORECASE)


def ages(text: str) -> Iterator[tuple[str, str]]:
    """(children, families or adults, the words) for each age that ``text`` names; ages of seniors tell nothing here."""
    if not _ABOUT_NUMBERS.search(text):
        return
    for match in _AGES.finditer(text):
        group = _group_of(match)
        if group:
            yield group, match[0].strip()


def _group_of(match: re.Match[str]) -> str | None:
    least, until = match["from"] or match["from_zh"] or match["least"], match["to"] or match["to_zh"]
    if until:
        if int(until) <= GROWN_UP:
            return "children"
        return "adults" if YOUNGEST_OF_ADULTS <= int(least) <= OLDEST_OF_ADULTS else None
    if match["least"] is None:
        return "children"  # a school year
    if int(least) > OLDEST_OF_ADULTS or int(least) == 0:
        return None
    return "adults" if int(least) >= YOUNGEST_OF_ADULTS else "families"
