"""Zones that a calendar defines itself: its VTIMEZONEs as clocks (RFC 5545, 3.6.5)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from spiders.readers.ical.parser import Component
from spiders.rrule.expand import occurrences
from spiders.rrule.parse import RuleError, parse_rule

_FAR = datetime.combine(date(9999, 1, 1), time())


class FeedZone(tzinfo):
    """A VTIMEZONE (RFC 5545, 3.6.5) of a name that is no region: the latest transition before a wall time rules.

    Before the first one the zone that the name is known for rules (``otherwise``), and where there is none the offset
    that the transition ended."""

    def __init__(self, parts: list[Component], otherwise: tzinfo | None = None) -> None:
        self._observances: list[_Observance] = []
        for part in parts:
            observance = _observance(part)
            # Without a beginning a part says nothing that a known name does not say better.
            if observance is not None and (otherwise is None or part.first("DTSTART") is not None):
                self._observances.append(observance)
        self._otherwise = otherwise

    @property
    def usable(self) -> bool:
        return bool(self._observances)

    def utcoffset(self, when: datetime | None) -> timedelta:
        """Offset from UTC at a wall time."""
        wall = (when or _FAR).replace(tzinfo=None)
        best: tuple[datetime, timedelta] | None = None
        for observance in self._observances:
            onset = observance.latest(wall)
            if onset is not None and (best is None or onset > best[0]):
                best = (onset, observance.offset)
        if best is not None:
            return best[1]
        known = wall.replace(tzinfo=self._otherwise).utcoffset() if self._otherwise else None
        return min(self._observances, key=lambda o: o.start).offset_before if known is None else known

    def dst(self, when: datetime | None) -> timedelta:
        return timedelta(0)

    def tzname(self, when: datetime | None) -> str:
        return "feed"

    def fromutc(self, when: datetime) -> datetime:
        wall = when.replace(tzinfo=None)
        guess = wall + self.utcoffset(wall)
        return (wall + self.utcoffset(guess)).replace(tzinfo=self)


class _Observance:
    def __init__(self, start: datetime, offset: timedelta, before: timedelta, rule: str | None, dates: list[datetime]):
        self.start, self.offset, self.offset_before = start, offset, before
        self._dates = dates
        self._rule = None
        self._until = _FAR
        if rule:
            try:
                parsed = parse_rule(rule)
            except RuleError:
                return
            if parsed.frequency in ("YEARLY", "MONTHLY"):
                self._rule = parsed
            if parsed.until and (until := _stamp(parsed.until)):
                self._until = until + timedelta(days=1)
        self._years: dict[int, datetime | None] = {}

    def latest(self, wall: datetime) -> datetime | None:
        """The last onset of this observance at or before a wall time."""
        found = [onset for onset in (self.start, *self._dates) if onset <= wall]
        if self._rule is not None:
            for year in (wall.year, wall.year - 1):
                onset = self._in_year(year)
                if onset is not None and onset <= wall:
                    found.append(onset)
                    break
        return max(found, default=None)

    def _in_year(self, year: int) -> datetime | None:
        if year not in self._years:
            last = None
            if self._rule is not None and 1 <= year < 9999:
                try:
                    before = min(_new_year(year + 1), self._until)
                    for onset in occurrences(self._rule, self.start, _new_year(year), before):
                        last = onset
                except RuleError:
                    last = None
            self._years[year] = last
        return self._years[year]


def _observance(part: Component) -> _Observance | None:
    start = _stamp(part.text("DTSTART") or "")
    offset = _utc_offset(part.text("TZOFFSETTO") or "")
    if offset is None:
        return None
    before = _utc_offset(part.text("TZOFFSETFROM") or "")
    dates = [
        stamp
        for found in part.properties.get("RDATE", ())[:1000]
        for piece in found.value.split(",")[:1000]
        if (stamp := _stamp(piece.split("/")[0]))
    ]
    rule = part.first("RRULE")
    return _Observance(start or _new_year(1970), offset, offset if before is None else before,
                       rule.value if rule else None, dates)  # fmt: skip


def _new_year(year: int) -> datetime:
    return datetime.combine(date(year, 1, 1), time())


def _stamp(text: str) -> datetime | None:
    digits = text.strip().rstrip("Z")
    for length, form in ((15, "%Y%m%dT%H%M%S"), (8, "%Y%m%d")):
        if len(digits) == length:
            try:
                return datetime.strptime(digits, form).replace(tzinfo=UTC).replace(tzinfo=None)
            except ValueError:
                return None
    return None


def _utc_offset(text: str) -> timedelta | None:
    found = re.fullmatch(r"\s*([+-])?(\d{2}):?(\d{2})(?::?(\d{2}))?\s*", text)
    if not found:
        return None
    hours, minutes = int(found.group(2)), int(found.group(3))
    if hours > 14 or minutes > 59:
        return None
    offset = timedelta(hours=hours, minutes=minutes)
    return -offset if found.group(1) == "-" else offset
