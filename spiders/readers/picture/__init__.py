"""Pictures: bytes to what is written in them, and to what they announce.

Decoders are C, and hostile bytes aim at them: only processes that read call `look` and `read`. The libraries are an
extra, ``quanzi[pictures]``, and are imported when the first picture comes.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from importlib.util import find_spec

from spiders.errors import ReadError
from spiders.items import Context, Document, Reading
from spiders.readers.picture.forms import READ, form_of
from spiders.readers.picture.seen import Seen
from spiders.reasons import Code, Reason

NAME = "picture"
LIBRARIES = ("numpy", "onnxruntime", "PIL", "zxingcpp", "pypdfium2")
_log = logging.getLogger(__name__)


def is_installed() -> bool:
    """Whether pictures can be read here; nothing is imported to find out."""
    return all(find_spec(name) is not None for name in LIBRARIES)


def accepts(document: Document) -> bool:
    """Whether the first bytes are those of a picture or a PDF, also of one that is not read."""
    return form_of(document.body) is not None


def look(data: bytes) -> tuple[Seen, ...]:
    """What is seen in a picture, or on each of the first pages of a PDF. Raises ReadError with its reason where the
    bytes are none that is read, or where quanzi[pictures] is not installed."""
    form = form_of(data)
    if form is not None and form not in READ:
        raise ReadError(Reason(Code.PICTURE_OF_OTHER_FORM, form=str(form)))
    try:
        from spiders.readers.picture.looking import seen_in

        return seen_in(data)
    except ImportError as exc:
        _log.info("pictures: %s", exc)
        raise ReadError(Reason(Code.NEEDS_PICTURES)) from exc


def read(document: Document, context: Context) -> Reading:
    """The events that a picture announces, or the reason why there are none. Never raises, whatever the bytes."""
    from spiders.readers.picture.reader import read_seen

    try:
        pages = look(document.body)
    except ReadError as exc:
        return Reading(reader=NAME, reason=Reason(Code.REFUSED, why=exc.reason), refused=True)
    reading = read_seen(pages, context, url=document.url)
    return replace(reading, notes=(*_notes(pages), *reading.notes))


def _notes(pages: tuple[Seen, ...]) -> tuple[Reason, ...]:
    """What was not read."""
    notes = []
    if pages and pages[0].pages > len(pages):
        notes.append(Reason(Code.PAGES_LEFT_OUT, count=pages[0].pages, read=len(pages)))
    if left_out := sum(page.left_out for page in pages):
        notes.append(Reason(Code.WRITTEN_LINES_LEFT_OUT, count=left_out))
    return tuple(notes)
