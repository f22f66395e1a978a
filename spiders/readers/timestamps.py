"""Moments as machines write them: ISO 8601 with its usual faults, RFC 822, epoch numbers.

Faults are repaired on purpose and one by one (``2025-06-01T11:00:00:00+01:00``, ``2026-1-9T7:05``, ``+0800``); what is
not one of them is no moment. Words ("Saturday at seven") belong to the time grammar.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

_ISO = re.compile(
    r"(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})"
    r"(?:(?:\s*T\s*|\s+)(\d{1,2})(?::?(\d{2}))?(?::?(\d{2})(?:[.,:]\d{1,9})?)?\s*([AaPp]\.?[Mm]\.?)?"
    r"\s*(Z|UTC|GMT|[+\-\u2212]\d{1,2}:?\d{2}(?::\d{2})?|[+\-\u2212]\d{2})?)?"
    r"\s*T?\s*(?:\[[\w/+-]{1,40}\])?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"\d{8}(?:T\d{4,6}Z?)?", re.IGNORECASE)
_EPOCH = re.compile(r"-?\d{9,13}(?:\.\d{1,6})?")
_ASP_NET = re.compile(r"\\?/Date\((-?\d{9,14})(?:[+-]\d{4})?\)\\?/")
_LENGTH = re.compile(
    r"P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})(?:\.\d+)?S)?)?", re.IGNORECASE
)
_MAIL = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2})"
    r" (GMT|UTC|\+0000|[+-](?!0000)[01]\d[0-5]\d)"
)
_HALF = re.compile(r"(?<=:\d\d)\s?([AaPp])\.?[Mm]\b\.?")
_MONTHS = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
           "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12}  # fmt: skip
# "+00:00" is also what software writes that knows no zone; "Z" is written on purpose.
NUMERIC_ZERO = timezone(timedelta(0), "+00:00")
COUNTED = timezone(timedelta(0), "epoch")
"""Of a moment that was counted in seconds: no wall time was written, so that no zone can be wrong about it."""


@dataclass(frozen=True, slots=True)
class Timestamp:
    """A wall time as written, with its offset (None where none was written), or a day (``is_date``)."""

    wall: datetime
    is_date: bool
    zone: tzinfo | None

    def as_written(self) -> Timestamp:
        """The wall time without the zone beside it, if one was written at all."""
        return self if self.zone is COUNTED else Timestamp(self.wall, self.is_date, None)

    def at(self, default: ZoneInfo) -> datetime:
        """The aware moment, shown in ``default``, which also holds where no offset was written."""
        if self.is_date or self.zone is None:
            return self.wall.replace(tzinfo=default)
        try:
            return self.wall.replace(tzinfo=self.zone).astimezone(default)
        except OverflowError:
            return self.wall.replace(tzinfo=default)


def read_moment(value: object) -> Timestamp | None:
    """A moment out of a string or number; None for everything that is none, out of range, or empty."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _of_epoch(float(value))
    if not isinstance(value, str):
        return None
    text = value.strip()
    if not text or len(text) > 60:
        return None
    return _of_text(text)


def _of_text(text: str) -> Timestamp | None:
    if found := _ASP_NET.fullmatch(text):
        return _of_epoch(float(found.group(1)))
    # "20261121" and "1795264200" both begin like a date without marks.
    if _EPOCH.fullmatch(text) and not _COMPACT.fullmatch(text):
        return _of_epoch(float(text))
    if found := _ISO.fullmatch(text):
        return _of_parts(found) if _COMPACT.fullmatch(text) or not text[4:5].isdigit() else None
    return _of_mail(text)


def _of_parts(found: re.Match[str]) -> Timestamp | None:
    year, month, day, hour, minute, second, half, offset = found.groups()
    try:
        on = date(int(year), int(month), int(day))
        if hour is None:
            return Timestamp(datetime.combine(on, time()), True, None)
        hours = int(hour)
        if half and hours <= 12:
            hours = hours % 12 + (12 if half[0] in "pP" else 0)
        if hours == 24 and int(minute or 0) == 0:
            return Timestamp(datetime.combine(on, time()) + timedelta(days=1), False, _offset(offset))
        wall = datetime.combine(on, time(hours, int(minute or 0), min(int(second or 0), 59)))
        return Timestamp(wall, False, _offset(offset))
    except (ValueError, OverflowError):
        return None


def _offset(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text.upper() in ("Z", "UTC", "GMT"):
        return UTC
    digits = text[1:].replace(":", "")
    if len(digits) in (1, 2):
        digits += "00"
    digits = digits[:4].rjust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 14 or minutes > 59:
        raise ValueError("offset out of range")
    length = timedelta(hours=hours, minutes=minutes)
    if not length:
        return NUMERIC_ZERO
    return timezone(length if text[0] == "+" else -length)


def _of_epoch(number: float) -> Timestamp | None:
    if not math.isfinite(number):
        return None
    seconds = number / 1000 if abs(number) >= 1e11 else number
    if not 0 < seconds < 4_102_444_800:  # 1970 to 2100
        return None
    return Timestamp(datetime.fromtimestamp(int(seconds), UTC).replace(tzinfo=None), False, COUNTED)


def _of_mail(text: str) -> Timestamp | None:
    """RFC 5322, 3.3: its usual form here, which is much faster; every other form by the standard library."""
    if (usual := _MAIL.fullmatch(text)) and (month := _MONTHS.get(usual.group(2).lower())):
        day, year, hour, minute, second = map(int, usual.group(1, 3, 4, 5, 6))
        try:
            zone = UTC if usual.group(7) in ("GMT", "UTC", "+0000") else _offset(usual.group(7))
            return Timestamp(datetime(year, month, day, hour, minute, min(second, 59)), False, zone)  # noqa: DTZ001
        except ValueError:
            return None
    half = _HALF.search(text)  # the library reads over it
    try:
        found = parsedate_to_datetime(text[: half.start()] + text[half.end() :] if half else text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if half and found.hour <= 12:
        found = found.replace(hour=found.hour % 12 + (12 if half[1] in "pP" else 0))
    return Timestamp(found.replace(tzinfo=None), False, found.tzinfo)


def read_length(value: object) -> timedelta | None:
    """An ISO 8601 duration of at most a year (``PT2H30M``); None for anything else or nothing."""
    if not isinstance(value, str):
        return None
    found = _LENGTH.fullmatch(value.strip())
    if not found or not any(found.groups()):
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return length if timedelta(0) < length <= timedelta(days=366) else None
