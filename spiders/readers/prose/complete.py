"""The last step of reading: empty fields filled from the prose, and hours doubted that the prose contradicts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from spiders.items import Context, Event, Reading
from spiders.readers import normalize
from spiders.readers.prose.doubt import doubted
from spiders.readers.prose.hosts import group_of, host_of_calendar, is_of_one_host, stated_host
from spiders.readers.prose.hours import end_of
from spiders.readers.prose.places import stated_place
from spiders.text.price import labelled_price

LONGEST = 6_000  # characters of a description that are read
_SIGN_UP = re.compile(
    r"(?:\bregister|\bregistration|\brsvp|\bsign[ -]?up|\btickets?|\bbook|报名|预约|购票|登记)[^\n。]{0,40}?"
    r"(https?://[A-Za-z0-9\-._~:/?#@!$&'*+,;=%]{4,500})",
    re.IGNORECASE,
)


_price = lru_cache(maxsize=512)(labelled_price)  # the instances of a series share their text
_host = lru_cache(maxsize=512)(stated_host)


def completed(reading: Reading, context: Context) -> Reading:
    """The reading with what its events' own prose says where their fields are empty. No field that is stated changes,
    but the time of one whose prose contradicts it is doubted."""
    zone = ZoneInfo(context.timezone)
    events = [completed_event(event, zone) for event in reading.events]
    events = _with_host(events, host_of_calendar(reading.name))
    return replace(reading, events=tuple(doubted(events, zone)))


def completed_event(event: Event, zone: ZoneInfo) -> Event:
    """One event with what its description says in place of its empty fields."""
    text = (event.description or "")[:LONGEST]
    if not text or event.notice is not None:
        return event
    event = _with_place(event, text)
    if event.end is None and (ended := _end(event, text, zone)) is not None:
        event = _told(event, "end", ended[0])
        when = " … ".join(filter(None, (event.evidence.when, ended[1])))
        event = replace(event, evidence=replace(event.evidence, when=when))
    if event.price is None:
        event = _told(event, "price", _price(text))
    if event.organizer is None:
        event = _told(event, "organizer", _host(text) or group_of(event))
    if event.url is None and (link := _SIGN_UP.search(text)) is not None:
        event = _told(event, "url", normalize.web_address(link[1].rstrip(".,;)")))
    return event


def _told(event: Event, field: str, value: object) -> Event:
    """The event with an empty field filled from prose."""
    if value is None or getattr(event, field) is not None:
        return event
    evidence = replace(event.evidence, inferred=(*event.evidence.inferred, field))
    return replace(event, **{field: value}, evidence=evidence)  # type: ignore[arg-type]


def _with_place(event: Event, text: str) -> Event:
    if event.place is not None or event.mode == "online":
        return event
    stated = stated_place(text)
    if stated.mode is None:
        return event
    event = _told(_told(event, "place", stated.place), "mode", stated.mode)
    return replace(event, evidence=replace(event.evidence, where=event.evidence.where or stated.words))


def _end(event: Event, text: str, zone: ZoneInfo) -> tuple[datetime, str] | None:
    """The end that the text tells for the very start that the field tells."""
    if event.start is None or event.all_day:
        return None
    start = event.start.astimezone(zone)
    told = end_of(text, start.date(), start.hour * 60 + start.minute)
    if told is None:
        return None
    minutes, words = told
    end = datetime.combine(start.date(), time(), zone) + timedelta(minutes=minutes)
    return (end.astimezone(event.start.tzinfo), words) if end > start else None


def _with_host(events: Sequence[Event], name: str | None) -> list[Event]:
    """Events without an organiser get the one whose calendar it is; not notices, which are about others' events too."""
    if name is None or all(event.organizer for event in events) or not is_of_one_host(events, name):
        return list(events)
    return [event if event.notice else _told(event, "organizer", name) for event in events]
