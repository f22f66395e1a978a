"""What the user added with a rule ("every Wednesday 19:00"): its coming occurrences, as far as events are known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from planner.gather.fetch import DAYS_AHEAD
from planner.gather.keep import keyed
from planner.store import Store
from planner.types import OWN
from spiders.items import Event

ONE_DAY = timedelta(days=1)


def spread(events: Iterable[Event], now: datetime) -> list[Event]:
    """Events with a rule -> one event for each date that is to come; the others as they are."""
    until = now + timedelta(days=DAYS_AHEAD)
    spread_out: list[Event] = []
    for event in events:
        dates = _dates(event, min(now, event.start), until) if event.start and event.recurrence else []
        spread_out += dates or [event]
    return spread_out


def extend(store: Store, now: datetime) -> None:
    """Let the series of the user's own notes go on. Write inside ``transaction``."""
    known = [event for event in store.starting(OWN).values() if event.recurrence and event.occurrence]
    last: dict[str, Event] = {}
    for event in sorted(known, key=lambda event: event.start or now):
        last[event.uid] = event
    until = now + timedelta(days=DAYS_AHEAD)
    further = [
        each
        for event in last.values()
        if event.start is not None
        for each in _dates(event, event.start + ONE_DAY, until)
        if each.start and each.start > event.start
    ]
    if further:
        store.put_records(OWN, keyed(further), now)


def _dates(event: Event, since: datetime, until: datetime) -> list[Event]:
    if event.start is None or event.recurrence is None:
        return []
    from spiders.readers.club_rule import starts_between  # with the grammar of times, which most runs need not

    length = event.end - event.start if event.end else None
    return [
        replace(event, start=start, end=start + length if length else None, occurrence=f"{start:%Y%m%dT%H%M}")
        for start in starts_between(event.start, event.recurrence, since, until)
    ]
