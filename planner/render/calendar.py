"""Events -> iCalendar files that real clients show (RFC 5545, 7986; the rules of docs/calendar.md).

Nothing in a file depends on when it is written: an unchanged event gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, Literal

from icalendar import Calendar, Timezone
from icalendar import Event as Component
from icalendar.prop import vDuration, vText

from planner.i18n.catalog import Catalog
from planner.identity.lifecycle import is_doubtful, place_line
from planner.identity.recovery import X_END, X_STATUS, X_TITLE
from planner.plan.candidates import usual_end
from planner.render.cards import marked_title
from planner.text import one_line, strip_controls, web_link
from planner.types import OFF, TrackedEvent, over_at
from spiders.items import Event

REFRESH = timedelta(hours=6)
MAX_CHARACTERS = 4_000
MAX_BYTES = 700_000  # Google reads about 1 MB and about 1,000 events, and says nothing of what it leaves
MAX_EVENTS = 800
Cancelled = Literal["title", "status"]
"""How a cancellation is said: in the title alone, or by STATUS:CANCELLED as well."""
PRODID = "-//Quanzi//Quanzi//EN"


class _Text(vText):
    """TEXT to the letter (RFC 5545, 3.3.11): the library takes a backslash before an N for a line break."""

    def to_ical(self) -> bytes:
        escaped = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
        return escaped.encode("utf-8", "replace")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event to be written, with the text that stands in it; ``visit`` is when to go to what is open for days."""

    tracked: TrackedEvent
    description: str
    category: str | None = None
    visit: tuple[datetime, datetime] | None = None


