"""The feed reader: RSS 0.9-2.0, RDF, Atom and JSON Feed -> Events.

An item that says when its event is (event modules, xCal, the fields of city calendars) is read from that; any other
item is an announcement, read by the announcement reader with the item's posting time as its clock. A posting date is
never the date of an event.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from spiders.items import Context, Document, Event, Reading
from spiders.readers import fields
from spiders.readers.facts import Facts, event_of
from spiders.readers.feed.entries import Entry, entries_of
from spiders.readers.moments import Moment, read_moment
from spiders.text.decode import decode

NAME = "feed"
_ROOTS = re.compile(rb"<(?:\w+:)?(?:rss|feed|RDF|channel)[\s>]")
# What feedparser makes of the event modules: prefix and name joined, in lower case. Best first.
_START = ("ev_startdate", "xcal_dtstart", "event_startdate", "event_start", "start_date", "startdate", "dtstart", "start",
          "livewhale_start", "libcal_start", "s_localstart", "cal_start", "calendarevent_eventdates", "event_date",
          "eventdate", "gd_starttime", "tribe_start", "mn_eventstart")  # fmt: skip
_END = ("ev_enddate", "xcal_dtend", "event_enddate", "event_end", "end_date", "enddate", "dtend", "end", "livewhale_end",
        "libcal_end", "s_localend", "cal_end")  # fmt: skip
_PLACE = ("ev_location", "xcal_location", "event_location", "calendarevent_location", "location", "venue", "event_venue",
          "libcal_location", "livewhale_location", "s_location")  # fmt: skip
_CLOCK = ("calendarevent_eventtimes", "event_time", "eventtime", "time")
_ORGANIZER = ("ev_organizer", "xcal_organizer", "event_organizer", "organizer")


def looks_like(body: bytes) -> bool:
    """Whether the bytes begin as a feed does: an XML root of a feed, or a JSON Feed."""
    head = body[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head.startswith(b"{"):
        return b"jsonfeed.org/version" in head
    if not head.startswith(b"<") or re.match(rb"<!doctype html|<html", head, re.IGNORECASE):
        return False
    return _ROOTS.search(head) is not None


def read(document: Document, context: Context) -> Reading:
    """Events of a feed; items that tell of none are counted by their reason, those without text give their link."""
    if not looks_like(document.body):
        return Reading(reader=NAME, reason=f"not a feed: {_what(document.body)}", refused=True)
    decoded = decode(document.body, document.headers)
    notes = ["doubtful text: the charset is unclear"] if decoded.doubtful else []
    items = entries_of(decoded.text, document.url)
    events: list[Event] = []
    silent: Counter[str] = Counter()
    links: list[str] = []
    for item in items:
        told, why = _events_of(item, context)
        events.extend(told)
        if not told:
            silent[why or "no event"] += 1
        if item.link and not item.text and not any(event.start for event in told):
            links.append(item.link)
    notes += [f"{count} item{'s' if count > 1 else ''}: {why}" for why, count in sorted(silent.items())]
    reason = None if events else _silence(len(items), silent)
    return Reading(
        reader=NAME, events=tuple(events), reason=reason, notes=tuple(notes), links=tuple(dict.fromkeys(links))
    )


def _what(body: bytes) -> str:
    head = body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not head:
        return "empty"
    return "HTML" if b"<html" in head or b"<!doctype html" in head or b"<body" in head else "another kind of content"


def _silence(items: int, silent: Counter[str]) -> str:
    if not items:
        return "quiet: a feed without items"
    most = silent.most_common(1)[0][0] if silent else "no event"
    return f"quiet: {items} items, none tells of an event ({most})"


def _posted(value: object, context: Context) -> datetime | None:
    """When an item was posted. Without a zone the source's holds: most such feeds are written by local software."""
    moment = read_moment(value)
    if moment is None and isinstance(value, str) and value.strip():
        moment = _in_words(value, context)
    return moment.at(ZoneInfo(context.timezone)) if moment else None


def _in_words(text: str, context: Context) -> Moment | None:
    from spiders.text.when import read_when

    sessions = read_when(text[:200], now=context.now, timezone=context.timezone).sessions
    if not sessions:
        return None
    return Moment(sessions[0].start.replace(tzinfo=None), sessions[0].all_day, sessions[0].start.tzinfo)


def _events_of(item: Entry, context: Context) -> tuple[list[Event], str | None]:
    if not item.title and not item.text:
        return [], "empty"
    published = _posted(item.posted, context)
    facts = _stated(item, published, context)
    if facts is not None:
        event = event_of(facts, context)
        if event is not None:
            return [event], None
    from spiders.readers import announcement

    clock = replace(context, now=published) if published else context
    text = "\n".join(part for part in (item.title, item.text) if part)
    reading = announcement.read_text(text, clock, url=item.link, title=item.title)
    told = [_as_item(event, item, published) for event in reading.events]
    return told, reading.reason


def _as_item(event: Event, item: Entry, published: datetime | None) -> Event:
    """An announcement's event with what its item knows: id, posting time, tags."""
    return replace(
        event,
        uid=item.uid or event.uid,
        published=published or event.published,
        categories=event.categories or item.categories,
        url=event.url or item.link,
    )


def _value(item: Entry, names: tuple[str, ...]) -> str | None:
    for name in names:
        value = item.values.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if isinstance(value, dict) and isinstance(value.get("value"), str):
            return str(value["value"]).strip()
    return None


def _stated(item: Entry, published: datetime | None, context: Context) -> Facts | None:
    """The facts of an item that carries its event's start in a field of its own; None for any other."""
    words = _value(item, _START)
    if words is None:
        return None
    start, end = read_moment(words), read_moment(_value(item, _END))
    if start is None:
        start, end = _spoken(words, _value(item, _CLOCK), context)
    if start is None:
        return None
    where = _value(item, _PLACE)
    place = fields.place_of(where)
    return Facts(
        title=item.title or (item.text or "").split("\n", 1)[0][:200],
        start=start,
        end=end,
        uid=item.uid,
        url=item.link,
        place=place,
        where=fields.line(where),
        organizer=fields.line(_value(item, _ORGANIZER)),
        description=item.text,
        categories=item.categories,
        published=published,
        when=words,
    )


def _spoken(words: str, clock: str | None, context: Context) -> tuple[Moment | None, Moment | None]:
    """A start (and end) in words, such as a city calendar's "November 28, 2026" with "07:00 PM - 09:00 PM"."""
    from spiders.text.when import read_when

    sessions = read_when(f"{words} {clock or ''}".strip()[:300], now=context.now, timezone=context.timezone).sessions
    if not sessions:
        return None, None
    first = sessions[0]
    start = Moment(first.start.replace(tzinfo=None), first.all_day, None if first.all_day else first.start.tzinfo)
    end = Moment(first.end.replace(tzinfo=None), False, first.end.tzinfo) if first.end and not first.all_day else None
    return start, end
