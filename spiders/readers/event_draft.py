"""What any markup says about one event, and the Event that follows from it.

Readers of markup differ in where they look; what a false end, an empty start or a midnight means is the same for all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from spiders.items import Context, Event, Evidence, Mode, Place, Price, Status, Sure, Zoned
from spiders.readers import normalize
from spiders.readers.timestamps import COUNTED, NUMERIC_ZERO, Timestamp
from spiders.reasons import Code, Reason
from spiders.text.status import stated_status

_DAY = timedelta(days=1)
_LONGEST_TIMED = timedelta(days=60)  # a timed "event" beyond this is a whole series, from its first to its last meeting
# Calendars that must give an end write the end of the day where they know none.
_NO_END = {time(23, 59), time(23, 50), time(23, 55)}


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDraft:
    """The sayings about one event, cleaned but not yet judged. Everything but the title may be unknown.

    ``end_excluded``: a day as the end is the first that is no more part of it (RFC 5545), not the last one that is."""

    title: str
    start: Timestamp | None = None
    end: Timestamp | None = None
    end_excluded: bool = False
    length: timedelta | None = None
    uid: str | None = None
    url: str | None = None
    place: Place | None = None
    where: str | None = None
    mode: Mode | None = None
    organizer: str | None = None
    description: str | None = None
    categories: tuple[str, ...] = ()
    price: Price | None = None
    status: Status = "confirmed"
    published: datetime | None = None
    recurrence: str | None = None
    occurrence: str | None = None
    when: str | None = None
    doubts: tuple[Reason, ...] = ()


def event_of(
    facts: EventDraft, context: Context, *, page_url: str | None = None, offsets_hold: bool = True
) -> Event | None:
    """The Event of ``facts``; None without a start. Without ``offsets_hold`` times are taken as wall times, and so they
    are, without a doubt, where ``context.timezone_overrides`` says it."""
    if facts.start is None:
        return None
    zone = ZoneInfo(context.timezone)
    start, end, doubts = facts.start, facts.end, list(facts.doubts)
    sure: Sure = "inferred" if doubts else "stated"
    if context.timezone_overrides:
        start, end = start.as_written(), end.as_written() if end else None
    elif not offsets_hold and not start.is_date and start.zone is not None:
        start, end = replace(start, zone=None), replace(end, zone=None) if end else None
        sure = "inferred"
        doubts.append(Reason(Code.ZONE_CONTRADICTS_PAGE))
    began = start.at(zone)
    first = _first_day(start, end, zone)
    if first is not None:
        began = datetime.combine(first, time(), zone)
        ended: datetime | None = _last_day(began, end, zone, excluded=facts.end_excluded)
    else:
        ended = _ended(began, end, facts.length, zone, doubts)
    status = facts.status if facts.status != "confirmed" else stated_status(facts.title)
    url = facts.url or page_url
    return Event(
        source=context.source,
        uid=normalize.identifier(facts.uid or "") or url or _hashed(context.source, facts.title),
        title=facts.title,
        start=began,
        end=ended,
        all_day=first is not None,
        timezone=context.timezone,
        occurrence=facts.occurrence,
        place=facts.place,
        mode=facts.mode or normalize.mode_of(facts.where, facts.title),
        url=url,
        organizer=facts.organizer,
        description=facts.description,
        categories=facts.categories,
        price=facts.price,
        status=status,
        recurrence=facts.recurrence,
        published=facts.published,
        evidence=Evidence(sure=sure, when=facts.when, where=facts.where, doubts=tuple(doubts)),
    )


def zone_of(told: Iterable[EventDraft]) -> Zoned | None:
    """Whether most times are written with an offset; None where none is told, or all are days."""
    named = [facts.start.zone is not None for facts in told if facts.start is not None and not facts.start.is_date]
    if not named:
        return None
    return "stated" if 2 * sum(named) >= len(named) else "assumed"


def _first_day(start: Timestamp, end: Timestamp | None, zone: ZoneInfo) -> date | None:
    """The first of the days that these times fill; None for what is of hours.

    Midnight to midnight, or midnight and nothing else: a day, not a party at 00:00. Nor does any begin at 23:59. Alone
    it has to be midnight here: 00:00Z may as well be the morning."""
    if start.is_date or start.wall.time().replace(second=0) == time(23, 59):
        return start.wall.date()
    here = start.at(zone)
    if end is not None and not end.is_date and end != start:
        if start.wall.time() == time() and _closes_day(end.wall.time()):
            return start.wall.date()
        fills = start.zone is UTC and here.time() == time() and _closes_day(end.at(zone).time())
        return here.date() if fills else None
    is_unknown = any(start.zone is unknown for unknown in (None, NUMERIC_ZERO, COUNTED))
    return start.wall.date() if start.wall.time() == time() and (is_unknown or here.time() == time()) else None


def _closes_day(at: time) -> bool:
    return at.replace(second=0, microsecond=0) in (time(), time(23, 59))


def _last_day(began: datetime, end: Timestamp | None, zone: ZoneInfo, *, excluded: bool) -> datetime:
    """The exclusive end of days. People and schema.org name the last one; at midnight it is over."""
    last = began.date() + _DAY
    if end is not None:
        # The day is read on the clock on which it ends, as it is written or here.
        at = end.wall if end.is_date or _closes_day(end.wall.time()) else end.at(zone)
        is_over = excluded if end.is_date else at.time() == time()
        last = max(last, at.date() if is_over else at.date() + _DAY)
    return datetime.combine(last, time(), zone)


def _ended(
    began: datetime, end: Timestamp | None, length: timedelta | None, zone: ZoneInfo, doubts: list[Reason]
) -> datetime | None:
    if end is None or end.is_date:
        return began + length if length and length <= _LONGEST_TIMED else None
    ended = end.at(zone)
    if ended < began:
        doubts.append(Reason(Code.ENDS_BEFORE_START))
        return None
    if ended == began or (ended.date() == began.date() and end.wall.time().replace(second=0) in _NO_END):
        return None
    if ended - began > _LONGEST_TIMED:
        doubts.append(Reason(Code.SPANS_DAYS, days=(ended - began).days))
        return None
    return ended


def _hashed(source: str, title: str) -> str:
    return hashlib.sha256(f"{source}\n{title}".encode()).hexdigest()[:32]
