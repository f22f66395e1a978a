"""One event in a program's own words: which of its keys mean title, start, place, and what their values say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from spiders.items import Context, Mode, Price, Status
from spiders.readers import normalize
from spiders.readers.app_state.keys import References, keyed, keys, unwrapped
from spiders.readers.app_state.places import place_of
from spiders.readers.event_draft import EventDraft
from spiders.readers.ical.zones import zone_named
from spiders.readers.timestamps import Timestamp, read_moment
from spiders.text.online import is_online_place
from spiders.text.status import stated_status

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?(?:\.\d+)?")


@cache
def _hints() -> frozenset[str]:
    return frozenset((*keys("end"), *keys("place"), *keys("city"), *keys("hints")))


def looks_like_event(node: dict[str, Any]) -> bool:
    """Whether an object has a title, a start that is a moment, and one more thing that events have."""
    if len(node) < 2 or len(node) > 400:
        return False
    values = keyed(node)
    if not any(isinstance(values.get(name), str | dict) and values[name] for name in keys("title")):
        return False
    kind = str(values.get("typename") or values.get("type") or values.get("@type") or "").lower()
    if kind.replace("_", "") in keys("no_events"):
        return False
    return bool(values.keys() & _hints()) and _moment(values, keys("start")) is not None and _title(values) is not None


def facts_of(node: dict[str, Any], references: References, base: str | None, context: Context) -> EventDraft:
    """The facts of an object that looks like an event."""
    values = {key: references.resolve(value) for key, value in keyed(node).items()}
    start, end = _moment(values, keys("start")), _moment(values, keys("end"))
    place, where = place_of(values, references)
    title = _title(values) or ""
    mode = _mode(values, where)
    url = _url(values, base)
    identity = next((str(values[key]) for key in ("id", "eventid", "apiid", "uid", "uuid") if values.get(key)), None)
    return EventDraft(
        title=title,
        start=start,
        end=end,
        uid=None if url else identity,
        url=url,
        place=place,
        where=where,
        mode=mode,
        organizer=_organizer(values, references),
        description=next(
            (
                text
                for key in keys("description")
                if (text := normalize.plain(unwrapped(values.get(key)))) and text != title
            ),
            None,
        ),
        categories=_categories(values),
        price=_price(values),
        status=_status(values, title),
    )


def _title(values: dict[str, Any]) -> str | None:
    return next((title for key in keys("title") if (title := normalize.line(unwrapped(values.get(key))))), None)


def _moment(values: dict[str, Any], names: tuple[str, ...]) -> Timestamp | None:
    zone = next((zone_named(values[key]) for key in keys("zone") if isinstance(values.get(key), str)), None)
    for holder in (values, *_holders(values)):
        for name in names:
            value = holder.get(name)
            moment = _moment_of(value)
            if moment is None:
                continue
            if moment.is_date and (clock := _clock_beside(holder, name)):
                moment = replace(moment, wall=moment.wall.replace(hour=clock[0], minute=clock[1]), is_date=False)
            if moment.zone is None and not moment.is_date and name.startswith("utc"):
                return replace(moment, zone=UTC)
            own = next((zone_named(holder[key]) for key in keys("zone") if isinstance(holder.get(key), str)), None)
            if moment.zone is None and not moment.is_date and (own or zone):
                return replace(moment, zone=own or zone)
            return moment
    return None


def _holders(values: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for name in keys("holders"):
        inner = _only(values.get(name))
        if isinstance(inner, dict):
            yield keyed(inner)
            for deeper in keys("holders"):
                if isinstance(value := keyed(inner).get(deeper), dict):
                    yield keyed(value)


def _only(value: Any) -> Any:
    """The one thing in a list of one; anything else as it is."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _moment_of(value: Any) -> Timestamp | None:
    if isinstance(value, dict):
        inner = keyed(value)
        zone = next((zone_named(inner[key]) for key in keys("zone") if isinstance(inner.get(key), str)), None)
        for key in ("utc", "datetime", "iso", "local", "unix", "date", "value", "timestamp"):
            moment = read_moment(inner.get(key))
            if moment is not None:
                if moment.is_date and (clock := _clock_beside(inner, key)):
                    moment = replace(moment, wall=moment.wall.replace(hour=clock[0], minute=clock[1]), is_date=False)
                bare = moment.zone is None and not moment.is_date
                return replace(moment, zone=UTC if key == "utc" else zone) if bare else moment
        return None
    return read_moment(value)


