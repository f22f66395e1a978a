"""Mentions to sessions: days times hours, first occurrences of rules, how sure each is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

from spiders.items import Sure
from spiders.text.when import zones
from spiders.text.when.hours import DAY, span
from spiders.text.when.model import Days, Hours, Mention, Precision, Session
from spiders.text.when.recurrence import next_of_rule
from spiders.text.when.series import is_skipped

# A longer range with daily hours is an exhibition: told as a daily rule, not as so many sessions.
_MAX_DAYS = 14
_MAX_SKIPS = 60  # a series left out more often than this is not announced


def moment(day: date, minute: int, zone: tzinfo) -> datetime | None:
    try:
        return datetime.combine(day + timedelta(days=minute // DAY), time(minute % DAY // 60, minute % 60), zone)
    except OverflowError:
        return None


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12))


def _without_copies(hours: list[Hours], ahead: str | None, local: ZoneInfo, day: datetime) -> list[Hours]:
    """``1:00 PM ET / 10:00 AM PT``: an hour told again for another zone is no further sitting.

    ``ahead`` is the zone named before them all. An hour without a zone, of which the one behind it is a copy, is told
    in the reader's own (the empty name).
    """
    zoned = [one for one in hours[1:] if one.zone]
    if not zoned:
        return hours
    first, own = hours[0], hours[0].zone
    if own is None and ahead not in {None, zoned[0].zone}:
        own = ahead
    if own is None and _universal(first, "", local, day) == _universal(zoned[0], zoned[0].zone, local, day):
        first, own = replace(first, zone=""), ""
    if own is None:
        return hours  # "10:00-12:00, 14:00-16:00 (GMT+8)": the zone is that of all
    return [first, *(one for one in hours[1:] if one.zone in {None, own})]


def _universal(hours: Hours, zone: str | None, local: ZoneInfo, day: datetime) -> int:
    """The minute of the day in universal time: copies of one hour have the same."""
    offset = zones.named(zone, local, day).utcoffset(day) or timedelta()
    return (span(hours)[0] - int(offset.total_seconds()) // 60) % DAY


def main_hours(mention: Mention) -> list[Hours]:
    """The hours that are the event's: check-in only where nothing else is said."""
    kept = [h for h in mention.hours if h.role in {"main", "start"}]
    started = [h for h in kept if h.role == "start"]
    if started and any(h.role == "main" for h in kept) and any(h.last is None for h in kept):
        ranged = [h for h in kept if h.last is not None]
        kept = ranged or started
    if not kept:
        kept = [replace(h, last=None) for h in mention.hours if h.role == "check-in"]  # its end is not the event's
    ends = [h for h in mention.hours if h.role == "end"]
    if len(kept) == 1 and ends and kept[0].last is None:  # "7点集合，下午5点返回"
        kept[0].last = ends[-1].last or ends[-1].first
    return kept


def sessions_of(mention: Mention, today: date, local: ZoneInfo, words: str) -> tuple[list[Session], str | None]:
    """The sessions of one mention and its rule, completed by the range of days it holds for."""
    days, rule = mention.days, mention.rule
    around = noon(days[0].first if days else today)
    zone = zones.named(mention.zone, local, around)
    hours = _without_copies(main_hours(mention), mention.zone, local, around)
    if rule is not None:
        first, rule = _first_of_rule(mention, rule, today)
        days = [Days(first, relative=True)] if first is not None else []
    made: list[Session] = []
    for one in days if hours else _joined(days):
        if one.last is not None and hours and (one.last - one.first).days >= _MAX_DAYS and not hours[0].next_day:
            rule = rule or f"FREQ=DAILY;UNTIL={one.last:%Y%m%d}"
            one = Days(one.first, relative=one.relative, guessed=one.guessed)  # noqa: PLW2901 - the first day stands for all
        made.extend(_of_days(one, hours, mention, _Told(zone, local, words)))
    return made, rule


def _joined(days: list[Days]) -> list[Days]:
    """``5月27、28、29日``: dates told in a row, and no hours for each, are one occasion over all of them."""
    made: list[Days] = []
    for one in days:
        before = made[-1] if made else None
        if before is not None and not one.relative and one.first == (before.last or before.first) + timedelta(days=1):
            made[-1] = replace(before, last=one.last or one.first, guessed=before.guessed or one.guessed)
        else:
            made.append(one)
    return made


def _of_days(days: Days, hours: list[Hours], mention: Mention, told: _Told) -> list[Session]:
    if not hours:
        return [one] if (one := _all_day(days, mention, told)) else []
    count = (days.last - days.first).days + 1 if days.last is not None else 1
    if count != 1 and (count < 1 or hours[0].next_day or all(h.role == "check-in" for h in hours)):
        count = 1  # one meets on the first day only
    made = []
    for step in range(count):
        if count > 1 and is_skipped(days.first + timedelta(days=step), mention.skipped):
            continue
        for one_hours in hours:
            session = _timed(step, one_hours, days, mention, told)
            if session is not None:
                made.append(session)
    return made


def _sure(days: Days, mention: Mention, guessed: bool) -> Sure:
    if mention.conflicts:
        return "doubtful"
    return "inferred" if days.guessed or days.weak or guessed or mention.guessed else "stated"


class _Told(NamedTuple):
    """The zone of a mention, that of its reader, and its words."""

    zone: tzinfo
    local: ZoneInfo
    words: str


def _timed(step: int, hours: Hours, days: Days, mention: Mention, told: _Told) -> Session | None:
    if mention.part is not None and hours.first.part is None and hours.first.half is None and mention.part != "morning":
        hours.first.part = mention.part
    zone = told.zone if hours.zone in {None, mention.zone} else zones.named(hours.zone, told.local, noon(days.first))
    first, last, guessed = span(hours)
    if last is None and mention.minutes:
        last = first + mention.minutes
    day = days.first + timedelta(days=step)
    start = moment(day, first, zone)
    if start is None:
        return None
    end = moment(day, last, zone) if last is not None else None
    return Session(start=start, end=end, sure=_sure(days, mention, guessed), words=told.words)


def _all_day(days: Days, mention: Mention, told: _Told) -> Session | None:
    zone = told.zone
    start = moment(days.first, 0, zone)
    if start is None or (days.last is not None and days.last < days.first):
        return None
    end = moment(days.last + timedelta(days=1), 0, zone) if days.last is not None else None
    precision: Precision = "part" if mention.part else "day"
    return Session(
        start=start, end=end, all_day=True, sure=_sure(days, mention, False), precision=precision, words=told.words
    )


def _first_of_rule(mention: Mention, rule: str, today: date) -> tuple[date | None, str]:
    """The first day of a rule on which it meets, and the rule up to where it is said to end."""
    base, last = today, None
    if mention.days:
        base = mention.days[0].first
        last = mention.days[0].last
    suspended = min((days.first for days in mention.skipped if days.last == date.max), default=None)
    if suspended is not None and (last is None or suspended <= last):
        last = suspended - timedelta(days=1)
    if last is not None and "UNTIL" not in rule and "COUNT" not in rule:
        rule += f";UNTIL={last:%Y%m%d}"
    step = 14 if "INTERVAL=2" in rule else 1
    first = next_of_rule(rule, base)
    for _ in range(_MAX_SKIPS):
        if first is None or not is_skipped(first, mention.skipped):
            return first, rule
        if suspended is not None and first >= suspended:
            break
        first = next_of_rule(rule, first + timedelta(days=step))
    return None, rule
