"""A short text to its When: which of its mentions are the event's, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from spiders.text.glyphs import normalize, visible
from spiders.text.when import zones
from spiders.text.when.mentions import read_mentions
from spiders.text.when.model import Days, Mention, Session, When
from spiders.text.when.series import excluded_days
from spiders.text.when.sessions import main_hours, sessions_of
from spiders.text.when.settling import settle

__all__ = ["LIMIT", "decide", "distinct", "read_when", "settle"]
# A field is a line or two; what lies beyond this is an article, for the announcement reader to cut up.
LIMIT = 20_000


def read_when(text: str, *, now: datetime, timezone: str) -> When:
    """When the event of a short text is held.

    ``text``: a field, a title or some lines, at most :data:`LIMIT` characters (the rest is not read). ``now``: aware,
    when the text was published; relative days and years left out are taken from it, in ``timezone`` (IANA), which
    also holds for times that name no zone. Raises ``ValueError`` for a naive ``now``.
    """
    if now.tzinfo is None:
        raise ValueError("now: has no zone (give an aware datetime)")
    local = zones.zone_info(timezone)
    seen = visible(text[:LIMIT])
    today = now.astimezone(local).date()
    mentions = read_mentions(normalize(seen), today, day_first=zones.day_first(timezone))
    kept = settle(mentions, normalize(seen))
    if not kept:  # nothing to come: "last Friday" is still a time
        kept = [m for m in mentions if m.role == "past" and m.days and m.days[0].relative]
    when = decide(kept, seen, now, timezone)
    if when.sessions or when.recurrence:
        return when
    from spiders.text.when.periods import read_periods

    return replace(when, periods=read_periods(normalize(seen), now, local))


def decide(mentions: list[Mention], text: str, now: datetime, timezone: str) -> When:
    """The When of settled ``mentions`` of ``text`` (the mentions' positions are positions in it)."""
    local = zones.zone_info(timezone)
    today = now.astimezone(local).date()
    dated = [m for m in mentions if (m.days and not all(d.weak for d in m.days)) or m.rule]
    if not dated:
        dated = [m for m in mentions if m.days and (_is_all(m, text) or _short_day(m, text))]
    precision_time = False
    if not dated:
        timed = next((m for m in mentions if main_hours(m) and not m.days), None)
        if timed is None:
            return When()
        timed.days, dated, precision_time = [Days(today, guessed=True)], [timed], True
    sessions: list[Session] = []
    rule: str | None = None
    for mention in dated:
        words = text[mention.start : mention.stop]
        made, said = sessions_of(mention, today, local, words)
        sessions.extend(made)
        rule = rule or said
    if precision_time:
        sessions = [
            Session(start=s.start, end=s.end, sure="doubtful", precision="time", words=s.words) for s in sessions
        ]
    return When(
        sessions=tuple(distinct(sessions)),
        recurrence=rule,
        excluded=tuple(dict.fromkeys(day for m in dated for day in excluded_days(m))) if rule is not None else (),
        conflicts=tuple(dict.fromkeys(c for m in dated for c in m.conflicts)),
        words=" … ".join(dict.fromkeys(text[m.start : m.stop].strip() for m in dated)) or None,
        zone=next((m.zone for m in dated if m.zone), None),
    )


def _short_day(mention: Mention, text: str) -> bool:
    """``29日去看电影吗``: in a short sentence a bare day stands for the day meant."""
    return len(text) <= 30 and text[mention.start : mention.stop].endswith("日") and not text[: mention.start].strip()


def _is_all(mention: Mention, text: str) -> bool:
    """The whole text is this one number, as in a field that holds a date alone."""
    return not any(c.isalnum() for c in text[: mention.start] + text[mention.stop :])


def distinct(sessions: Iterable[Session]) -> list[Session]:
    """Each time once, in order; a bare day falls away where the same day is told with its hours."""
    ordered = sorted(sessions, key=lambda s: (s.start, not s.all_day, s.end is None))
    timed_days = {s.start.date() for s in ordered if not s.all_day}
    kept: dict[tuple[datetime, bool], Session] = {}
    for session in ordered:
        if session.all_day and session.start.date() in timed_days and session.end is None:
            continue
        key = (session.start, session.all_day)
        if key not in kept or (kept[key].end is None and session.end is not None):
            kept[key] = session
    return _without_covering(list(kept.values()))


def _without_covering(sessions: list[Session]) -> list[Session]:
    """A range of days is dropped where sessions with hours lie inside it: it was their headline."""
    timed = [s.start for s in sessions if not s.all_day]
    ranges = [(s.start, s.end) for s in sessions if s.all_day and s.end is not None]

    def covers(session: Session) -> bool:
        return session.end is not None and any(session.start <= start < session.end for start in timed)

    def covered(session: Session) -> bool:
        return session.end is None and any(first <= session.start < last for first, last in ranges)

    return [s for s in sessions if not (s.all_day and (covers(s) or covered(s)))]
