"""JSON-LD blocks of a page, each read by itself: a broken one hides no other."""

from __future__ import annotations

from typing import Any

from spiders.readers import loose_json
from spiders.readers.page import Page

_MOST_BLOCKS = 200


def blocks(page: Page) -> tuple[list[Any], int]:
    """The values of all blocks, in order, and how many blocks could not be read."""
    if page.text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        return loose_json.load(page.text), 0
    if not page.holds(b"ld+json"):
        return [], 0
    found: list[Any] = []
    broken = 0
    for script in page.tree.css('script[type*="ld+json"]')[:_MOST_BLOCKS]:
        text = script.text(deep=True)
        values = loose_json.load(text)
        if not values and text.strip():
            broken += 1
        found.extend(values)
    return found, broken
