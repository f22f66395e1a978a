"""Calendars as servers give them."""

from __future__ import annotations

_EVENT = """BEGIN:VEVENT\r
UID:{title}\r
DTSTAMP:20261101T000000Z\r
DTSTART:{start}\r
SUMMARY:{title}\r
{more}END:VEVENT\r
"""


def calendar(*titles: str | tuple[str, str], start: str = "20261124T113000Z", more: str = "") -> bytes:
    """A calendar of one event for each title, at ``start`` or at a start of its own; ``more`` are further lines of
    each, with their ends."""
    told = [(title, start) if isinstance(title, str) else title for title in titles]
    events = "".join(_EVENT.format(title=title, start=begins, more=more) for title, begins in told)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//club//club//EN\r\n{events}END:VCALENDAR\r\n".encode()
