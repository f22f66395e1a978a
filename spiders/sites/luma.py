"""Luma: calendars of hosts and of cities.

``url`` is a calendar's page (``https://lu.ma/calendar/cal-…``), a city's (``discplace-…``) or the short name of
either (``https://lu.ma/shanghai``). Their calendar file is asked for, which needs no key; a short name's page tells
its id. What the page's own state or its interface lists (``entries``) is read as well, for those who give its
address; links there are bare words.
"""

from __future__ import annotations

from spiders.layouts import Proof, Rows, Site, by_rule
from spiders.layouts.rows import Row


def _usual(row: Row, base: str | None) -> Row | None:
    """An entry is an event within its listing; the calendar that lists it stands beside."""
    event = row.get("event")
    if not isinstance(event, dict):
        return row
    link = event.get("url")
    is_word = isinstance(link, str) and "/" not in link
    holder = row.get("calendar")
    name = holder.get("name") if isinstance(holder, dict) else None
    return {**event, "url": f"https://luma.com/{link}" if is_word else link} | ({"organizer": name} if name else {})


SITE = Site(
    name="Luma",
    hosts=("lu.ma", "luma.com"),
    path=r"/(?:calendar/|discover/|embed/)*[\w-]+/?|/calendar/get-items|/",
    example="https://lu.ma/calendar/cal-0123456789",
    asks=by_rule("Luma", or_itself=True),
    layout=Rows(lists=("entries",), each=("name", "start_at"), put=_usual),
    door="Luma",
    proof=Proof(basis="recorded", month="2026-11", confidence="A"),
)
