"""One series: its instances in the window, those that were changed, and what follows a change (RFC 5545, 3.8.4.4).

What matters is done on bare times: an event is built only for an occurrence that lies in the window.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

from spiders.items import LONGEST, LONGEST_OF_A_SERIES
from spiders.readers.ical.naming import Known, Naming
from spiders.readers.ical.parser import Component
from spiders.readers.ical.starts import Starts
from spiders.readers.ical.times import Times, times_of
from spiders.readers.ical.values import Stamp, ValueProblemError, stamp_of
from spiders.readers.ical.versions import is_newer, sequence_of
from spiders.readers.ical.window import Window
from spiders.readers.ical.zones import Zones
from spiders.reasons import Code, Reason

_NONE = timedelta(0)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One instance: the component that tells it, its times, its original start, and the doubts about its times."""

    component: Component
    start: Stamp
    end: Stamp | None
    original: Stamp | None
    rule: str | None
    doubts: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class _Change:
    """A VEVENT with a RECURRENCE-ID: the start it names, its own times, and whether all that follow change."""

    component: Component
    named: Stamp
    times: Times
    following: bool


class Series:
    """A VEVENT without a RECURRENCE-ID (or one that stands alone) with the changes of its instances.

    Raises ValueProblemError where it has no start that can be read; RuleError where its instances are asked for.
    """

    def __init__(self, master: Component, zones: list[Zones], window: Window, notes: Counter[Reason]) -> None:
        self.master, self._zones, self._window, self._notes = master, zones, window, notes
        self._times = times_of(master, zones[master.scope], window)
        self._naming = Naming(self._times.start, self._times.written, window.default)
        found = master.first("RRULE")
        self._rule_text = found.value.strip() if found else None
        # An exception that stands alone (its master is in nobody's file) is one instance, whatever else it holds.
        self._stands_alone = master.first("RECURRENCE-ID") is not None
        self.repeats = not self._stands_alone and (found is not None or master.first("RDATE") is not None)
        self._changes: list[_Change] = []
        self._looked_at: Known | None = None
        self._stretch: tuple[datetime, datetime] | None = None

    def takes(self, exception: Component) -> bool:
        """Whether an exception names one of the instances that are looked at."""
        named = self._named_by(exception)
        return named is not None and bool(self._naming.named(named, self._known()))

    def take(self, exception: Component) -> None:
        """One more change of this series; one without times that can be read is counted in the notes and left out."""
        named = exception.first("RECURRENCE-ID")
        assert named is not None
        try:
            original = stamp_of(named, self._zones[exception.scope])
            times = times_of(exception, self._zones[exception.scope], self._window)
        except ValueProblemError as problem:
            self._notes[problem.reason] += 1
            return
        home = self._times.start.zone
        if times.start.zone is None and not times.start.is_date and home is not None:
            times = replace(times, start=replace(times.start, zone=home))
        following = (named.parameter("RANGE") or "").upper() == "THISANDFUTURE"
        self._changes.append(_Change(exception, original, times, following))

    def occurrences(self) -> Iterator[Occurrence]:
        """Instances in the window, in order, then those that were changed, in the order of the calendar."""
        if any(change.following for change in self._changes):
            self._looked_at = self._stretch = None  # what follows may have been moved from further away
        latest = self._latest()
        times = self._times
        if self.repeats:
            yield from self._unchanged(latest)
        elif (not latest or self._naming.key(times.start) not in latest) and self._is_near(times.start, times.length):
            original = self._named_by(self.master) if self._stands_alone else None
            yield self._instance(self.master, times.start, times.length, times.doubts, original)
        for original, change in latest.values():
            moved = change.times
            if self._is_near(moved.start, moved.length):
                yield self._instance(change.component, moved.start, moved.length, moved.doubts, original)

    def _latest(self) -> dict[datetime, tuple[Stamp, _Change]]:
        """The newest change of each instance, by its key."""
        latest: dict[datetime, tuple[Stamp, _Change]] = {}
        for change in self._changes:
            found = self._naming.named(change.named, self._known())
            original = self._known().by_key[found[0]] if found else self._naming.meant(change.named)
            if not found and self._is_left_over(change, original):
                continue
            key = self._naming.key(original)
            known = latest.get(key)
            if known is None or not is_newer(known[1].component, change.component, self._zones):
                latest[key] = (original, change)
        return latest

    def _is_left_over(self, change: _Change, original: Stamp) -> bool:
        """Whether a change is of an earlier version of the series, which had an instance where this one has none."""
        if not self.repeats or sequence_of(change.component) >= sequence_of(self.master):
            return False
        after, before = self._bounds()
        return after <= self._naming.local(original) < before

    def _unchanged(self, latest: dict[datetime, tuple[Stamp, _Change]]) -> Iterator[Occurrence]:
        following = sorted(key for key, (_, change) in latest.items() if change.following)
        tellers = [(self.master, self._times, _NONE)]
        tellers += [(c.component, c.times, self._shift(at, c.times)) for at, c in (latest[key] for key in following)]
        known = self._known()
        gone = self._starts.excluded(known, *self._bounds())
        at = 0
        for key, stamp in known.by_key.items():
            while at < len(following) and following[at] <= key:
                at += 1
            if key in latest or key in gone:
                continue
            teller, times, shift = tellers[at]
            moved = replace(stamp, wall=stamp.wall + shift) if shift else stamp
            length = known.lengths.get(key, times.length)
            if self._is_near(moved, length):
                yield self._instance(teller, moved, length, times.doubts, stamp)

    @cached_property
    def _starts(self) -> Starts:
        zones = self._zones[self.master.scope]
        return Starts(self.master, self._times, self._naming, zones, self._window, self._notes)

    def _known(self) -> Known:
        """The original starts around the window; of a single event its own."""
        if self._looked_at is None:
            if self.repeats:
                self._looked_at = self._starts.within(*self._bounds())
            else:
                self._looked_at = Known({self._naming.key(self._times.start): (self._times.start, None)})
        return self._looked_at

    def _bounds(self) -> tuple[datetime, datetime]:
        """Naive bounds that no original start of an instance in the window can lie outside of."""
        if self._stretch is not None:
            return self._stretch
        following = [change for change in self._changes if change.following]
        shifts = [_NONE, *(self._shift(self._naming.meant(change.named), change.times) for change in following)]
        lasting = [self._lasting(times.length) for times in (self._times, *(change.times for change in following))]
        after, _ = self._window.walls(max(lasting), -max(shifts))
        _, before = self._window.walls(_NONE, -min(shifts))
        self._stretch = after, before
        return self._stretch

    def _shift(self, original: Stamp, times: Times) -> timedelta:
        """How far THISANDFUTURE moves what follows, on the clock of the series."""
        there = times.start.wall if times.start.is_date else self._naming.local(times.start)
        return there - self._naming.local(original)

    def _named_by(self, component: Component) -> Stamp | None:
        """The start that a RECURRENCE-ID names, as it is written; None without one that can be read."""
        named = component.first("RECURRENCE-ID")
        try:
            return stamp_of(named, self._zones[component.scope]) if named else None
        except ValueProblemError:
            return None

    def _is_near(self, start: Stamp, length: timedelta | None) -> bool:
        return self._window.holds(start, self._lasting(length))

    def _lasting(self, length: timedelta | None) -> timedelta:
        """How long an instance runs, as far as that is believed."""
        longest = LONGEST_OF_A_SERIES if self.repeats else LONGEST
        return length if length is not None and length <= longest else _NONE

    def _instance(
        self,
        teller: Component,
        start: Stamp,
        length: timedelta | None,
        doubts: tuple[Reason, ...],
        original: Stamp | None,
    ) -> Occurrence:
        end = None
        if length:
            try:
                end = Stamp(start.wall + length, start.is_date, start.zone)
            except OverflowError:
                doubts = (*doubts, Reason(Code.ENDS_BEYOND_TIME))
        return Occurrence(teller, start, end, original, self._rule_text, doubts)
