"""Where an event of a program's state is held: an object, a list of one, or plain words with a city beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from spiders.items import Place
from spiders.readers import normalize
from spiders.readers.app_state.keys import References, keyed, keys, unwrapped
from spiders.text.online import is_online_place


def place_of(values: dict[str, Any], references: References) -> tuple[Place | None, str | None]:
    """The place from whichever keys hold it: an object, a list of one, or plain words with a city beside them."""
    city = next((text for key in keys("city") if (text := normalize.line(unwrapped(values.get(key))))), None)
    for key in keys("place"):
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
            if place is not None and (extra := _street(values)) and key != "address":
                place = replace(place, address=place.address or extra)
            if place is not None and city:
                place = replace(place, city=city)
        if place is not None or (where and is_online_place(where)):
            return place, where
    return (Place(city=city), city) if city and not is_online_place(city) else (None, city)


def _street(values: dict[str, Any]) -> str | None:
    """The address that stands beside a place told in plain words."""
    return next((text for key in keys("address") if (text := normalize.line(unwrapped(values.get(key))))), None)


def _place_object(values: dict[str, Any], city: str | None) -> tuple[Place | None, str | None]:
    def words(*names: str) -> str | None:
        return next((text for name in names if (text := normalize.line(unwrapped(values.get(name))))), None)

    name = words("name", "title", "venue", "addresstitle", "placename", "locationname", "venuename")
    inner = values.get("address")
    if isinstance(inner, dict):
        deeper, _ = _place_object({**keyed(inner), "name": None, "title": None}, city)
        address, own_city = (deeper.address, deeper.city) if deeper else (None, None)
    else:
        address, own_city = None, None
    address = address or words("fulladdress", "formattedaddress", "localizedaddressdisplay", "address", "streetaddress",
                               "addressline1", "address1", "street", "line1", "shortaddress", "formatted")  # fmt: skip
    own_city = words(*keys("city")) or own_city or city
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
