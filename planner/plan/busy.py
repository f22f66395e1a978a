"""The user's own calendars as hours that are taken: what is free is free, whole days and trips are taken whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from planner.types import Interval, TakenHours

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Busy:
    """Hours that are ``taken``, and such as are only ``perhaps``: invitations without an answer, plans that are not
    fixed. Neither may be planned; which it was is said."""

    taken: tuple[Interval, ...] = ()
    perhaps: tuple[Interval, ...] = ()

    @property
    def every(self) -> tuple[Interval, ...]:
        return (*self.taken, *self.perhaps)


NOT_BUSY = Busy()


def busy_hours(hours: Iterable[TakenHours], span: Interval) -> Busy:
    """What own calendars leave no time for within [start, end), trips that began earlier included."""
    start, end = span
    within = [each for each in hours if each.start < end and start < each.end]
    return Busy(
        taken=tuple((each.start, each.end) for each in within if not each.perhaps),
        perhaps=tuple((each.start, each.end) for each in within if each.perhaps),
    )


def clash_with(busy: Sequence[Interval], start: datetime, end: datetime) -> Interval | None:
    """The first of these hours that stands in the way of [start, end)."""
    return next((each for each in busy if each[0] < end and start < each[1]), None)


def in_words(hours: Interval, zone: tzinfo | None) -> str:
    """``20:00-22:00``; of what takes days their dates."""
    start, end = (each.astimezone(zone) for each in hours)
    if end - start < ONE_DAY:
        return f"{start:%H:%M}-{end:%H:%M}"
    first, last = start.date(), (end - timedelta(seconds=1)).date()
    return f"{first}" if first == last else f"{first} – {last}"
