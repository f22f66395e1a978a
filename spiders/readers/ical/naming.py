"""Which instance of a series a RECURRENCE-ID, EXDATE or RDATE means, though it is written otherwise than the starts.

RFC 5545 wants the same type and zone as DTSTART's. Calendars write a day for a timed start, a time without its zone,
the UTC moment of midnight for a day, or a wall time with another zone's name. What names an instance exactly is taken
so; else it is the one instance that it can mean, if there is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from spiders.readers.ical.times import days_at
from spiders.readers.ical.values import Stamp


class Naming:
    """How the instances of one series are named: ``start`` is its first, ``written`` the same as it is written (it
    differs for days in disguise), ``home`` the source's zone."""

    def __init__(self, start: Stamp, written: Stamp, home: ZoneInfo) -> None:
        self._start, self._written, self._home = start, written, home
        self._clock = home if start.zone is None or start.is_utc else start.zone

    def key(self, stamp: Stamp) -> datetime:
        """Identity of a start: the instant, or the day for series of days (as naive, so that both compare)."""
        if stamp.is_date or self._start.is_date:
            return stamp.wall.replace(hour=0, minute=0, second=0, microsecond=0)
        return stamp.instant(self._home).replace(tzinfo=None)

    def meant(self, stamp: Stamp) -> Stamp:
        """The start that is meant, whether or not there is such an instance."""
        at = self.added(stamp)
        if self._start.is_date or self._is_usual(self.local(at)):
            return at
        written = replace(at, wall=stamp.wall, zone=self._start.zone)
        return written if self._is_usual(self.local(written)) else at

    def added(self, stamp: Stamp) -> Stamp:
        """The start that an RDATE adds: a day or a midnight has the hour of the series."""
        if self._start.is_date:
            return _day(self._days(stamp)[0])
        at = self._in_series(stamp)
        if not stamp.is_date and self._is_usual(self.local(at)):
            return at
        days = self._days(stamp)
        return self._on(days[0]) if days else at

    def named(self, stamp: Stamp, among: Known) -> list[datetime]:
        """Keys of the instances that are meant: several only where a day is named that has several, then the one at
        the hour of the series before the others."""
        if self._start.is_date:
            return [key for day in self._days(stamp) if (key := datetime.combine(day, time())) in among.by_key][:1]
        at = self._in_series(stamp)
        if not stamp.is_date:
            for each in (at, replace(stamp, zone=stamp.zone or self._home)):
                if (key := self.key(each)) in among.by_key:
                    return [key]
        for day in self._days(stamp):
            if keys := self._starts_of(day, among):
                usual = self.key(self._on(day))
                return [usual, *(key for key in keys if key != usual)] if usual in keys else keys
        written = self.key(replace(at, wall=stamp.wall, zone=self._start.zone))
        return [written] if not stamp.is_date and written in among.by_key else []

    def local(self, stamp: Stamp) -> datetime:
        """The wall time of a moment on the clock of the series; at home for one that is written in UTC."""
        if stamp.zone is self._clock or stamp.is_date:
            return stamp.wall
        try:
            return stamp.instant(self._home).astimezone(self._clock).replace(tzinfo=None)
        except OverflowError:
            return stamp.wall

    def _in_series(self, stamp: Stamp) -> Stamp:
        """Without a zone of its own a time is meant in that of its series."""
        return stamp if stamp.zone is not None or stamp.is_date else replace(stamp, zone=self._start.zone)

    def _is_usual(self, at: datetime) -> bool:
        return at.time() == self.local(self._start).time()

    def _on(self, day: date) -> Stamp:
        """The start of the series on another day, at its usual hour."""
        return Stamp(datetime.combine(day, self.local(self._start).time()), False, self._clock)

    def _days(self, stamp: Stamp) -> list[date]:
        """The days that it may stand for; of a timed series none where it is midnight nowhere."""
        if self._start.is_date:
            if stamp.is_utc and self._written.zone is not None and not stamp.is_date:
                local = stamp.instant(self._home).astimezone(self._written.zone)
                if local.time() == time():
                    return [local.date()]
            return days_at(stamp, self._home)
        if stamp.is_date:
            return [stamp.wall.date()]
        local = self.local(self._in_series(stamp))
        return list(dict.fromkeys(at.date() for at in (local, stamp.wall) if at.time() == time()))

    def _starts_of(self, day: date, among: Known) -> list[datetime]:
        """Keys of the instances of a day: by the clock of the series, else as they are written."""
        if among.by_day is None:
            among.by_day = {}
            for way in (self.local, lambda stamp: stamp.wall):
                found: dict[date, list[datetime]] = {}
                for key, stamp in among.by_key.items():
                    found.setdefault(way(stamp).date(), []).append(key)
                among.by_day = found | among.by_day
        return among.by_day.get(day, [])


class Known:
    """The instances of a series that are looked at: starts by their keys (instants in UTC, or days, without a zone),
    and how long those last that do not last as the others do."""

    def __init__(self, found: Mapping[datetime, tuple[Stamp, timedelta | None]]) -> None:
        self.by_key = {key: stamp for key, (stamp, _) in found.items()}
        self.lengths = {key: length for key, (_, length) in found.items() if length}
        self.by_day: dict[date, list[datetime]] | None = None


def _day(day: date) -> Stamp:
    return Stamp(datetime.combine(day, time()), True, None)
