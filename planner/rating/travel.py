"""How long the way is: minutes one way, between home and events, and between two events.

Ten minutes to leave and arrive, three a kilometre as the crow flies for the first ten, which is a city by underground,
and half a minute a kilometre beyond, which is a road between towns. Where no place can be put on the map the way counts
40 minutes, and is called unknown. So is a way within one town that is named alone: one can be an hour away within it.
Where home is not told, events in another town than the user's city are reckoned from its centre.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from planner.rating.addresses import Area, Spot, city_of, town_of
from planner.types import Travel
from spiders.items import Event, Place
from spiders.text.distance import Point, kilometres
from spiders.text.towns import Town

UNKNOWN_MINUTES = 40
SAME_PLACE_MINUTES = 5
MINUTES_TO_LEAVE, PER_KILOMETRE, PER_KILOMETRE_BEYOND, IN_TOWN = 10, 3, 0.5, 10
EXTENTS = ((100_000, 6.0), (500_000, 12.0), (2_000_000, 25.0))
"""How far a town of fewer people than these reaches from its centre, in kilometres; larger ones `EXTENT_AT_MOST`."""
EXTENT_AT_MOST = 40.0
BELIEVED_ALONE = 500
"""Coordinates so many kilometres from the user's city are believed without further words."""
_COORDINATES = re.compile(r"\s*(-?\d{1,2}(?:\.\d+)?)\s*[,，]\s*(-?\d{1,3}(?:\.\d+)?)\s*")
_HAN = re.compile(r"[\u3400-\u9fff]")


class LocalMap:
    """Where places are, in or near ``city``, whose clocks follow ``zone``. Which of many cities of one name it is, the
    places of ``events`` tell. Each place is looked up once, for whomever the way is asked."""

    def __init__(self, city: str | None, zone: str | None = None, events: Iterable[Event] = ()) -> None:
        self._city, self._zone, self._events = city, zone, events
        self._spots: dict[Place, Spot | None] = {}
        self._known: tuple[Area, Spot | None] | None = None

    @property
    def _here(self) -> tuple[Area, Spot | None]:
        """The area, and the city's centre: put on the map when they are first asked for, since tables of towns are read
        for it."""
        if self._known is None:
            told = (_parts(event.place) for event in self._events if event.place is not None)
            self._known = _area_of(self._city, self._zone, told)
        return self._known

    @property
    def centre(self) -> Spot | None:
        """The city's."""
        return self._here[1]

    def home_of(self, words: str) -> Spot | None:
        """Where a user lives: a district, a town, a postcode or coordinates."""
        point = _coordinates(words)
        if point is not None:
            return Spot(point, exact=True)
        if _HAN.search(words):
            point = _of_district(words, self._city)
            return Spot(point, exact=True) if point else None
        spot = town_of([words], self._here[0])
        return Spot(spot.point, spot.town, exact=True) if spot else None

    def spot(self, place: Place | None) -> Spot | None:
        """Where a place is; None where nobody can tell."""
        if place is None:
            return None
        if place not in self._spots:
            self._spots[place] = self._find(place)
        return self._spots[place]

    def _find(self, place: Place) -> Spot | None:
        if place.latitude is not None and place.longitude is not None:
            told = Spot((place.latitude, place.longitude), exact=True)
            return told if self._is_believed(told, place) else None
        parts = [part for part in (place.city, place.district, place.address, place.name) if part]
        words = " ".join(parts)
        point = _coordinates(words)
        if point is None and _HAN.search(words):
            point = _of_district(words, self._city)
        if point is not None:
            return Spot(point, exact=True)
        if not parts or _HAN.search(words):
            return None
        return town_of(_parts(place), self._here[0], city=place.city)

    def _is_believed(self, told: Spot, place: Place) -> bool:
        """Coordinates in another land are more often a machine's guess at "Talbott Hall" than a journey: there the
        address must say so too."""
        if self.centre is None or kilometres(told.point, self.centre.point) <= BELIEVED_ALONE:
            return True
        named = self._find(replace(place, latitude=None, longitude=None))
        return named is not None and kilometres(told.point, named.point) <= BELIEVED_ALONE


