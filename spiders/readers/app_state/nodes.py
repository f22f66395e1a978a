"""One event in a program's own words: which of its keys mean title, start, place, and what their values say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from spiders.items import Context, Mode, Place, Price, Status
from spiders.readers import normalize
from spiders.readers.event_draft import EventDraft
from spiders.readers.ical.zones import zone_named
from spiders.readers.timestamps import Timestamp, read_moment
from spiders.text.online import is_online_place
from spiders.text.status import stated_status

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?(?:\.\d+)?")


@cache
def _keys(name: str) -> tuple[str, ...]:
    text = files("spiders.readers.app_state").joinpath("keys.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)[name].split())


@cache
def _hints() -> frozenset[str]:
    return frozenset((*_keys("end"), *_keys("place"), *_keys("city"), *_keys("hints")))


def keyed(node: dict[str, Any]) -> dict[str, Any]:
    """A node's values by bare lower-case key: ``start_date``, ``startDate`` and ``StartDate`` are one."""
    found: dict[str, Any] = {}
    for key, value in node.items():
        bare = key.lower().replace("_", "").replace("-", "").replace(" ", "")
        if found.get(bare) in (None, "", [], {}):
            found[bare] = value
    return found


class References:
    """Apollo-like caches: ``{"__ref": "Venue:12"}`` stands for the object of that name."""

    def __init__(self, state: Any) -> None:
        self._state = state
        self._known: dict[str, dict[str, Any]] | None = None

    def resolve(self, value: Any) -> Any:
        """The object that a reference names; any other value as it is."""
        if isinstance(value, dict) and isinstance(value.get("__ref"), str):
            if self._known is None:
                self._known = dict(self._caches(self._state))
            return self._known.get(value["__ref"], value)
        return value

    @staticmethod
    def _caches(state: Any) -> Iterator[tuple[str, dict[str, Any]]]:
        stack, count = [state], 0
        while stack and count < 20_000:
            value = stack.pop()
            count += 1
            if isinstance(value, dict):
                for key, item in value.items():
                    if isinstance(item, dict):
                        if ":" in key:
                            yield key, item
                        stack.append(item)


def looks_like_event(node: dict[str, Any]) -> bool:
    """Whether an object has a title, a start that is a moment, and one more thing that events have."""
    if len(node) < 2 or len(node) > 400:
        return False
    values = keyed(node)
    if not any(isinstance(values.get(name), str | dict) and values[name] for name in _keys("title")):
        return False
    kind = str(values.get("typename") or values.get("type") or values.get("@type") or "").lower()
    if kind.replace("_", "") in _keys("no_events"):
        return False
    return bool(values.keys() & _hints()) and _moment(values, _keys("start")) is not None and _title(values) is not None


def facts_of(node: dict[str, Any], references: References, base: str | None, context: Context) -> EventDraft:
    """The facts of an object that looks like an event."""
    values = {key: references.resolve(value) for key, value in keyed(node).items()}
    start, end = _moment(values, _keys("start")), _moment(values, _keys("end"))
    place, where = _place(values, references)
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
                for key in _keys("description")
                if (text := normalize.plain(_text(values.get(key)))) and text != title
            ),
            None,
        ),
        categories=_categories(values),
        price=_price(values),
        status=_status(values, title),
    )


def _text(value: Any) -> Any:
    """The words of a value that may be wrapped: ``{"text": …}``, ``{"html": …}``, ``{"zh": …}``."""
    if isinstance(value, dict):
        return next((value[key] for key in ("text", "rendered", "html", "plain", "value", "zh", "en", "name", "title")
                     if isinstance(value.get(key), str)), None)  # fmt: skip
    return value


def _title(values: dict[str, Any]) -> str | None:
    return next((title for key in _keys("title") if (title := normalize.line(_text(values.get(key))))), None)


def _moment(values: dict[str, Any], names: tuple[str, ...]) -> Timestamp | None:
    zone = next((zone_named(values[key]) for key in _keys("zone") if isinstance(values.get(key), str)), None)
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
            own = next((zone_named(holder[key]) for key in _keys("zone") if isinstance(holder.get(key), str)), None)
            if moment.zone is None and not moment.is_date and (own or zone):
                return replace(moment, zone=own or zone)
            return moment
    return None


