"""``eventSchedule``: a recurring event told as a rule, unrolled into its occurrences in the window."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from spiders.items import Context
from spiders.readers.event_draft import EventDraft
from spiders.readers.ical.zones import zone_named
from spiders.readers.timestamps import Timestamp, read_length, read_moment
from spiders.rrule.expand import occurrences
from spiders.rrule.parse import RuleError, parse_rule

_EVERY = {"D": "DAILY", "W": "WEEKLY", "M": "MONTHLY", "Y": "YEARLY"}
_WORDS = {"daily": "P1D", "weekly": "P1W", "biweekly": "P2W", "monthly": "P1M", "yearly": "P1Y", "annually": "P1Y"}
_MAX = 400


def occurrences_of(facts: EventDraft, schedules: Any, context: Context) -> list[EventDraft]:
    """The facts of each occurrence that starts in the window; none where the schedule cannot be read."""
    found: list[EventDraft] = []
    for schedule in schedules if isinstance(schedules, list) else [schedules]:
        if isinstance(schedule, dict):
            found.extend(_unrolled(facts, schedule, context))
    return found[:_MAX]


def _unrolled(facts: EventDraft, schedule: dict[str, Any], context: Context) -> list[EventDraft]:
    first = read_moment(schedule.get("startDate")) or facts.start
    if first is None:
        return []
    begins = _clock(schedule.get("startTime")) or (None if first.is_date else first.wall.time())
    text = _rule(schedule)
    if text is None:
        return []
    zone = zone_named(str(schedule.get("scheduleTimezone") or "")) or ZoneInfo(context.timezone)
    start = datetime.combine(first.wall.date(), begins or time())
    low = context.window_start.astimezone(zone).replace(tzinfo=None)
    high = context.window_end.astimezone(zone).replace(tzinfo=None)
    last = read_moment(schedule.get("endDate"))
    if last is not None:
        high = min(high, datetime.combine(last.wall.date(), time()) + timedelta(days=1))
    gone = {m.wall.date() for value in _listed(schedule.get("exceptDate")) if (m := read_moment(value))}
    length = read_length(schedule.get("duration")) or _length(begins, _clock(schedule.get("endTime"))) or facts.length
    out: list[EventDraft] = []
    try:
        for wall in occurrences(parse_rule(text), start, low, high):
            if wall.date() not in gone:
                moment = Timestamp(wall, begins is None, None if begins is None else zone)
                out.append(replace(facts, start=moment, end=None, length=length, recurrence=text))
            if len(out) >= _MAX:
                break
    except RuleError:
        return []
    return out


def _rule(schedule: dict[str, Any]) -> str | None:
    """The schedule's frequency, weekdays and count as an RRULE value."""
    text = str(schedule.get("repeatFrequency") or "").strip()
    text = _WORDS.get(text.rsplit("/", 1)[-1].lower(), text)
    found = re.fullmatch(r"P(\d{1,3})([DWMY])", text.upper())
    if not found:
        return None
    parts = [f"FREQ={_EVERY[found.group(2)]}"]
    if int(found.group(1)) > 1:
        parts.append(f"INTERVAL={int(found.group(1))}")
    if days := [day for value in _listed(schedule.get("byDay")) if (day := _weekday(str(value)))]:
        parts.append("BYDAY=" + ",".join(days))
    for key, name in (("byMonth", "BYMONTH"), ("byMonthDay", "BYMONTHDAY")):
        numbers = [str(int(value)) for value in _listed(schedule.get(key)) if str(value).lstrip("-").isdecimal()]
        if numbers:
            parts.append(f"{name}={','.join(numbers)}")
    count = str(schedule.get("repeatCount") or "")
    if count.isdecimal() and len(count) < 6:
        parts.append(f"COUNT={int(count)}")
    return ";".join(parts)


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    if isinstance(value, str) and "," in value:
        return [piece.strip() for piece in value.split(",")]
    return value[:400] if isinstance(value, list) else [value]


def _weekday(text: str) -> str | None:
    name = text.strip().rsplit("/", 1)[-1]
    if re.fullmatch(r"[+-]?\d?(?:MO|TU|WE|TH|FR|SA|SU)", name.upper()):
        return name.upper()
    short = name[:2].upper()
    return short if short in ("MO", "TU", "WE", "TH", "FR", "SA", "SU") and name.lower().endswith("day") else None


def _clock(value: Any) -> time | None:
    found = re.match(r"T?(\d{1,2}):(\d{2})", str(value or "").strip())
    if not found or int(found.group(1)) > 23 or int(found.group(2)) > 59:
        return None
    return time(int(found.group(1)), int(found.group(2)))


def _length(begins: time | None, ends: time | None) -> timedelta | None:
    if begins is None or ends is None:
        return None
    minutes = (ends.hour * 60 + ends.minute - begins.hour * 60 - begins.minute) % 1440
    return timedelta(minutes=minutes) if minutes else None
