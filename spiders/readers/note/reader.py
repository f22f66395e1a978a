"""One note to its event, with the time by the grammar and the rest by its pieces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from spiders.items import Context, Event, Evidence, Reading
from spiders.readers.announcement import read_text
from spiders.readers.announcement.fields import find_fields
from spiders.readers.announcement.uids import distinct, hashed
from spiders.readers.note.parts import parts_of, without_speakers
from spiders.readers.note.pieces import told_by, without_talk
from spiders.reasons import Code, Reason
from spiders.text.glyphs import normalize, visible
from spiders.text.when.mentions import read_mentions
from spiders.text.when.model import Mention, Session, When
from spiders.text.when.reading import read_when
from spiders.text.when.scanner import scan
from spiders.text.when.sessions import main_hours
from spiders.text.when.zones import day_first, shown_in, zone_info
from spiders.text.where import read_where

NAME = "note"
BRIEF = 240
"""A note of so many characters tells its parts side by side; a longer one is an announcement."""
_LINES = 9
_HOUR = 8  # characters of a clause that is an hour
_CLAUSE = re.compile(r"[\n,，。;；!！?？]")
# A part of the day that the time before it leaves over where the word behind it begins alike.
_PART = re.compile(r"晚上?|上(?=有)|[早上下中]午|早上?|傍晚|凌晨")
_WORDLESS = 3  # letters between day and hour that name nothing
_ONE_DAY = timedelta(days=1)


def read(text: str, context: Context, *, url: str | None = None) -> Reading:
    """Events of a text of which its giver says that it is of events: none is refused as something else.

    ``text``: plain text of one note or several. An event whose time the note does not tell has ``start`` None, and one
    that tells a weekend or a week alone tells no time. Times are resolved against ``context.now`` in
    ``context.timezone``. A notice that calls an event off or moves it stays a notice.
    """

    def tells_time(part: str) -> bool:
        today = context.now.astimezone(zone_info(context.timezone)).date()
        told = read_mentions(normalize(visible(part)), today, day_first=day_first(context.timezone))
        return any(_tells_time(each) and (each.days or each.rule) for each in told)

    readings = [_read_one(part, context, url) for part in parts_of(text, tells_time)]
    events = distinct([event for reading in readings for event in reading.events])
    notices = tuple(event for reading in readings for event in reading.notices)
    if not events and not notices:
        reason = next((each.reason for each in readings), Reason(Code.NO_EVENT, why=Reason(Code.AN_EMPTY_TEXT)))
        return Reading(reader=NAME, reason=reason)
    return Reading(reader=NAME, events=events, notices=notices, notes=tuple(n for each in readings for n in each.notes))


def deadline_of(text: str, context: Context) -> str | None:
    """The words that say until when one signs up, where a text tells it."""
    seen = visible(text)
    today = context.now.astimezone(zone_info(context.timezone)).date()
    told = read_mentions(normalize(seen), today, day_first=day_first(context.timezone))
    return next((seen[each.start : each.stop].strip() for each in told if each.role == "deadline"), None)


def weeks_on(start: datetime, words: str, context: Context) -> timedelta:
    """A weekday that is named alone is one that comes: on Friday at eight "Friday at seven" is that of the next week.
    -> how much later than ``start`` the time of ``words`` is."""
    zone = zone_info(context.timezone)
    today = context.now.astimezone(zone).date()
    told = read_mentions(normalize(visible(words)), today, day_first=day_first(context.timezone))
    days = [day for each in told if each.role != "deadline" for day in each.days if not day.weak]
    named_alone = bool(days) and all(day.relative and day.guessed and day.first == today for day in days)
    return timedelta(weeks=1) if named_alone and start < context.now and start.hour else timedelta(0)


def _read_one(part: str, context: Context, url: str | None) -> Reading:
    said = visible(without_speakers(part)).strip()
    announced = read_text(said, context, url=url, certain=True)
    if not _is_brief(said) or len(announced.events) > 1 or announced.notices:
        return announced
    told = announced.events[0] if announced.events else None
    if told is not None and told.notice is not None:
        return announced
    if told is None:  # nothing to go by but the words: an event without a time
        told = Event(source=context.source, uid="", title=said.split("\n")[0], start=None, timezone=context.timezone)
    event = _completed(told, said, context, url, chat=said != visible(part).strip())
    return replace(announced, events=(event,), reason=None)


def _is_brief(said: str) -> bool:
    return len(said) <= BRIEF and said.count("\n") < _LINES


def _completed(event: Event, said: str, context: Context, url: str | None, *, chat: bool) -> Event:
    """The event of a brief note: what its pieces tell, and the hour that stands apart from its day."""
    normalized = normalize(said)
    mentions = read_mentions(
        normalized, context.now.astimezone(zone_info(context.timezone)).date(), day_first=day_first(context.timezone)
    )
    held = [each for each in mentions if _tells_time(each)] or _only_time(mentions)
    event = _timed(event, said, held, context)
    if event.start is not None:
        later = weeks_on(event.start, said, context)
        event = replace(event, start=event.start + later, end=event.end and event.end + later)
    aside = [(each.start, each.stop) for each in mentions if each.role == "deadline"]
    times = [span for each in held for span in _spans(each, normalized)]
    pieces = told_by(said, [*times, *aside], chat=chat)
    labels = {field.kind for field in find_fields(normalized)}
    place = read_where(pieces.place) if pieces.place else None
    if "place" in labels and event.place is not None:
        place = event.place
    title = without_talk(event.title if labels >= {"time", "place"} else pieces.name or event.title)
    start = event.start.isoformat() if event.start is not None else ""
    return replace(event, title=title, place=place, uid=url or hashed(context.source, title, start))


def _tells_time(mention: Mention) -> bool:
    """Whether it says when something is held: a day that stands firm, an hour, a rule."""
    firm = bool(mention.days) and not all(day.weak for day in mention.days)
    return mention.role != "deadline" and (firm or bool(main_hours(mention)) or mention.rule is not None)


def _only_time(mentions: Sequence[Mention]) -> list[Mention]:
    """The one time of a note is its own, though the words beside it speak of a limit."""
    dated = [each for each in mentions if each.role == "deadline" and each.days and main_hours(each)]
    return dated if len(dated) == 1 else []


def _spans(mention: Mention, normalized: str) -> list[tuple[int, int]]:
    """Where the words of a time stand: two places where others stand between its day and its hour."""
    spans: list[tuple[int, int]] = []
    for token in scan(normalized[mention.start : mention.stop]):
        start, stop = mention.start + token.start, mention.start + token.end
        part = _PART.match(normalized, stop)
        stop = part.end() if part is not None else stop
        if spans and len(re.findall(r"\w", normalized[spans[-1][1] : start])) <= _WORDLESS:
            spans[-1] = (spans[-1][0], stop)
        else:
            spans.append((start, stop))
    if not spans:
        return [(mention.start, mention.stop)]
    first, last = spans[0], spans[-1]
    if len(spans) == 1:
        return [(mention.start, max(first[1], mention.stop))]
    return [(mention.start, first[1]), *spans[1:-1], (last[0], max(last[1], mention.stop))]


def _timed(event: Event, said: str, held: list[Mention], context: Context) -> Event:
    """With the day and the hour that the note tells apart from each other read as one time."""
    if event.start is not None and not event.all_day:
        return event
    if _is_today_alone(held, context) and not _hour_apart(said, held, context):
        return replace(event, start=None, end=None, all_day=False, recurrence=None)
    words = " ".join(said[each.start : each.stop].strip() for each in held)
    if held and not any(each.hours for each in held):
        words = f"{words} {_hour_apart(said, held, context)}"
    when = read_when(words, now=context.now, timezone=context.timezone)
    session = when.sessions[0] if when.sessions else None
    if session is None or session.precision == "time" or _is_vague(session, held):
        return replace(event, start=None, end=None, all_day=False, recurrence=None)
    return _at(event, session, when, context)


def _hour_apart(said: str, held: list[Mention], context: Context) -> str:
    """An hour that is a clause by itself ("周五晚上吃饭吧", "七点"), read as one of the day told before it."""
    day = " ".join(said[each.start : each.stop].strip() for each in held)
    for clause in _CLAUSE.split(said):
        if not 2 <= len(clause.strip()) <= _HOUR or any(said[m.start : m.stop].strip() in clause for m in held):
            continue
        when = read_when(f"{day} {clause}", now=context.now, timezone=context.timezone)
        if when.sessions and not when.sessions[0].all_day:
            return clause
    return ""


def _is_today_alone(held: list[Mention], context: Context) -> bool:
    """ "What weather today": no other day is named, no hour and no rule, so the hour is still to be told."""
    today = context.now.astimezone(zone_info(context.timezone)).date()
    days = [day for each in held for day in each.days]
    ruled = any(each.rule for each in held)
    return not ruled and bool(days) and all(day.relative and day.first == today for day in days)


def _is_vague(session: Session, held: list[Mention]) -> bool:
    """A weekend or a week that is named from now: days among which one is still to be chosen."""
    ranged = session.all_day and session.end is not None and session.end - session.start > _ONE_DAY
    return ranged and all(day.relative for each in held for day in each.days)


def _at(event: Event, session: Session, when: When, context: Context) -> Event:
    zone, held = zone_info(context.timezone), context.timezone_overrides
    doubts = when.conflicts
    return replace(
        event,
        start=session.start if session.all_day else shown_in(zone, session.start, as_written=held),
        end=shown_in(zone, session.end, as_written=held),
        all_day=session.all_day,
        recurrence=when.recurrence,
        evidence=Evidence(
            sure="doubtful" if doubts else session.sure, when=when.words, where=event.evidence.where, doubts=doubts
        ),
    )
