"""The four fields of an event as a person writes and reads them: what, when, where, price (and the address)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from planner.config import Config
from planner.errors import UsageError
from planner.i18n.catalog import Catalog
from spiders.items import Context, Event, Evidence, Place, Price

_AMOUNT = re.compile(r"\s*\D?\s*(\d{1,6}(?:\.\d{1,2})?)\s*\D{0,3}\s*")
_DOLLARS = frozenset({"AUD", "CAD", "HKD", "NZD", "SGD", "TWD"})
"""Whoever pays in one of these means it by "$"."""


class User(Protocol):
    """Whose words these are, and when they are said."""

    @property
    def config(self) -> Config: ...
    @property
    def now(self) -> datetime: ...
    @property
    def words(self) -> Catalog: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a person says of an event, field by field, in their own words; None where nothing is said."""

    title: str | None = None
    when: str | None = None
    where: str | None = None
    price: str | None = None
    url: str | None = None

    @property
    def is_empty(self) -> bool:
        return (self.title, self.when, self.where, self.price, self.url) == (None,) * 5


def changed(event: Event, given: Given, user: User) -> Event:
    """The event with what is given in its place. Raises UsageError where a time or a price cannot be read."""
    title = given.title and " ".join(given.title.split())
    if title:
        event = replace(event, title=title)
    if given.when is not None:
        event = _timed(event, given.when, user)
    if given.where is not None:
        event = replace(event, place=place_of(given.where))
    if given.price is not None:
        event = replace(event, price=price_of(given.price, user))
    if given.url is not None:
        event = replace(event, url=given.url.strip() or None)
    return event


def _timed(event: Event, words: str, user: User) -> Event:
    """The event at the time that the words name, by the grammar that announcements are read with."""
    from spiders.readers.note import weeks_on
    from spiders.text.when import read_when

    when = read_when(words, now=user.now, timezone=user.config.timezone)
    session_read = when.sessions[0] if when.sessions else None
    if session_read is None or session_read.precision == "time":
        raise UsageError(user.words("cli.own_when_unread", when=words))
    now, zone = user.now, user.config.timezone
    later = weeks_on(
        session_read.start, words, Context(source="own", now=now, timezone=zone, window_start=now, window_end=now)
    )
    return replace(
        event,
        start=session_read.start + later,
        end=session_read.end and session_read.end + later,
        all_day=session_read.all_day,
        timezone=user.config.timezone,
        recurrence=when.recurrence,
        evidence=Evidence(when=words, where=event.evidence.where, doubts=when.conflicts),
    )


def place_of(words: str) -> Place | None:
    """A place as its parts; words that read as none are its name; None for no words at all."""
    from spiders.text.where import read_where

    return (read_where(words) or Place(name=words.strip())) if words.strip() else None


def price_of(words: str, user: User) -> Price | None:
    """What it costs: words, or a number in the user's currency. Raises UsageError; None for no words at all."""
    from spiders.text.price import read_price

    if not words.strip():
        return None
    amount = _AMOUNT.fullmatch(words)
    price = read_price(words)
    if price is None and amount is not None:
        value = float(amount[1])
        price = Price(min=value, max=value, currency=user.config.currency)
    if price is None:
        price = read_price(f"价格：{words}")
    if price is None:
        raise UsageError(user.words("cli.own_price_unread", price=words))
    if price.currency == "USD" and user.config.currency in _DOLLARS and "us" not in words.casefold():
        return replace(price, currency=user.config.currency)
    return price


def lines(event: Event, words: Catalog, deadline: str | None = None) -> list[str]:
    """What, when, where, price and deadline, one a line; what is not told says so. A notice tells of its event only
    what it changes."""
    told = [
        ("what", event.title),
        *([] if event.notice and event.start is None else [("when", when_line(event, words))]),
        *([] if event.notice else [("where", where_line(event) or words("digest.no_place"))]),
        *([] if event.notice else [("price", price_line(event, words))]),
        *([("deadline", deadline)] if deadline else []),
        *([("url", event.url)] if event.url else []),
    ]
    return [words(f"cli.own_{name}", value=value) for name, value in told]


def when_line(event: Event, words: Catalog) -> str:
    start, end = event.start, event.end
    if start is None:
        return words("digest.no_time")
    told = f"{start:%Y-%m-%d}" if event.all_day else f"{start:%Y-%m-%d %H:%M}"
    if end is not None and not event.all_day:
        told += f"–{end:%H:%M}" if end.date() == start.date() else f" – {end:%Y-%m-%d %H:%M}"
    told = f"{told} {event.timezone}"
    return words("cli.own_rule", when=told) if event.recurrence else told


def where_line(event: Event) -> str:
    place = event.place
    return ", ".join(filter(None, (place.name, place.address, place.city))) if place else ""


def price_line(event: Event, words: Catalog) -> str:
    price = event.price
    if price is None or (price.min is None and price.max is None):
        return words("cli.own_no_price")
    low, high = price.min if price.min is not None else price.max, price.max if price.max is not None else price.min
    if not low and not high:
        return words("cli.own_free")
    amount = f"{low:g}" if low == high else f"{low:g}–{high:g}"
    return f"{amount} {price.currency or ''}".strip()
