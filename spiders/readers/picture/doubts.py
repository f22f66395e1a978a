"""Why a time that was read in a picture may be another: it was hard to read, it was mended, it lacks its colon."""

from __future__ import annotations

import re

from spiders.readers.announcement.occasions import Occasion
from spiders.readers.picture.document import Written
from spiders.reasons import Code, Reason

_NO_COLON = re.compile(r"(?<!\d)(?:[01]\d|2[0-4])[0-5]\d\s?(?:-|~|to)\s?(?:[01]\d|2[0-4])[0-5]\d(?!\d)")
_BEARS = re.compile(r"[\d一二三四五六七八九十两:：apAP]")
_SECONDS = re.compile(r"\d{1,2}:\d\d:\d\d")


def doubts_of(occasion: Occasion, document: Written) -> tuple[Reason, ...]:
    """The doubts of the time that an occasion was read from."""
    article = document.article
    spans = [(mention.start, mention.stop) for mention in occasion.mentions] or [(occasion.start, occasion.stop)]
    found: list[Reason] = []
    for start, stop in spans:
        words = " ".join(article.text[start:stop].split())
        if _lacks_day(occasion, document) or any(
            _is_unsure(document, at) for at in range(start, min(stop, len(article.text)))
        ):
            found.append(Reason(Code.HARD_TO_READ, words=words))
        if (match := _NO_COLON.search(article.normalized, start, stop)) is not None:
            found.append(Reason(Code.CLOCK_WITHOUT_COLON, words=match[0]))
    return tuple(dict.fromkeys(found))


def _lacks_day(occasion: Occasion, document: Written) -> bool:
    """Whether a weekday is told and, somewhere, a month: the number between them was not seen."""
    days = [day for mention in occasion.mentions for day in mention.days]
    weekday = bool(days) and all(day.relative for day in days)
    months = any("month" in piece.parts and not piece.parts & {"date", "number"} for piece, _ in document.places)
    return weekday and months


def tells_seconds(occasion: Occasion, document: Written) -> bool:
    """Whether a time tells its seconds: a payment, a message; nobody invites people so."""
    return _SECONDS.search(document.article.normalized, occasion.start, occasion.stop) is not None


def _is_unsure(document: Written, position: int) -> bool:
    """Whether the sign at a position bears on the time, and was mended or read with little confidence."""
    piece, at = document.sign_at(position)
    if piece is None or not _BEARS.match(piece.text[at : at + 1]):
        return False
    return at in piece.mended or at in piece.unsure