def write(
    name: str, entries: Iterable[Entry], timezone: str, words: Catalog, *, cancelled: Cancelled = "title"
) -> bytes:
    """A calendar file: VERSION and PRODID first, zones before their use, events by start. No calendar-level UID:
    vdirsyncer would then keep one event only."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODID)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", one_line(name))
    calendar.add("x-wr-calname", one_line(name))
    calendar.add("x-wr-timezone", timezone)
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    ordered = sorted(entries, key=_order)
    for entry in ordered:
        calendar.add_component(_component(entry, words, cancelled))
    starts = [entry.visit[0] if entry.visit else entry.tracked.merged.event.start for entry in ordered]
    _add_zones(calendar, [start for start, entry in zip(starts, ordered, strict=True) if _has_hour(entry) and start])
    return bytes(calendar.to_ical(sorted=False))


def write_fitting(
    name: str, entries: Iterable[Entry], timezone: str, words: Catalog, now: datetime, *, cancelled: Cancelled = "title"
) -> tuple[bytes, int]:
    """A calendar file that every client reads to its end, and how many entries had to be left out for that: what was
    over first, then the far future."""
    ordered = sorted(entries, key=_order)
    past = sorted((entry for entry in ordered if not _is_coming(entry, now)), key=_over)
    kept = [*past, *(entry for entry in ordered if _is_coming(entry, now))]
    content = write(name, kept, timezone, words, cancelled=cancelled)
    while len(kept) > MAX_EVENTS or len(content) > MAX_BYTES:
        share = max(0.0, 1 - MAX_BYTES / len(content))
        surplus = max(1, len(kept) - MAX_EVENTS, int(share * len(kept)))
        over = sum(not _is_coming(entry, now) for entry in kept)
        kept = kept[min(surplus, over) :]
        kept = kept[: len(kept) - max(0, surplus - over)]
        content = write(name, kept, timezone, words, cancelled=cancelled)
    return content, len(ordered) - len(kept)


def _over(entry: Entry) -> float:
    over = over_at(entry.tracked.merged.event)
    return over.timestamp() if over is not None else 0.0


def _is_coming(entry: Entry, now: datetime) -> bool:
    """Whether an event is to come, or still runs."""
    return _over(entry) >= now.timestamp()


def _order(entry: Entry) -> tuple[float, str]:
    start = entry.tracked.merged.event.start
    return (start.timestamp() if start else 0.0, entry.tracked.merged.id)


def _component(entry: Entry, words: Catalog, said_by: Cancelled) -> Any:
    tracked, event = entry.tracked, entry.tracked.merged.event
    start, end, assumed = (*entry.visit, False) if entry.visit else span(event)
    cancelled = event.status == "cancelled"
    component = Component()
    component.add("uid", event.uid)
    component.add("dtstamp", tracked.state.changed)
    component.add("last-modified", tracked.state.changed)
    component.add("sequence", tracked.state.sequence)
    first, last = _unmistakable(start, end)
    component.add("dtstart", first)
    component.add("dtend", last)
    component.add("summary", _Text(marked_title(event, words)))
    component.add("status", _status(event, said_by))
    component.add("transp", "TRANSPARENT" if cancelled or (event.all_day and not entry.visit) else "OPAQUE")
    location = place_line(event)
    if location:
        component.add("location", _Text(location))
    place = event.place
    if place is not None and place.latitude is not None and place.longitude is not None:
        component.add("geo", (place.latitude, place.longitude))
    text = strip_controls(entry.description)
    if assumed and not event.all_day:
        text = f"{words('calendar.end_assumed')}\n{text}".strip()
    if text:
        component.add("description", _Text(text[:MAX_CHARACTERS]))
    link = web_link(event.url)
    if link:
        component.add("url", link)
    if entry.category:
        component.add("categories", [entry.category])
    for name, value in _for_recovery(event, assumed=assumed):
        component.add(name, _Text(value))
    return component


def _for_recovery(event: Event, *, assumed: bool) -> Iterator[tuple[str, str]]:
    """What words of people alone would tell: a store that is lost is read back from here (`identity.recovery`)."""
    if event.status in OFF or is_doubtful(event):
        yield X_STATUS, "doubtful" if is_doubtful(event) else event.status
        yield X_TITLE, one_line(event.title)
    if assumed:
        yield X_END, "assumed"


def _status(event: Event, said_by: Cancelled) -> str:
    """Google hides what is CANCELLED, Apple strikes it through: so the title says it, and the status only if wished."""
    if event.status == "cancelled" and said_by == "status":
        return "CANCELLED"
    return "TENTATIVE" if event.status in {"tentative", "postponed"} or is_doubtful(event) else "CONFIRMED"


def span(event: Event) -> tuple[datetime | date, datetime | date, bool]:
    """-> (start, exclusive end, whether the end is our assumption); dates for all-day events."""
    start, end = event.start, event.end
    if start is None:
        raise ValueError(f"{event.uid}: an event without a time cannot stand in a calendar")
    if event.all_day:
        first = start.date()
        last = end.date() if end and end.date() > first else first + timedelta(days=1)
        return first, last, end is None
    # In UTC, since within one zone Python compares and adds by the hands of the clock, whatever summer time does.
    begins = start.astimezone(UTC)
    if end is None or end.astimezone(UTC) <= begins:
        return start, usual_end(start), True
    return start, end, False


def _unmistakable(start: datetime | date, end: datetime | date) -> tuple[datetime | date, datetime | date]:
    """The same instants as local times that exist; both in UTC where one is in an hour that the clocks repeat: a local
    time there means its first pass (RFC 5545, 3.3.5), and ical.js takes it for the second."""
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return start, end
    first, last = (moment.astimezone(UTC).astimezone(moment.tzinfo) for moment in (start, end))
    if any(moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset() for moment in (first, last)):
        return first.astimezone(UTC), last.astimezone(UTC)
    return first, last


def _has_hour(entry: Entry) -> bool:
    return entry.visit is not None or not entry.tracked.merged.event.all_day


def _add_zones(calendar: Calendar, starts: Sequence[datetime]) -> None:
    """A VTIMEZONE for each zone, before the events, no longer than the events need."""
    if not starts:
        return
    first = min(starts).date() - timedelta(days=366)
    last = max(starts).date() + timedelta(days=366)
    zones = [zone for tzid in sorted(calendar.get_missing_tzids()) if (zone := _zone(tzid, first, last))]
    calendar.subcomponents = zones + calendar.subcomponents


@lru_cache(maxsize=64)  # the library searches step by step, and several calendars of a run need the same
def _zone(tzid: str, first: date, last: date) -> Timezone | None:
    """The VTIMEZONE of a zone; None where the library does not know it. Nobody may change it."""
    try:
        zone = Timezone.from_tzid(tzid, first_date=first, last_date=last)
    except ValueError:
        return None
    zone.pop("COMMENT", None)  # the library's note; nothing that a client could stumble over stands in a zone
    return zone
