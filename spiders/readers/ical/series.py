"""From VEVENTs to occurrences: each series apart, with its exceptions (RFC 5545, 3.8.4.4 and 3.8.5).

What matters is done on bare times: an event is built only for an occurrence that lies in the window.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from spiders.items import LONGEST, LONGEST_OF_A_SERIES
from spiders.readers.ical.parser import Component, Property
from spiders.readers.ical.values import LATEST, Stamp, ValueProblemError, read_duration, read_stamp, stamp_of
from spiders.readers.ical.window import Losses, Window
from spiders.readers.ical.zones import Zones
from spiders.reasons import Code, Reason
from spiders.rrule.expand import occurrences
from spiders.rrule.parse import RuleError, parse_rule

MAX_INSTANCES = 400  # of one series within one window
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One instance: the component that tells it, its times, its original start, and the doubts about its times."""

    component: Component
    start: Stamp
    end: Stamp | None
    original: Stamp | None
    rule: str | None
    doubts: tuple[Reason, ...] = ()


def expand(events: list[Component], zones: Zones, window: Window, losses: Losses) -> Iterator[Occurrence]:
    """Occurrences of all events in the window. What is skipped is counted among the ``losses``."""
    masters: list[Component] = []
    exceptions: dict[str, list[Component]] = {}
    for event in events:
        if event.first("RECURRENCE-ID") is not None and event.first("UID") is not None:
            exceptions.setdefault(_uid(event), []).append(event)
        else:
            masters.append(event)
    for master in masters:
        repeats = any(name in master.properties for name in ("RRULE", "RDATE"))
        own = exceptions.pop(_uid(master), []) if repeats or _uid(master) in exceptions else []
        yield from _guarded(master, own, zones, window, losses)
    for orphans in exceptions.values():
        for orphan in orphans:
            yield from _guarded(orphan, [], zones, window, losses)


def _guarded(
    master: Component, own: list[Component], zones: Zones, window: Window, losses: Losses
) -> Iterator[Occurrence]:
    try:
        series = _Series(master, own, zones, window, losses.notes)
        found = list(islice(series.occurrences(), MAX_INSTANCES + 1))
    except (ValueProblemError, RuleError) as problem:
        losses.add(problem.reason, _uid(master))
        return
    if len(found) > MAX_INSTANCES:
        losses.add(Reason(Code.SERIES_CUT, most=MAX_INSTANCES), _uid(master))
        found = found[:MAX_INSTANCES]
    yield from found


def _uid(event: Component) -> str:
    found = event.first("UID")
    return found.value.strip() if found else ""


def times_of(event: Component, zones: Zones) -> tuple[Stamp, timedelta | None, tuple[Reason, ...]]:
    """Start, length and doubts of a component; a length that makes no sense is dropped, with its doubt."""
    started = event.first("DTSTART")
    if started is None:
        raise ValueProblemError(Reason(Code.NO_START))
    starts = event.properties["DTSTART"]
    start = stamp_of(started, zones)
    doubts = [start.doubt] if start.doubt else []
    if len(starts) > 1 and len({found.value for found in starts}) > 1:
        doubts.append(Reason(Code.TWO_STARTS))
    length: timedelta | None = None
    try:
        length = _length(event, start, zones)
    except ValueProblemError as problem:
        doubts.append(problem.reason)
    if length is not None and length < timedelta(0):
        doubts.append(Reason(Code.ENDS_BEFORE_START))
        length = None
    if start.is_date:
        length = max(_DAY, timedelta(days=length.days)) if length is not None else _DAY
    return start, length or None, tuple(doubts)


def _length(event: Component, start: Stamp, zones: Zones) -> timedelta | None:
    if ended := event.first("DTEND"):
        end = stamp_of(ended, zones)
        if end.is_date or start.is_date or end.zone is start.zone or end.zone == start.zone:
            return end.wall.replace(tzinfo=None) - start.wall
        default = ZoneInfo("UTC")
        return end.instant(default) - start.instant(default)
    if lasting := event.first("DURATION"):
        return read_duration(lasting.value)
    return None


