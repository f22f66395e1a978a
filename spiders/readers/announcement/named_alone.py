"""An article whose title names an event and that says next to nothing else: its words stand in its pictures."""

from __future__ import annotations

from spiders.items import Context, Event
from spiders.readers.announcement.reader import AnnouncementReader, parts_of
from spiders.readers.announcement.vocabulary import says
from spiders.text.glyphs import normalize


def named_alone(text: str, context: Context, *, url: str | None, title: str | None, longest: int) -> Event | None:
    """The event without a time that the title names, where at most ``longest`` characters stand below it; else None."""
    parts = parts_of(text, title)
    if parts is None:
        return None
    headline, body, page = parts
    if len("".join(body.split())) > longest or not says("noun", normalize(headline)):
        return None
    return AnnouncementReader.of(headline, body, context, page).without_time(url)
