"""Announcements taken apart as the reader does it, on one day: Saturday, 21 November 2026, in Shanghai."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from spiders.items import Context, Event
from spiders.readers.announcement import read_text
from spiders.readers.announcement.article import Article
from spiders.readers.announcement.reader import AnnouncementReader, parts_of

NOW = datetime(2026, 11, 21, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
CONTEXT = Context(source="own", now=NOW, timezone="Asia/Shanghai", window_start=NOW, window_end=NOW + timedelta(120))


def reader_of(text: str) -> AnnouncementReader:
    """A text being read, before anything is decided."""
    parts = parts_of(text)
    assert parts is not None
    return AnnouncementReader.of(parts[0], parts[1], CONTEXT, parts[2])


def article_of(text: str) -> Article:
    """The document model of a text in any markup, its title on the first line."""
    return reader_of(text).article


def events_of(text: str) -> list[Event]:
    """What the reader makes of a text."""
    return list(read_text(text, CONTEXT).events)


def starts_of(text: str) -> list[str]:
    """The starts of its events, in order: "12-05 19:30", or "12-05" for a whole day."""
    return [
        f"{event.start:%m-%d}" if event.all_day else f"{event.start:%m-%d %H:%M}"
        for event in events_of(text)
        if event.start is not None
    ]
