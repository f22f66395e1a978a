"""The user's own calendars: asked as sources are, and kept apart from them.

They are believed at once: who deletes an appointment is free then. One that cannot be had leaves what was known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from planner.config import Config
from planner.gather.keep import SourceResult, keyed, told
from planner.gather.states import (
    answered_state,
    as_it_last_was,
    failed_state,
    failure_of,
    report_left_alone,
    report_of,
    unchanged_state,
)
from planner.store import SourceState, Store
from planner.types import TakenHours
from spiders.items import Event, FetchResult, Source

ONE_DAY = timedelta(days=1)
USUAL_LENGTH = timedelta(hours=2)


def own_calendars(config: Config) -> list[Source]:
    """The user's own calendars, which tell when no time is left (``busy-1`` ...)."""
    return [
        Source(
            id=f"busy-{number}",
            kind="ical",
            url=calendar.url,
            file=calendar.file,
            headers_from=calendar.headers_from,
            timezone=config.timezone,
            options={"me": calendar.me} if calendar.me else {},
            language=config.language,
        )
        for number, calendar in enumerate(config.week.busy, 1)
    ]


def keep_diary(
    source: Source, crawled: FetchResult, store: Store, states: Mapping[str, SourceState], now: datetime
) -> SourceResult:
    """Write what one calendar leaves no time for, and say how it fared. Of its events the hours alone are kept."""
    before = states.get(source.id)
    if not crawled.asked and (left := report_left_alone(source, before, crawled)) is not None:
        return SourceResult(report=left)
    failure = failure_of(crawled)
    hours: tuple[TakenHours, ...] | None = None
    if failure is not None:
        state = failed_state(source, before, failure, crawled, now)
    elif crawled.unchanged and not crawled.readings and before is not None:
        state = unchanged_state(source, before, crawled, now)
    else:
        events = keyed(told(source, crawled.readings))
        hours = tuple(taken_hours(events.values()))
        state = answered_state(source, before, crawled, events=events, left_out=0, now=now)
    with store.transaction():
        store.put_diary(state, hours)
    return SourceResult(report=report_of(state) if failure is None else as_it_last_was(source, state))


def taken_hours(events: Iterable[Event]) -> Iterator[TakenHours]:
    """What own calendars leave no time for. Called off, declined and free (RFC 5545, 3.8.2.7) count for nothing."""
    for event in events:
        if event.start is None or event.status == "cancelled" or event.availability == "free":
            continue
        end = event.end if event.end and event.end > event.start else event.start + _usual(event)
        is_open = event.availability == "tentative" or event.status == "tentative"
        yield TakenHours(start=event.start, end=end, perhaps=is_open)


def _usual(event: Event) -> timedelta:
    return ONE_DAY if event.all_day else USUAL_LENGTH