def _clock_beside(values: dict[str, Any], name: str) -> tuple[int, int] | None:
    """A time of day in a key of its own beside the date: ``start_date`` and ``start_time``."""
    beside = name.replace("date", "") + "time" if name.endswith("date") else name + "time"
    found = _CLOCK.fullmatch(str(values.get(beside) or "").strip())
    if not found or int(found.group(1)) > 23 or int(found.group(2)) > 59:
        return None
    return int(found.group(1)), int(found.group(2))


def _url(values: dict[str, Any], base: str | None) -> str | None:
    for key in keys("url"):
        value = values.get(key)
        value = unwrapped(value) if isinstance(value, dict) else value
        # A bare word is a slug below an address that only the site knows.
        if isinstance(value, str) and (value.startswith(("http", "/")) or "/" in value):
            address = normalize.web_address(value, base)
            if address and (urlsplit(address).path not in ("", "/") or _is_elsewhere(address, base)):
                return address
    return None


def _is_elsewhere(address: str, base: str | None) -> bool:
    """Whether an address is on another site than the document: a conference has a site of its own."""
    return base is not None and urlsplit(address).hostname != urlsplit(base).hostname


def _mode(values: dict[str, Any], where: str | None) -> Mode | None:
    flags = [values.get(key) for key in ("isonline", "onlineevent", "isvirtual", "isonlineevent", "virtual", "online")]
    if any(flag is True for flag in flags):
        return "online"
    kind = " ".join(
        str(values.get(key) or "") for key in ("eventtype", "locationtype", "attendancemode", "venuetype")
    ).lower()
    location = values.get("location")
    if isinstance(location, dict):
        kind += " " + str(location.get("type") or "").lower()
    if "hybrid" in kind:
        return "hybrid"
    if re.search(r"\b(?:online|virtual)\b", kind) or (where and is_online_place(where)):
        return "online"
    return None


def _status(values: dict[str, Any], title: str) -> Status:
    if any(values.get(key) is True for key in ("cancelled", "canceled", "iscancelled", "iscanceled")):
        return "cancelled"
    return stated_status(
        *(value for key in ("status", "eventstatus", "state") if isinstance(value := values.get(key), str)), title
    )


def _organizer(values: dict[str, Any], references: References) -> str | None:
    for key in keys("organizer"):
        value = references.resolve(values.get(key))
        if isinstance(value, list):
            value = value[0] if value else None
        if isinstance(value, dict):
            inner = keyed(value)
            value = next(
                (inner[name] for name in ("name", "title", "organizer", "displayname") if inner.get(name)), None
            )
        name = normalize.line(unwrapped(value))
        if name and "@" not in name and not normalize.web_address(name):
            return name
    return None


def _categories(values: dict[str, Any]) -> tuple[str, ...]:
    found: list[str] = []
    for key in ("categories", "tags", "category", "tag", "topics", "keywords"):
        value = values.get(key)
        pieces = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else [value]
        found += [name for piece in pieces[:30] if (name := normalize.line(unwrapped(piece)))]
    return tuple(dict.fromkeys(found))[:30]


def _price(values: dict[str, Any]) -> Price | None:
    if values.get("isfree") is True:
        return Price(min=0, max=0)
    currency = values.get("currency")
    code = currency.upper() if isinstance(currency, str) and len(currency) == 3 else None
    for low, high in (("minprice", "maxprice"), ("lowestprice", "highestprice"), ("price", "price")):
        given = (values.get(low), values.get(high))
        amounts = [float(v) for v in given if isinstance(v, int | float) and not isinstance(v, bool)]
        if amounts and all(0 <= amount < 1e7 for amount in amounts):
            return Price(min=min(amounts), max=max(amounts), currency=code)
    return None