class _Series:
    def __init__(
        self, master: Component, own: list[Component], zones: Zones, window: Window, notes: Counter[Reason]
    ) -> None:
        self.master, self.zones, self.window, self.notes = master, zones, window, notes
        self.start, self.length, self.doubts = times_of(master, zones)
        found = master.first("RRULE")
        self.rule_text = found.value.strip() if found else None
        # An exception that stands alone (its master is in nobody's file) is one instance, whatever else it holds.
        alone = master.first("RECURRENCE-ID") is not None
        self.repeats = not alone and (found is not None or master.first("RDATE") is not None)
        self.own: list[tuple[Stamp, Component]] = []
        self.following: list[tuple[Stamp, Component]] = []
        for exception in own:
            self._take(exception)
        self.following.sort(key=lambda pair: pair[0].instant(window.default))

    def _take(self, exception: Component) -> None:
        named = exception.first("RECURRENCE-ID")
        assert named is not None
        try:
            original = stamp_of(named, self.zones)
            times_of(exception, self.zones)
        except ValueProblemError as problem:
            self.notes[problem.reason] += 1
            return
        self.own.append((original, exception))
        if (named.parameter("RANGE") or "").upper() == "THISANDFUTURE":
            self.following.append((original, exception))

    def occurrences(self) -> Iterator[Occurrence]:
        replaced = {self._key(original) for original, _ in self.own}
        named = self.master.first("RECURRENCE-ID")
        if not self.repeats:
            if self._key(self.start) not in replaced and self._is_near(self.start, self.length):
                original = stamp_of(named, self.zones) if named else None
                yield self._instance(self.master, self.start, self.length, original, self.doubts)
        else:
            yield from self._instances(replaced)
        latest = {self._key(original): (original, exception) for original, exception in self.own}
        for original, exception in latest.values():
            start, length, doubts = times_of(exception, self.zones)
            if self._is_near(start, length):
                yield self._instance(exception, start, length, original, doubts)

    def _instances(self, replaced: set[datetime]) -> Iterator[Occurrence]:
        bounds = [None, *(original for original, _ in self.following), None]
        tellers = [self.master, *(exception for _, exception in self.following)]
        gone = replaced | self._excluded()
        for teller, first, next_one in zip(tellers, bounds[:-1], bounds[1:], strict=True):
            shift, length, doubts = timedelta(0), self.length, self.doubts
            if first is not None:
                start, length, doubts = times_of(teller, self.zones)
                shift = start.wall - first.wall if start.zone == first.zone or start.is_date else timedelta(0)
            for stamp, own_length in self._stamps(shift):
                key = self._key(stamp)
                if first is not None and key < self._key(first):
                    continue
                if next_one is not None and key >= self._key(next_one):
                    break
                if key in gone:
                    continue
                moved = Stamp(stamp.wall + shift, stamp.is_date, stamp.zone, stamp.doubt) if shift else stamp
                if self._is_near(moved, own_length or length):
                    yield self._instance(teller, moved, own_length or length, stamp, doubts)

    def _stamps(self, shift: timedelta) -> Iterator[tuple[Stamp, timedelta | None]]:
        """Original starts around the window, in order, each once."""
        after, before = self.window.walls(self._lasting(self.length), -shift)
        found: dict[datetime, tuple[Stamp, timedelta | None]] = {}
        for wall in islice(self._ruled("RRULE", after, before), MAX_INSTANCES * 4):
            stamp = Stamp(wall, self.start.is_date, self.start.zone, self.start.doubt)
            found.setdefault(self._key(stamp), (stamp, None))
        for stamp, length in self._dates(after, before):
            found.setdefault(self._key(stamp), (stamp, length))
        if after <= self.start.wall < before:
            found.setdefault(self._key(self.start), (self.start, None))
        return iter([found[key] for key in sorted(found)])

    def _ruled(self, name: str, after: datetime, before: datetime) -> Iterator[datetime]:
        for found in self.master.properties.get(name, ())[:8]:
            if not found.value.strip():
                continue
            rule = parse_rule(found.value)
            end = min(before, self._until(rule.until)) if rule.until else before
            yield from occurrences(rule, self.start.wall, after, end)

    def _until(self, text: str) -> datetime:
        """UNTIL (inclusive) as an exclusive wall time of the series. A day alone means all of that day."""
        try:
            until = read_stamp(text, None, self.zones)
        except ValueProblemError as problem:
            raise RuleError(Reason(Code.RULE_END)) from problem
        try:
            if until.is_date or self.start.is_date:
                return until.wall.replace(hour=0, minute=0, second=0) + _DAY
            wall = until.wall
            if until.zone is not None:
                wall = until.wall.replace(tzinfo=until.zone).astimezone(self.start.zone or self.window.default)
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
                    yield stamp, length

    def _period(self, piece: str, found: Property) -> tuple[Stamp, timedelta | None]:
        begin, _, rest = piece.partition("/")
        tzid = found.parameter("TZID")
        stamp = read_stamp(begin, tzid, self.zones)
        if not rest:
            return stamp, None
        if rest.upper().startswith("P"):
            return stamp, read_duration(rest)
        return stamp, read_stamp(rest, tzid, self.zones).wall - stamp.wall

    def _excluded(self) -> set[datetime]:
        """Keys of excluded starts. A date alone excludes every start of that day: many producers write it so."""
        gone: set[datetime] = set()
        days: set[datetime] = set()
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
                gone.add(self._key(stamp))
                if stamp.is_date and not self.start.is_date:
                    days.add(stamp.wall)
        after, before = self.window.walls(self._lasting(self.length))
        if "EXRULE" in self.master.properties:
            for wall in islice(self._ruled("EXRULE", after, before), MAX_INSTANCES * 4):
                gone.add(self._key(Stamp(wall, self.start.is_date, self.start.zone)))
        if days:
            for stamp, _ in self._stamps(timedelta(0)):
                if stamp.wall.replace(hour=0, minute=0, second=0) in days:
                    gone.add(self._key(stamp))
        return gone

    def _is_near(self, start: Stamp, length: timedelta | None) -> bool:
        return self.window.holds(start, self._lasting(length))

    def _lasting(self, length: timedelta | None) -> timedelta:
        """How long an instance runs, as far as that is believed."""
        longest = LONGEST_OF_A_SERIES if self.repeats else LONGEST
        return length if length is not None and length <= longest else timedelta(0)

    def _key(self, stamp: Stamp) -> datetime:
        """Identity of a start: the instant, or the day for all-day series (as naive, so that both compare)."""
        if stamp.is_date or self.start.is_date:
            return stamp.wall.replace(hour=0, minute=0, second=0, microsecond=0)
        return stamp.instant(self.window.default).replace(tzinfo=None)

    def _instance(
        self,
        teller: Component,
        start: Stamp,
        length: timedelta | None,
        original: Stamp | None,
        doubts: tuple[Reason, ...],
    ) -> Occurrence:
        end = None
        if length:
            try:
                end = Stamp(start.wall + length, start.is_date, start.zone)
            except OverflowError:
                doubts = (*doubts, Reason(Code.ENDS_BEYOND_TIME))
        return Occurrence(teller, start, end, original, self.rule_text, doubts)