class TravelTimes:
    """Ways from the user's home, which is a district, a town, a postcode or coordinates, over a map."""

    def __init__(self, home: str | None, local: LocalMap) -> None:
        self._words, self._map = home, local
        self._ways: dict[int, Travel] = {}  # by the spot, which the map keeps

    @classmethod
    def of(
        cls, home: str | None, city: str | None, zone: str | None = None, events: Iterable[Event] = ()
    ) -> TravelTimes:
        """Over a map of their own."""
        return cls(home, LocalMap(city, zone, events))

    @cached_property
    def _home(self) -> Spot | None:
        return self._map.home_of(self._words) if self._words else None

    @property
    def home_understood(self) -> bool:
        """Whether a home that is told could be put on the map."""
        return self._words is None or self._home is not None

    def from_home(self, event: Event) -> Travel:
        """The way to an event; none to an online one."""
        if event.mode == "online":
            return Travel(0, True)
        spot = self._map.spot(event.place)
        way = self._ways.get(id(spot))
        if way is None:
            way = self._ways[id(spot)] = _way(self._home or self._map.centre, spot)
        return way

    def between(self, one: Event, other: Event) -> int:
        """Minutes from one event to another."""
        if one.mode == "online" or other.mode == "online":
            return 0
        if one.place is not None and other.place is not None and _same(one.place, other.place):
            return SAME_PLACE_MINUTES
        return _way(self._map.spot(one.place), self._map.spot(other.place)).minutes


def _parts(place: Place) -> list[str]:
    return [part for part in (place.name, place.address, place.district) if part]


def _area_of(city: str | None, zone: str | None, told: Iterable[Sequence[str]]) -> tuple[Area, Spot | None]:
    """Where the user lives, as far as it is known."""
    if not city:
        return Area(), None
    if _HAN.search(city):
        from spiders.text.districts import locate

        point = locate(city)
        return Area(point, "CN"), Spot(point) if point else None
    town = city_of(city, zone, told)
    if town is None:
        return Area(), None
    centre = town.latitude, town.longitude
    return Area(centre, town.country), Spot(centre, town)


def _way(one: Spot | None, other: Spot | None) -> Travel:
    if one is None or other is None or _may_be_one_town(one, other):
        return Travel(UNKNOWN_MINUTES, False)
    far = kilometres(one.point, other.point)
    minutes = MINUTES_TO_LEAVE + PER_KILOMETRE * min(far, IN_TOWN) + PER_KILOMETRE_BEYOND * max(far - IN_TOWN, 0)
    return Travel(round(minutes), True)


def _may_be_one_town(one: Spot, other: Spot) -> bool:
    """Whether no more is known than that both are in one town."""
    if one.exact and other.exact:
        return False
    if one.town is not None and other.town is not None:
        return one.town == other.town
    vague = other if one.exact else one
    return kilometres(one.point, other.point) <= _extent(vague.town)


def _extent(town: Town | None) -> float:
    if town is None:
        return EXTENT_AT_MOST
    return next((extent for people, extent in EXTENTS if town.people < people), EXTENT_AT_MOST)


def _same(one: Place, other: Place) -> bool:
    return bool(one.name or one.address) and (one.name, one.address) == (other.name, other.address)


def _coordinates(words: str) -> Point | None:
    match = _COORDINATES.fullmatch(words)
    return (float(match[1]), float(match[2])) if match else None


def _of_district(words: str, city: str | None) -> Point | None:
    """The seat of the district that Chinese words name. A city alone is no place: one can be an hour away within it."""
    from spiders.text.districts import locate

    prior = city if city and city not in words else ""
    point = locate(f"{prior}{words}")
    return None if city and point == locate(city) else point
