"""One document that a user handed in -> its events: a calendar or a page by its reader, a picture by what is written in
it, words as a note."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from planner.config import Config
from planner.gather.fetch import window
from planner.types import OWN
from spiders.errors import ReadError
from spiders.items import Context, Document, Event, Reading, Second
from spiders.limits import Limits
from spiders.reasons import Code, Reason

if TYPE_CHECKING:
    from spiders.pool import ReaderPool

OTHER_TEXTS = frozenset({Code.AN_ARTICLE, Code.A_RECAP, Code.A_JOB_ADVERT, Code.A_CALL_FOR_PAPERS})
"""What a text may read like instead of an announcement."""
PATIENT = Limits(cpu=30, wall=60.0)
"""What a user hands in may take longer than what a source sends, also on a slow machine."""
_ONE_DAY = timedelta(days=1)
_LONGEST_FOR_A_DEADLINE = 5_000


def context_of(config: Config, now: datetime, second: Second = "never") -> Context:
    """How a user's own document is read."""
    start, end = window(now)
    return Context(source=OWN, now=now, timezone=config.timezone, window_start=start, window_end=end, second=second)


def read(document: Document, context: Context, pool: ReaderPool[Reading], *, apart: bool = False) -> Reading:
    """Its events and notices, or the reason why there are none. A picture, and with ``apart`` all else too, is read in
    a process of ``pool`` (one that reads by `read_document`), which can be ended. Never raises on bytes."""
    from spiders.readers import picture

    if not apart and not picture.accepts(document):
        return _read_words(document, context)
    try:
        return pool.read(document, context)
    except ReadError as exc:
        return Reading(reader="none", reason=exc.reason, refused=True)


def read_document(document: Document, context: Context, kind: str) -> Reading:
    """The reading of a worker."""
    from spiders.readers import dispatch, picture

    return dispatch.read(document, context) if picture.accepts(document) else _read_words(document, context)


def _read_words(document: Document, context: Context) -> Reading:
    """Markup and calendars by their readers, words as a note; a text of what is over says what it reads like."""
    from spiders.readers import dispatch, note
    from spiders.text.clean import plain
    from spiders.text.decode import decode

    reading = dispatch.read(document, context, "auto")
    is_text = reading.why is not None and reading.why.code in {Code.BY_PLAIN_TEXT, Code.BY_NOTHING}
    if not is_text and (reading.events or reading.notices):
        return reading
    if context.second != "never" and reading.questions:
        return reading
    text = decode(document.body).text
    noted = note.read(text if is_text else plain(text).text, context, url=document.url)
    ahead = [each for each in noted.events if each.start is not None and each.start >= context.now - _ONE_DAY]
    if noted.notices or ahead or any(each.notice for each in noted.events):
        return noted
    return noted if reading.events or kind_of_other(reading.reason) in {None, Code.AN_ARTICLE} else reading


def kind_of_other(reason: Reason | None) -> Code | None:
    """What a text without an event reads like, if that is known."""
    kind = reason["why"] if reason is not None and reason.code is Code.NO_EVENT else None
    return next((code for code in OTHER_TEXTS if isinstance(kind, Reason) and kind.code is code), None)


def deadline_of(document: Document, event: Event, count: int, context: Context) -> str | None:
    """Until when one signs up for one of ``count`` events of a document, in the document's words."""
    from spiders.readers import note, picture
    from spiders.text.decode import decode

    if event.notice:
        return None
    is_all = count == 1 and not picture.accepts(document)
    text = decode(document.body).text if is_all else event.description or ""
    return note.deadline_of(text[:_LONGEST_FOR_A_DEADLINE], context)
