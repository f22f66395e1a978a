"""Calendars as people and programs write them, read for a window of days from one Friday on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from spiders.items import Context, Document, Event, Reading
from spiders.readers import ical

NOW = datetime.fromisoformat("2026-11-20T09:00:00+08:00")
SHANGHAI = "Asia/Shanghai"


def context(days: int = 60, zone: str = SHANGHAI, **more: object) -> Context:
    return replace(
        Context(source="c", now=NOW, timezone=zone, window_start=NOW, window_end=NOW + timedelta(days=days)),
        **more,  # type: ignore[arg-type]
    )


def calendar(*events: str, head: str = "") -> str:
    inner = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{inner}END:VCALENDAR\n"


def read(body: str | bytes, asked: Context | None = None) -> Reading:
    raw = body if isinstance(body, bytes) else body.encode()
    return ical.read(Document(body=raw), asked or context())


def only(reading: Reading) -> Event:
    assert len(reading.events) == 1, reading
    return reading.events[0]


def vtimezone(name: str, standard: str, summer: str | None = None, *, since: str = "1970", hint: str = "") -> str:
    """A VTIMEZONE of two offsets that change as in Europe, or of one alone."""
    away = summer or standard
    lines = [
        "BEGIN:VTIMEZONE", f"TZID:{name}", *([f"X-LIC-LOCATION:{hint}"] if hint else []),
        "BEGIN:STANDARD", f"DTSTART:{since}1025T030000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        f"TZOFFSETFROM:{away}", f"TZOFFSETTO:{standard}", "END:STANDARD",
    ]  # fmt: skip
    if summer:
        lines += [
            "BEGIN:DAYLIGHT", f"DTSTART:{since}0329T020000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
            f"TZOFFSETFROM:{standard}", f"TZOFFSETTO:{summer}", "END:DAYLIGHT",
        ]  # fmt: skip
    return "\n".join([*lines, "END:VTIMEZONE", ""])


def moments(events: Iterable[Event]) -> list[str]:
    """Starts in UTC ("1128T1100"), days as they are ("1128"), in order of time."""
    return sorted(map(moment, events))


def moment(event: Event) -> str:
    assert event.start is not None
    if event.all_day:
        return event.start.strftime("%m%d")
    return event.start.astimezone(UTC).strftime("%m%dT%H%M")


def span(event: Event) -> tuple[str, str | None, bool]:
    """Start and end on the clock of the event's zone, and whether it is of whole days."""
    assert event.start is not None
    form = "%m-%d" if event.all_day else "%m-%d %H:%M"
    return event.start.strftime(form), event.end.strftime(form) if event.end else None, event.all_day
