"""How long the way is: minutes one way, between home and events, and between two events.

Ten minutes to leave and arrive, three a kilometre as the crow flies: a big city by underground. Where no place can be
put on the map the way counts 40 minutes, and is called unknown.
"""

from __future__ import annotations

import re

from planner.geo import Point, kilometres
from planner.types import Travel
from spiders.items import Event, Place

UNKNOWN_MINUTES = 40
SAME_PLACE_MINUTES = 5
_COORDINATES = re.compile(r"\s*(-?\d{1,2}(?:\.\d+)?)\s*[,，]\s*(-?\d{1,3}(?:\.\d+)?)\s*")


class TravelTimes:
    """Ways from the user's home, which is a district or coordinates, in or near ``city``."""

    def __init__(self, home: str | None, city: str | None) -> None:
        self._city = city
        self._home = _point_of_words(home, city) if home else None

    def from_home(self, event: Event) -> Travel:
        """The way to an event; none to an online one."""
        if event.mode == "online":
            return Travel(0, True)
        return self._between(self._home, self._point(event.place))

    def between(self, one: Event, other: Event) -> int:
        """Minutes from one event to another."""
        if one.mode == "online" or other.mode == "online":
            return 0
        if one.place is not None and other.place is not None and _same(one.place, other.place):
            return SAME_PLACE_MINUTES
        return self._between(self._point(one.place), self._point(other.place)).minutes

    def _point(self, place: Place | None) -> Point | None:
        if place is None:
            return None
        if place.latitude is not None and place.longitude is not None:
            return place.latitude, place.longitude
        words = " ".join(filter(None, (place.city, place.district, place.address, place.name)))
        return _point_of_words(words, self._city)

    def _between(self, one: Point | None, other: Point | None) -> Travel:
        if one is None or other is None:
            return Travel(UNKNOWN_MINUTES, False)
        return Travel(round(10 + 3 * kilometres(one, other)), True)


def _same(one: Place, other: Place) -> bool:
    return bool(one.name or one.address) and (one.name, one.address) == (other.name, other.address)


def _point_of_words(words: str, city: str | None) -> Point | None:
    """Coordinates as written, else the seat of the district that the words name. A city alone is no place: one can
    be an hour away within it."""
    match = _COORDINATES.fullmatch(words)
    if match:
        return float(match[1]), float(match[2])
    if words.isascii() or not words:
        return None
    from spiders.text.districts import locate

    prior = city if city and city not in words else ""
    point = locate(f"{prior}{words}")
    return None if city and point == locate(city) else point
