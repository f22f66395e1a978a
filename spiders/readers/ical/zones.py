"""Time zones of a calendar: what a TZID means, whoever wrote it.

For a name that the IANA database knows (also behind a vendor's prefix, in wrong case, or as Windows calls it) the IANA
rules hold: a feed's VTIMEZONE may list only the coming transitions. Only a name that nobody knows is read from the
feed's own VTIMEZONE; without one there is no zone, which the caller must say.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones

from spiders.readers.ical.parser import Component
from spiders.rrule.expand import occurrences
from spiders.rrule.parse import RuleError, parse_rule

_OFFSET = re.compile(r"\(?(?:UTC|GMT)?\s*([+-])(\d{1,2})(?::?(\d{2}))?(?::?\d{2})?\)?")
_FAR = datetime.combine(date(9999, 1, 1), time())


@cache
def zone_named(name: str) -> ZoneInfo | None:
    """The IANA zone that a name means: exact, by case, behind a vendor's prefix, or as Windows or Outlook call it."""
    text = name.strip().strip('"').strip()
    if not text or len(text) > 120:
        return None
    by_case = _by_case()
    candidates = [text, text.replace(" ", "_")]
    if "/" in text:
        pieces = [piece for piece in text.replace("\\", "/").split("/") if piece]
        candidates += ["/".join(pieces[-count:]) for count in (3, 2, 1) if count <= len(pieces)]
    candidates += [re.sub(r"^\((?:UTC|GMT)[^)]*\)\s*", "", text), re.sub(r"[-_ ]\d{1,2}$", "", text)]
    for candidate in candidates:
        folded = candidate.lower()
        known = by_case.get(folded) or _other_names().get(folded) or _windows().get(folded)
        if known:
            return ZoneInfo(known)
    return None


@cache
def _by_case() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones() if name not in ("Factory", "localtime", "posixrules")}


@cache
def _other_names() -> dict[str, str]:
    return tomllib.loads(files("spiders.readers.ical").joinpath("zone_names.toml").read_text(encoding="utf-8"))


@cache
def _windows() -> dict[str, str]:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return {name.lower(): zone for name, zone in WINDOWS_TO_OLSON.items()}


def fixed_offset(name: str) -> timezone | None:
    """``GMT+0800``, ``UTC-05:00``, ``+08``: an offset written as a name; None for anything else."""
    found = _OFFSET.fullmatch(name.strip())
    if not found:
        return None
    hours, minutes = int(found.group(2)), int(found.group(3) or 0)
    if hours > 14 or minutes > 59:
        return None
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if found.group(1) == "-" else offset)


class Zones:
    """The zones of one calendar: by TZID, each looked up once."""

    def __init__(self, parts: Mapping[str, list[Component]], hints: Mapping[str, str]) -> None:
        self._parts = parts
        self._hints = hints
        self._found: dict[str, tzinfo | None] = {}

    def get(self, tzid: str) -> tzinfo | None:
        """The zone that ``tzid`` means in this calendar; None if nobody can say."""
        if tzid not in self._found:
            self._found[tzid] = self._look_up(tzid)
        return self._found[tzid]

    def _look_up(self, tzid: str) -> tzinfo | None:
        zone = zone_named(tzid) or zone_named(self._hints.get(tzid, ""))
        if zone is not None:
            return zone
        if parts := self._parts.get(tzid):
            own = FeedZone(parts)
            if own.usable:
                return own
        return fixed_offset(tzid)


class FeedZone(tzinfo):
    """A VTIMEZONE (RFC 5545, 3.6.5) that no known name stands for: the latest transition before a wall time rules."""

    def __init__(self, parts: list[Component]) -> None:
        self._observances: list[_Observance] = []
        for part in parts:
            observance = _observance(part)
            if observance is not None:
                self._observances.append(observance)
        self._known: dict[tuple[int, int, int], timedelta] = {}

    @property
    def usable(self) -> bool:
        return bool(self._observances)

    def utcoffset(self, when: datetime | None) -> timedelta:
        """Offset from UTC at a wall time; before the first transition, the offset that it ended."""
        wall = (when or _FAR).replace(tzinfo=None)
        best: tuple[datetime, timedelta] | None = None
        for observance in self._observances:
            onset = observance.latest(wall)
            if onset is not None and (best is None or onset > best[0]):
                best = (onset, observance.offset)
        if best is not None:
            return best[1]
        return min(self._observances, key=lambda o: o.start).offset_before

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
