"""JSON-LD blocks of a page, each read by itself: a broken one hides no other.

Most pages need no tree for them: the text of a script is what stands between its tags (HTML, 13.2.6.2). Wherever that
is not plainly so (a script within a comment, a template, another script) the parsed page decides.
"""

from __future__ import annotations

import re
from typing import Any

from spiders.readers.markup import lenient_json
from spiders.readers.markup.page import Page

_MAX_BLOCKS = 200
_MARK = b"ld+json"
_OPENING = re.compile(rb"<script\b[^<>]*?\btype\s*=\s*[\"']?\s*[^\"'<>\s]*ld\+json[^<>]*>")
# A block without one of these names no event, and without an "@id" no block can point to it.
_TELLING = ("event", "festival", "hackathon", "courseinstance", '"@id"', "&quot;")


def blocks(page: Page) -> tuple[list[Any], int]:
    """The values of all blocks that may tell of events, in order, and how many blocks could not be read."""
    if page.first in ("{", "["):
        return lenient_json.load(page.text), 0
    if not page.holds(_MARK):
        return [], 0
    found: list[Any] = []
    broken = 0
    texts = _between_tags(page)
    if texts is None:
        texts = [script.text(deep=True) for script in page.tree.css('script[type*="ld+json" i]')[:_MAX_BLOCKS]]
    for text in texts:
        lowered = text.lower()
        if not any(mark in lowered for mark in _TELLING):
            continue
        values = lenient_json.load(text)
        if not values and text.strip():
            broken += 1
        found.extend(values)
    return found, broken


def _between_tags(page: Page) -> list[str] | None:
    """The texts of the blocks as they stand in the page's bytes; None where only a parser can tell."""
    folded = page.folded
    found: list[str] = []
    behind = 0  # the end of the last block: there the page is in no comment and no script
    at = folded.find(_MARK)
    while at >= 0 and len(found) < _MAX_BLOCKS:
        opening = folded.rfind(b"<script", behind, at)
        tag = _OPENING.match(folded, opening) if opening >= 0 else None
        if tag is None or not opening < at < tag.end() or _hidden(folded, behind, opening):
            return None
        end = folded.find(b"</script", tag.end())
        if end < 0 or (folded.find(b"<!--", tag.end(), end) >= 0 and folded.find(b"<script", tag.end(), end) >= 0):
            return None
        found.append(page.source[tag.end() : end].decode("utf-8", "replace"))
        behind = end
        at = folded.find(_MARK, end)
    return found


def _hidden(folded: bytes, begin: int, end: int) -> bool:
    """Whether what looks like a script may be no element: within a comment, another script, a template, a field."""
    if folded.find(b"<te", begin, end) >= 0:  # template, textarea
        return True
    comment, script = folded.rfind(b"<!--", begin, end), folded.rfind(b"<script", begin, end)
    return (comment >= 0 and folded.find(b"-->", comment, end) < 0) or (
        script >= 0 and folded.find(b"</script", script, end) < 0
    )
