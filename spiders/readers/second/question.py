"""Which announcements the first reader left open, and what a second one needs to know of them."""

from __future__ import annotations

from datetime import date

from spiders.items import Context, Question, Reading
from spiders.readers.second.prompt import LONGEST
from spiders.text.clean import plain
from spiders.text.glyphs import normalize
from spiders.text.when.mentions import read_mentions
from spiders.text.when.zones import zone_info

_NOT_TO_COME = {"deadline", "past", "skip"}


def question_of(reading: Reading, text: str, context: Context, *, url: str | None = None) -> Question | None:
    """The question that an announcement's first ``reading`` leaves, of ``text`` in any markup as that reader was given
    it; None where ``context.second`` wants none asked. Notices are not asked about: they are no events."""
    if context.second == "never" or reading.refused or reading.notices:
        return None
    if any(event.notice for event in reading.events):
        return None
    page = plain(text)
    lines = page.text.split("\n", 1)
    seen = page.text if page.heading is None or lines[0].strip() == page.heading else f"{page.heading}\n\n{page.text}"
    seen = seen[:LONGEST].strip()
    if not seen or (context.second == "doubtful" and not _is_open(reading, seen, context)):
        return None
    return Question(
        text=seen,
        source=context.source,
        now=context.now,
        timezone=context.timezone,
        url=url,
        uids=tuple(dict.fromkeys(event.uid for event in reading.events)),
        reason=None if reading.events else reading.reason,
    )


def _is_open(reading: Reading, text: str, context: Context) -> bool:
    """Whether an event is doubtful or without a time, or there is none although the text names a day to come."""
    if reading.events:
        return any(
            event.start is None or event.evidence.sure == "doubtful" or event.evidence.doubts
            for event in reading.events
        )
    return _names_a_day_to_come(text, context.now.astimezone(zone_info(context.timezone)).date())


def _names_a_day_to_come(text: str, today: date) -> bool:
    return any(
        mention.rule is not None or any((days.last or days.first) >= today and not days.weak for days in mention.days)
        for mention in read_mentions(normalize(text), today)
        if mention.role not in _NOT_TO_COME
    )
