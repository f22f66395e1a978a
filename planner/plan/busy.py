"""The user's own calendars as hours that are taken: what is free is free, whole days and trips are taken whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from planner.types import Interval
from spiders.items import Event

ONE_DAY = timedelta(days=1)
USUAL_LENGTH = timedelta(hours=2)


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


def busy_hours(events: Iterable[Event]) -> Busy:
    """What own calendars leave no time for. Called off, declined and free (RFC 5545, 3.8.2.7) count for nothing."""
    taken: list[Interval] = []
    perhaps: list[Interval] = []
    for event in events:
        if event.start is None or event.status == "cancelled" or event.availability == "free":
            continue
        end = event.end if event.end and event.end > event.start else event.start + _usual(event)
        is_open = event.availability == "tentative" or event.status == "tentative"
        (perhaps if is_open else taken).append((event.start, end))
    return Busy(tuple(taken), tuple(perhaps))


def _usual(event: Event) -> timedelta:
    return ONE_DAY if event.all_day else USUAL_LENGTH


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
