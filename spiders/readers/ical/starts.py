"""The starts of a series by its own rules: RRULE, RDATE and DTSTART without EXRULE and EXDATE (RFC 5545, 3.8.5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import islice

from spiders.readers.ical.naming import Known, Naming
from spiders.readers.ical.parser import Component, Property
from spiders.readers.ical.times import Times, days_at
from spiders.readers.ical.values import LATEST, Stamp, ValueProblemError, read_duration, read_stamp
from spiders.readers.ical.window import Window
from spiders.readers.ical.zones import Zones
from spiders.reasons import Code, Reason
from spiders.rrule.expand import occurrences
from spiders.rrule.parse import RuleError, parse_rule

MAX_INSTANCES = 400  # of one series within one window
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Starts:
    """What gives the starts of one series. What cannot be read is counted in ``notes``."""

    master: Component
    times: Times
    naming: Naming
    zones: Zones
    window: Window
    notes: Counter[Reason]

    def within(self, after: datetime, before: datetime) -> Known:
        """Original starts between two naive bounds, in order, each once. Raises RuleError."""
        start = self.times.start
        found: dict[datetime, tuple[Stamp, timedelta | None]] = {}
        for wall in islice(self._ruled("RRULE", after, before), MAX_INSTANCES * 4):
            stamp = Stamp(wall, start.is_date, start.zone, start.doubt)
            found.setdefault(self.naming.key(stamp), (stamp, None))
        for stamp, length in self._dates(after, before):
            found.setdefault(self.naming.key(stamp), (stamp, length))
        if after <= start.wall < before:
            found.setdefault(self.naming.key(start), (start, None))
        return Known({key: found[key] for key in sorted(found)})

    def excluded(self, known: Known, after: datetime, before: datetime) -> set[datetime]:
        """Keys of the instances, among those that are ``known``, that are none. Raises RuleError."""
        gone: set[datetime] = set()
        for found in self.master.properties.get("EXDATE", ()):
            tzid = found.parameter("TZID")
            for piece in found.value.split(","):
                if not piece.strip():
                    continue
                try:
                    stamp = read_stamp(piece, tzid, self.zones)
                except ValueProblemError as problem:
                    self.notes[problem.reason] += 1
                    continue
                if after <= stamp.wall < before:
                    gone.update(self.naming.named(stamp, known))
        if "EXRULE" in self.master.properties:
            start = self.times.start
            for wall in islice(self._ruled("EXRULE", after, before), MAX_INSTANCES * 4):
                gone.add(self.naming.key(Stamp(wall, start.is_date, start.zone)))
        return gone

    def _ruled(self, name: str, after: datetime, before: datetime) -> Iterator[datetime]:
        for found in self.master.properties.get(name, ())[:8]:
            if not found.value.strip():
                continue
            rule = parse_rule(found.value)
            end = min(before, self._until(rule.until)) if rule.until else before
            yield from occurrences(rule, self.times.start.wall, after, end)

    def _until(self, text: str) -> datetime:
        """UNTIL (inclusive) as an exclusive wall time of the series. A day alone means all of that day."""
        start, home = self.times.start, self.window.default
        try:
            until = read_stamp(text, None, self.zones)
        except ValueProblemError as problem:
            raise RuleError(Reason(Code.RULE_END)) from problem
        try:
            if start.is_date and until.is_utc and not self.times.written.is_date:
                zone = self.times.written.zone
                local = until.instant(home).astimezone(home if zone is None or self.times.written.is_utc else zone)
                return datetime.combine(local.date(), time()) + _DAY
            if until.is_date or start.is_date:
                local_day = days_at(until, home)[0] if _is_midnight(until, self.window) else until.wall.date()
                return datetime.combine(local_day, time()) + _DAY
            wall = until.wall
            if until.zone is not None:
                wall = until.wall.replace(tzinfo=until.zone).astimezone(start.zone or home)
            return wall.replace(tzinfo=None) + timedelta(seconds=1)
        except OverflowError:
            return LATEST

    def _dates(self, after: datetime, before: datetime) -> Iterator[tuple[Stamp, timedelta | None]]:
        for found in self.master.properties.get("RDATE", ()):
            for piece in found.value.split(","):
                try:
                    stamp, length = self._period(piece.strip(), found)
                except ValueProblemError as problem:
                    self.notes[problem.reason] += 1
                    continue
                if after <= stamp.wall < before:
                    stamp = self.naming.added(stamp)
                    yield stamp, None if stamp.is_date else length

    def _period(self, piece: str, found: Property) -> tuple[Stamp, timedelta | None]:
        begin, _, rest = piece.partition("/")
        tzid = found.parameter("TZID")
        stamp = read_stamp(begin, tzid, self.zones)
        if not rest:
            return stamp, None
        if rest.upper().startswith("P"):
            return stamp, read_duration(rest)
        return stamp, read_stamp(rest, tzid, self.zones).wall - stamp.wall


def _is_midnight(stamp: Stamp, window: Window) -> bool:
    if not stamp.is_utc:
        return False
    return stamp.instant(window.default).astimezone(window.default).time() == time()
