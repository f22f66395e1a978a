"""``eventSchedule``: a recurring event told as a rule, unrolled into its occurrences in the window."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from spiders.items import Context
from spiders.readers.event_draft import EventDraft
from spiders.readers.ical.zones import fixed_offset, zone_or_offset
from spiders.readers.timestamps import Timestamp, read_length, read_moment
from spiders.rrule.expand import occurrences
from spiders.rrule.parse import RuleError, parse_rule

_EVERY = {"D": "DAILY", "W": "WEEKLY", "M": "MONTHLY", "Y": "YEARLY"}
_WORDS = {"daily": "P1D", "weekly": "P1W", "biweekly": "P2W", "monthly": "P1M", "yearly": "P1Y", "annually": "P1Y"}
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
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
    text = _rule(schedule, first)
    if first is None or text is None:
        return []
    begins, offset = _clock(schedule.get("startTime"))
    home = ZoneInfo(context.timezone)
    zone = zone_or_offset(str(schedule.get("scheduleTimezone") or "")) or offset or home
    if not first.is_date and first.zone is not None:
        first = replace(first, wall=first.at(home).astimezone(zone).replace(tzinfo=None), zone=None)
    begins = begins or (None if first.is_date else first.wall.time())
    start = datetime.combine(first.wall.date(), begins or time())
    low = context.window_start.astimezone(zone).replace(tzinfo=None)
    high = context.window_end.astimezone(zone).replace(tzinfo=None)
    last = read_moment(schedule.get("endDate"))
    if last is not None:
        high = min(high, datetime.combine(last.wall.date(), time()) + timedelta(days=1))
    gone = {day for value in _listed(schedule.get("exceptDate")) for day in _days(read_moment(value), zone)}
    length = (
        read_length(schedule.get("duration")) or _length(begins, _clock(schedule.get("endTime"))[0]) or facts.length
    )
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


def _days(moment: Timestamp | None, zone: tzinfo) -> list[date]:
    """The day that is left out: as it is written, or that of a moment on the clock of the schedule."""
    if moment is None:
        return []
    if moment.is_date or moment.zone is None:
        return [moment.wall.date()]
    return [moment.wall.replace(tzinfo=moment.zone).astimezone(zone).date()]


def _rule(schedule: dict[str, Any], first: Timestamp | None) -> str | None:
    """The schedule's frequency, weekdays, weeks of the month and count as an RRULE value."""
    text = str(schedule.get("repeatFrequency") or "").strip()
    text = _WORDS.get(text.rsplit("/", 1)[-1].lower(), text)
    found = re.fullmatch(r"P(\d{1,3})([DWMY])", text.upper())
    weeks = [week for week in _numbers(schedule, "byMonthWeek") if -5 <= week <= 5 and week]
    if schedule.get("byMonthWeek") is not None and not weeks:
        return None
    if not found and not weeks:
        return None
    days = [day for value in _listed(schedule.get("byDay")) if (day := _weekday(str(value)))]
    every, count = (found.group(2), int(found.group(1))) if found else ("M", 1)
    if weeks:
        days = days or [_WEEKDAYS[first.wall.weekday()]] if first else days
        days = [f"{week}{day}" for week in weeks for day in days if day in _WEEKDAYS]
        every, count = (every, count) if every in "MY" else ("M", 1)  # a week of the month comes once a month
    parts = [f"FREQ={_EVERY[every]}"]
    if count > 1:
        parts.append(f"INTERVAL={count}")
    if days:
        parts.append("BYDAY=" + ",".join(days))
    for key, name in (("byMonth", "BYMONTH"), ("byMonthDay", "BYMONTHDAY")):
        if numbers := _numbers(schedule, key):
            parts.append(f"{name}={','.join(map(str, numbers))}")
    times = str(schedule.get("repeatCount") or "")
    if times.isdecimal() and len(times) < 6:
        parts.append(f"COUNT={int(times)}")
    return ";".join(parts)


def _numbers(schedule: dict[str, Any], key: str) -> list[int]:
    values = (str(value).strip() for value in _listed(schedule.get(key)))
    return [int(value) for value in values if value.lstrip("-").isdecimal() and len(value) < 4]


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    if isinstance(value, str) and "," in value:
        return [piece.strip() for piece in value.split(",")]
    return value[:400] if isinstance(value, list) else [value]


def _weekday(text: str) -> str | None:
    name = re.split("[/#:]", text.strip())[-1]
    if re.fullmatch(r"[+-]?\d?(?:MO|TU|WE|TH|FR|SA|SU)", name.upper()):
        return name.upper()
    short = name[:2].upper()
    return short if short in _WEEKDAYS and name.lower().endswith("day") else None


def _clock(value: Any) -> tuple[time | None, tzinfo | None]:
    """An hour, and the offset that is written behind it."""
    found = re.match(r"T?(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?", str(value or "").strip())
    if not found or int(found.group(1)) > 23 or int(found.group(2)) > 59:
        return None, None
    offset = found.group(3)
    zone = UTC if offset == "Z" else fixed_offset(offset) if offset else None
    return time(int(found.group(1)), int(found.group(2))), zone


def _length(begins: time | None, ends: time | None) -> timedelta | None:
    if begins is None or ends is None:
        return None
    minutes = (ends.hour * 60 + ends.minute - begins.hour * 60 - begins.minute) % 1440
    return timedelta(minutes=minutes) if minutes else None
