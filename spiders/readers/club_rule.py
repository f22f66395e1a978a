"""A club that meets by rule ("every Thursday 19:30-21:00, Room 3"): the user's own words -> coming occurrences.

The rule is the user's knowledge, not an announcement: each occurrence is *inferred*, and says so. Every other week is
not known without a week to count from, and so many meetings not without the first: such a rule has to name a date.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from spiders.items import Context, Document, Event, Evidence, Reading
from spiders.reasons import Code, Reason
from spiders.rrule.expand import occurrences
from spiders.rrule.parse import parse_rule
from spiders.text.when import read_when

NAME = "recurrence"
USUAL_LENGTH = timedelta(hours=2)


def accepts(document: Document) -> bool:
    """Whether there are words: a rule has no form of its own."""
    return bool(document.body.strip())


def read(document: Document, context: Context) -> Reading:
    """The text of a rule -> its occurrences in the context's window, titled with what it calls the club."""
    text = document.body.decode("utf-8", "replace").strip()
    when = read_when(text, now=context.now, timezone=context.timezone)
    if not when.recurrence or not when.sessions:
        return Reading(reader=NAME, reason=Reason(Code.NO_RULE))
    session = when.sessions[0]
    if _is_counted(when.recurrence) and not _names_a_date(text, context, session.start):
        return Reading(reader=NAME, reason=Reason(Code.RULE_WITHOUT_DATE))
    length = (session.end - session.start) if session.end else None
    event = Event(
        source=context.source,
        uid=context.source,
        title=_name(text, context),
        start=session.start,
        all_day=session.all_day,
        timezone=context.timezone,
        recurrence=when.recurrence,
        evidence=Evidence(sure="inferred", when=when.words, doubts=(Reason(Code.FROM_A_RULE),)),
    )
    return Reading(
        reader=NAME,
        events=tuple(
            replace(event, start=start, end=start + length if length else None, occurrence=f"{start:%Y%m%dT%H%M}")
            for start in starts_between(session.start, when.recurrence, context.window_start, context.window_end)
            if start.date() not in when.excluded
        ),
        notes=when.conflicts,
    )


def _name(text: str, context: Context) -> str:
    """The first line; where the rule stands in it, the first words that are none of the rule's, if there are any."""
    line = text.partition("\n")[0].strip()
    when = read_when(line, now=context.now, timezone=context.timezone)
    if when.recurrence is None or when.words is None:
        return line
    beside = [line]
    for words in when.words.split(" … "):
        beside = [piece for each in beside for piece in each.split(words)]
    named = (" ".join(piece.split()).strip(" ,，:：;；-–—·") for piece in beside)
    return next(filter(None, named), line)


def _is_counted(text: str) -> bool:
    """Whether it matters from when on a rule is counted."""
    rule = parse_rule(text)
    return rule.interval > 1 or rule.count is not None


def _names_a_date(text: str, context: Context, start: datetime) -> bool:
    """Whether the words themselves say when it begins: then it begins no other week for whoever reads them later."""
    later = read_when(text, now=context.now + timedelta(weeks=1), timezone=context.timezone)
    return bool(later.sessions) and later.sessions[0].start == start


def starts_between(first: datetime, text: str, since: datetime, until: datetime) -> list[datetime]:
    """Wall times of the rule in [since, until]: an hour stays the hour through summer time (RFC 5545, 3.3.10)."""
    rule = parse_rule(text)
    zone = first.tzinfo
    wall = first.replace(tzinfo=None)
    begin = max(since.astimezone(zone).replace(tzinfo=None), wall - timedelta(days=400))
    before = until.astimezone(zone).replace(tzinfo=None) + timedelta(seconds=1)
    if rule.until:
        before = min(before, datetime.strptime(rule.until[:8], "%Y%m%d") + timedelta(days=1))  # noqa: DTZ007 - a wall time
    # A club meets by its rule before today too; what is counted, or every other week, is so from the first time on.
    anchor = wall - timedelta(weeks=54) if rule.interval == 1 and rule.count is None else wall
    return [start.replace(tzinfo=zone) for start in occurrences(rule, anchor, begin, before)]
