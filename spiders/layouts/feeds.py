"""A feed of posts, known by its items. Posts without any text tell no time: that is said, and is no fault of the
feed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from spiders.items import Context, Document, Reading
from spiders.layouts.layout import changed
from spiders.reasons import Code, Reason

_TITLE = re.compile(rb"<(?:\w+:)?title[\s>]|\"title\"\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Posts:
    """The answers are feeds. ``item`` is what their entries are called, for people. With ``whole`` alone, posts of
    which the feed has nothing but the title are not looked up: their pages refuse programs."""

    item: str = "item"
    whole: bool = True

    def read(self, document: Document, context: Context) -> Reading:
        from spiders.readers import dispatch

        reading = dispatch.read(document, context, "feed")
        if reading.refused:
            return reading
        if reading.reason == Reason(Code.EMPTY_FEED):
            return changed(self.item) if len(_TITLE.findall(document.body)) > 1 else reading
        if self.whole and reading.links:
            bare = Reason(Code.TITLES_ALONE, count=len(reading.links))
            reason = bare if reading.reason is not None and not reading.events else reading.reason
            notes = reading.notes if reason is bare else (*reading.notes, bare)
            return replace(reading, reason=reason, notes=notes, links=())
        return reading
