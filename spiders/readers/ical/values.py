"""Dates, times and durations of iCalendar (RFC 5545, 3.3), read as widely as they can be read without guessing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from spiders.readers.ical.parser import Property
from spiders.readers.ical.zones import Zones
from spiders.reasons import Code, Reason

_STAMP = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2})(?:\.\d{1,9})?)?\s?(Z|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
# Years and months do not exist in RFC 5545 but some write their zeros; fractions are ISO 8601's.
_DURATION = re.compile(
    r"([+-])?P(?:0{1,4}Y)?(?:0{1,4}M)?(?:(\d{1,9})W)?(?:(\d{1,9})D)?"
    r"(?:T(?:(\d{1,9}(?:[.,]\d{1,6})?)H)?(?:(\d{1,9}(?:[.,]\d{1,6})?)M)?(?:(\d{1,9})(?:[.,]\d{1,6})?S)?)?"
)
EARLIEST, LATEST = datetime.min, datetime.max  # noqa: DTZ901 - bounds of wall times, which have no zone
_LONGEST = timedelta(days=366)
_UTC = frozenset({"UTC", "Etc/UTC", "Zulu", "Etc/Zulu"})


class ValueProblemError(ValueError):
    """A value that cannot be read; the reason names it for the notes."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Stamp:
    """A wall time with its zone, or a date (``wall`` is then midnight). ``zone`` None: floating.

    ``doubt`` tells that the zone named is unknown, or what it means is.
    """

    wall: datetime
    is_date: bool
    zone: tzinfo | None
    doubt: Reason | None = None

    @property
    def is_utc(self) -> bool:
        """Whether it is written as a moment in UTC."""
        return self.zone is UTC or (isinstance(self.zone, ZoneInfo) and self.zone.key in _UTC)

    def floating(self) -> Stamp:
        """The same as written, without the zone that stood beside it."""
        return Stamp(self.wall, self.is_date, None)

    def instant(self, default: ZoneInfo) -> datetime:
        """The moment in UTC; floating times and dates are taken in ``default``."""
        try:
            return self.wall.replace(tzinfo=self.zone or default).astimezone(UTC)
        except (OverflowError, ValueError):
            # The first and last day of the calendar have no moment in every zone.
            return self.wall.replace(tzinfo=UTC)


def read_stamp(text: str, tzid: str | None, zones: Zones) -> Stamp:
    """A DATE or DATE-TIME, with or without VALUE=DATE. Raises ValueProblemError when it is neither."""
    found = _STAMP.fullmatch(text.strip())
    if not found:
        raise ValueProblemError(Reason(Code.DATE_UNREADABLE, date=text.strip()[:30]))
    year, month, day, hour, minute, second, suffix = found.groups()
    try:
        on = date(int(year), int(month), int(day))
        if hour is None:
            return Stamp(datetime.combine(on, time()), True, None)
        if hour == "24" and minute == "00":
            wall = datetime.combine(on, time()) + timedelta(days=1)
        else:
            wall = datetime.combine(on, time(int(hour), int(minute), min(int(second or 0), 59)))
    except (ValueError, OverflowError) as problem:
        raise ValueProblemError(Reason(Code.DATE_IMPOSSIBLE, date=text.strip()[:30])) from problem
    if suffix:
        if suffix in "Zz":
            return Stamp(wall, False, UTC)
        return Stamp(wall, False, datetime.strptime(suffix.replace(":", ""), "%z").tzinfo)
    if not tzid:
        return Stamp(wall, False, None)
    return Stamp(wall, False, *zones.get(tzid))


def stamp_of(found: Property, zones: Zones) -> Stamp:
    """The moment a property holds. VALUE=DATE on a full date-time takes its date only."""
    stamp = read_stamp(found.value, found.parameter("TZID"), zones)
    if not stamp.is_date and (found.parameter("VALUE") or "").upper() == "DATE":
        return Stamp(datetime.combine(stamp.wall.date(), time()), True, None)
    return stamp


@lru_cache(maxsize=1024)
def read_duration(text: str) -> timedelta:
    """A DURATION. Raises ValueProblemError for what is none, is negative, or is longer than a year."""
    found = _DURATION.fullmatch(text.strip().upper())
    if not found or not any(found.groups()[1:]):
        # "P15M" is real and means minutes: months do not exist in RFC 5545.
        loose = re.fullmatch(r"P(\d{1,4})([HM])", text.strip().upper())
        if not loose:
            raise ValueProblemError(Reason(Code.DURATION_UNREADABLE, duration=text.strip()[:30]))
        return timedelta(**{"hours" if loose.group(2) == "H" else "minutes": int(loose.group(1))})
    sign, weeks, days, hours, minutes, seconds = found.groups()
    try:
        length = timedelta(weeks=int(weeks or 0), days=int(days or 0), hours=_number(hours), minutes=_number(minutes),
                           seconds=int(seconds or 0))  # fmt: skip
    except OverflowError as problem:
        raise ValueProblemError(Reason(Code.DURATION_OUT_OF_BOUNDS)) from problem
    if sign == "-" or length > _LONGEST:
        raise ValueProblemError(Reason(Code.DURATION_IMPOSSIBLE, duration=text.strip()[:30]))
    return length


def _number(text: str | None) -> float:
    return float(text.replace(",", ".")) if text else 0
