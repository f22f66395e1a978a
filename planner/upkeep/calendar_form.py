"""A published calendar read back as strict clients read it: one that a careless client would take may be dropped whole
by another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

MOST_BYTES, MOST_EVENTS = 1_000_000, 1_000
"""What Google's calendar takes; beyond it the rest is lost in silence."""
_LONGEST_LINE = 75  # octets (RFC 5545, 3.1)
_ONCE = ("UID", "DTSTAMP", "DTSTART", "SUMMARY")


def events_and_faults(content: bytes) -> tuple[int, tuple[str, ...]]:
    """The number of events, and what is wrong, as keys of texts (``doctor.form_*``), each once."""
    from icalendar import Calendar

    found = dict.fromkeys(_faults_of_bytes(content))
    try:
        calendar = Calendar.from_ical(content)
        events = calendar.walk("VEVENT")
        for event in events:
            found |= dict.fromkeys(_faults_of_event(event))
    except (ValueError, KeyError, AttributeError, IndexError):  # the library's, for what is no calendar
        return 0, ("form_unreadable",)
    names = [str(event.get("UID")) for event in events]
    if len(set(names)) < len(names):
        found["form_twice"] = None
    if len(events) > MOST_EVENTS:
        found["form_large"] = None
    return len(events), tuple(found)


def _faults_of_bytes(content: bytes) -> Iterator[str]:
    if len(content) > MOST_BYTES:
        yield "form_large"
    if not content.startswith(b"BEGIN:VCALENDAR\r\n") or not content.endswith(b"END:VCALENDAR\r\n"):
        yield "form_cut"
    lines = content.split(b"\r\n")
    if any(len(line) > _LONGEST_LINE or b"\n" in line for line in lines):
        yield "form_lines"


def _faults_of_event(event: object) -> Iterator[str]:
    get = event.get  # type: ignore[attr-defined] # icalendar's components are dicts without types
    if any(get(name) is None for name in _ONCE):
        yield "form_incomplete"
        return
    start, end = get("DTSTART").dt, get("DTEND").dt if get("DTEND") is not None else None
    if isinstance(start, datetime) and start.tzinfo is None:
        yield "form_floating"
    elif isinstance(end, date) and type(end) is type(start) and end <= start:
        yield "form_ends_before"
