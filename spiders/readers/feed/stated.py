"""Items that carry their event's time in fields of their own: event modules, xCal, the fields of event software."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import datetime, time, tzinfo
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from spiders.items import Context
from spiders.readers import normalize
from spiders.readers.event_draft import EventDraft
from spiders.readers.feed.entries import Entry
from spiders.readers.ical.zones import zone_or_offset
from spiders.readers.timestamps import Timestamp, read_length, read_moment

_CALLED = {
    name: re.compile(
        rf"^[^_]+_(?:event_?)?(?:{word}s?(?:_?(?:date|time|datetime|at))*|(?:date|time)_?{word}|dt{word})$"
    )
    for name, word in (("start", "(?:local_?)?(?:start|begin)"), ("end", "(?:local_?)?end"))
}
# Namespaces whose starts and ends are of sounds, subscriptions and jobs.
_OTHERS = ("itunes_", "media_", "podcast_", "dc_", "dcterms_", "sy_", "wp_", "job_", "g_", "atom_", "offer_")
_YES = frozenset({"true", "1", "yes"})
_TYPES_OF_EVENTS = frozenset({"events", "event"})


@cache
def _keys(name: str) -> tuple[str, ...]:
    text = files("spiders.readers.feed").joinpath("keys.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)[name].split())


def facts_of(item: Entry, published: datetime | None, context: Context) -> EventDraft | None:
    """The facts of an item that carries its event's start in a field of its own; None for any other. ``published`` is
    its posting time, which is the start where only the end has a field."""
    words, start, end, excluded = _times(item, context)
    if start is None:
        return None
    where = _value(item, "place")
    point = _point(item)
    return EventDraft(
        title=item.title or (item.text or "").split("\n", 1)[0][:200],
        start=start,
        end=end,
        end_excluded=excluded,
        uid=item.uid,
        url=item.link,
        place=normalize.place_of(where, point),
        where=normalize.line(where),
        organizer=normalize.line(_value(item, "organizer")),
        description=item.text,
        categories=item.categories,
        published=published,
        when=words,
    )


def is_event_by_posting(item: Entry) -> bool:
    """Whether the posting date of an item is the start of an event: it has no other, and is marked as one."""
    if _value(item, "start") is not None:
        return False
    kind = item.values.get("livewhale_type")
    return _value(item, "marks") is not None or (isinstance(kind, str) and kind.strip().lower() in _TYPES_OF_EVENTS)


def _times(item: Entry, context: Context) -> tuple[str | None, Timestamp | None, Timestamp | None, bool]:
    """The words of the start, start, end, and whether a day as the end is excluded."""
    words = item.posted if is_event_by_posting(item) else _value(item, "start")
    if words is None:
        return None, None, None, False
    key, told = _named(item, "end")
    start, end = read_moment(words), read_moment(told)
    clock = _value(item, "clock")
    if start is None:
        start, end = _spoken(words, clock, context)
    elif start.is_date and clock:
        start, end = _on_the_clock(item, words, clock, told, context) or (start, end)
    if start is not None and end is None and not start.is_date and (length := read_length(_value(item, "length"))):
        end = replace(start, wall=start.wall + length)
    zone = zone_or_offset(_value(item, "zone") or "")
    if start is not None and _says_yes(item):
        begins, ends = read_moment(_value(item, "local_start")), read_moment(_value(item, "local_end"))
        start, end = _day(begins or start, zone, context), ends or end
        if end is not None and not end.is_date:
            closes = end.at(_home(zone, context)) if end.wall.time() != time() else end.wall
            end = Timestamp(datetime.combine(closes.date(), time()), closes.time() != time(), None)
    if zone is not None:
        start, end = _in_zone(start, zone), _in_zone(end, zone)
    return words, start, end, key in _keys("excluded")


def _on_the_clock(
    item: Entry, words: str, clock: str, told: str | None, context: Context
) -> tuple[Timestamp, Timestamp | None] | None:
    """A day with its hour from a field of its own, and the end alike; None where the hour is none ("All Day")."""
    start, ended = read_moment(f"{words} {clock}"), None
    if start is None:
        start, ended = _spoken(words, clock, context)
        if start is None or start.is_date:
            return None
    if not (ends := _value(item, "end_clock")):
        return start, ended or read_moment(told)
    closes = read_moment(f"{told or words} {ends}") or _spoken(told or words, ends, context)[0]
    return start, closes if closes is None or not closes.is_date else ended


def _day(start: Timestamp, zone: tzinfo | None, context: Context) -> Timestamp:
    """The day on which a moment lies whose event is marked as lasting all day: that of its midnight."""
    wall = start.wall if start.is_date or start.wall.time() == time() else start.at(_home(zone, context))
    return Timestamp(datetime.combine(wall.date(), time()), True, None)


def _home(zone: tzinfo | None, context: Context) -> ZoneInfo:
    return zone if isinstance(zone, ZoneInfo) else ZoneInfo(context.timezone)


def _in_zone(moment: Timestamp | None, zone: tzinfo) -> Timestamp | None:
    if moment is None or moment.is_date or moment.zone is not None:
        return moment
    return replace(moment, zone=zone)


def _says_yes(item: Entry) -> bool:
    return any(str(item.values.get(key, "")).strip().lower() in _YES for key in _keys("all_day"))


def _point(item: Entry) -> tuple[float, float] | None:
    pair = str(item.values.get("georss_point") or "").replace(",", " ").split()
    if len(pair) == 2:
        return normalize.coordinate(*pair)
    return normalize.coordinate(item.values.get("geo_lat"), item.values.get("geo_long"))


def _named(item: Entry, names: str) -> tuple[str, str | None]:
    """The first of some fields that says something, and what it says; else one of any namespace that is called so."""
    for name in _keys(names):
        value = item.values.get(name)
        if isinstance(value, dict):
            value = value.get("value")
        if isinstance(value, str) and value.strip():
            return name, value.strip()
    if (called := _CALLED.get(names)) is not None:
        for name, value in item.values.items():
            if called.search(name) and not name.startswith(_OTHERS) and isinstance(value, str) and read_moment(value):
                return name, value.strip()
    return "", None


def _value(item: Entry, names: str) -> str | None:
    return _named(item, names)[1]


def _spoken(words: str, clock: str | None, context: Context) -> tuple[Timestamp | None, Timestamp | None]:
    """A start (and end) in words, such as a city calendar's "November 28, 2026" with "07:00 PM - 09:00 PM"."""
    from spiders.text.when import read_when

    sessions = read_when(f"{words} {clock or ''}".strip()[:300], now=context.now, timezone=context.timezone).sessions
    if not sessions:
        return None, None
    first = sessions[0]
    start = Timestamp(first.start.replace(tzinfo=None), first.all_day, None if first.all_day else first.start.tzinfo)
    end = (
        Timestamp(first.end.replace(tzinfo=None), False, first.end.tzinfo) if first.end and not first.all_day else None
    )
    return start, end