def _holders(values: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for name in _keys("holders"):
        inner = values.get(name)
        if isinstance(inner, dict):
            yield keyed(inner)
            for deeper in _keys("holders"):
                if isinstance(inner.get(deeper), dict):
                    yield keyed(inner[deeper])


def _moment_of(value: Any) -> Timestamp | None:
    if isinstance(value, dict):
        inner = keyed(value)
        zone = next((zone_named(inner[key]) for key in _keys("zone") if isinstance(inner.get(key), str)), None)
        for key in ("utc", "datetime", "iso", "local", "unix", "date", "value", "timestamp"):
            moment = read_moment(inner.get(key))
            if moment is not None:
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


def _place(values: dict[str, Any], references: References) -> tuple[Place | None, str | None]:
    """The place from whichever keys hold it: an object, a list of one, or plain words with a city beside them."""
    city = next((text for key in _keys("city") if (text := normalize.line(_text(values.get(key))))), None)
    for key in _keys("place"):
        value = references.resolve(values.get(key))
        if isinstance(value, list):
            value = references.resolve(value[0]) if value else None
        if isinstance(value, dict):
            place, where = _place_object(keyed(value), city)
        else:
            place = normalize.place_of(value)
            where = normalize.line(value)
            if place is not None and key == "address" and not place.address:
                place = replace(place, name=None, address=place.name)
            if place is not None and (extra := normalize.line(_text(values.get("address")))) and key != "address":
                place = replace(place, address=place.address or extra)
            if place is not None and city:
                place = replace(place, city=city)
        if place is not None or (where and is_online_place(where)):
            return place, where
    return (Place(city=city), city) if city and not is_online_place(city) else (None, city)


def _place_object(values: dict[str, Any], city: str | None) -> tuple[Place | None, str | None]:
    def words(*names: str) -> str | None:
        return next((text for name in names if (text := normalize.line(_text(values.get(name))))), None)

    name = words("name", "title", "venue", "addresstitle", "placename", "locationname", "venuename")
    inner = values.get("address")
    if isinstance(inner, dict):
        deeper, _ = _place_object({**keyed(inner), "name": None, "title": None}, city)
        address, own_city = (deeper.address, deeper.city) if deeper else (None, None)
    else:
        address, own_city = None, None
    address = address or words("fulladdress", "formattedaddress", "localizedaddressdisplay", "address", "streetaddress",
                               "addressline1", "address1", "street", "line1", "shortaddress", "formatted")  # fmt: skip
    own_city = words(*_keys("city")) or own_city or city
    point = _point(values)
    if not (name or address or own_city or point):
        return None, None
    where = ", ".join(dict.fromkeys(part for part in (name, address) if part)) or own_city
    if where and is_online_place(where):
        return None, where
    place = Place(name=name if name != address else None, address=address, city=own_city,
                  latitude=point[0] if point else None, longitude=point[1] if point else None)  # fmt: skip
    return place, where


def _point(values: dict[str, Any]) -> tuple[float, float] | None:
    for key in ("", "coordinates", "coordinate", "geo", "geocode", "latlng", "location", "point"):
        inner = keyed(values[key]) if key and isinstance(values.get(key), dict) else values if not key else {}
        latitude = next(
            (inner[name] for name in ("latitude", "lat", "maplat", "geolat") if inner.get(name) is not None), None
        )
        longitude = next(
            (inner[n] for n in ("longitude", "lng", "lon", "long", "maplng", "geolng") if inner.get(n) is not None),
            None,
        )
        if latitude is not None and (point := normalize.coordinate(latitude, longitude)):
            return point
    return None


def _url(values: dict[str, Any], base: str | None) -> str | None:
    for key in _keys("url"):
        value = values.get(key)
        value = _text(value) if isinstance(value, dict) else value
        # A bare word is a slug below an address that only the site knows.
        if isinstance(value, str) and (value.startswith(("http", "/")) or "/" in value):
            address = normalize.web_address(value, base)
            if address and urlsplit(address).path not in ("", "/"):
                return address
    return None


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
    for key in _keys("organizer"):
        value = references.resolve(values.get(key))
        if isinstance(value, list):
            value = value[0] if value else None
        if isinstance(value, dict):
            inner = keyed(value)
            value = next(
                (inner[name] for name in ("name", "title", "organizer", "displayname") if inner.get(name)), None
            )
        name = normalize.line(_text(value))
        if name and "@" not in name and not normalize.web_address(name):
            return name
    return None


def _categories(values: dict[str, Any]) -> tuple[str, ...]:
    found: list[str] = []
    for key in ("categories", "tags", "category", "tag", "topics", "keywords"):
        value = values.get(key)
        pieces = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else [value]
        found += [name for piece in pieces[:30] if (name := normalize.line(_text(piece)))]
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
