"""What is seen in a picture to the events it announces, or to what it seems to be instead."""

from __future__ import annotations

from spiders.items import Context, Reading
from spiders.readers.announcement.reader import AnnouncementReader
from spiders.readers.announcement.select import select
from spiders.readers.picture.document import written
from spiders.readers.picture.layout import page_of
from spiders.readers.picture.seen import Seen
from spiders.reasons import Code, Reason

NAME = "picture"


def read_seen(seen: Seen, context: Context, *, url: str | None = None) -> Reading:
    page = page_of(seen)
    document = written(page)
    reader = AnnouncementReader.over(document.article, context)
    selected = select(document.article, reader.mentions, reader.judgement.time)
    why = reader.refusal(selected)
    if why is not None and not selected.occasions:
        return Reading(reader=NAME, reason=Reason(Code.NO_EVENT, why=Reason(why)))
    events = reader.events_of(selected.occasions, url) if selected.occasions else [reader.without_time(url)]
    return Reading(reader=NAME, events=tuple(events))
