"""Which town an address in Latin letters is in: "18 Sample St, Lititz, PA 17543" -> Lititz, in Pennsylvania.

Only the place of a town in an address counts: before state or postcode, behind a comma, or all there is. Streets and
houses that are named like towns ("Lancaster Street", "Boston Market") are none. Of many towns of one name it is the one
in the state or country that is written; where neither is, one near the user's own city.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from spiders.text.distance import Point, kilometres
from spiders.text.towns import Town, folded, postcode, regions, towns

NEAR = 150  # kilometres: a town whose state is not written is believed so far from the user's city
NEAR_IN_FRONT = 60  # and so far where it stands in front of a room ("Ephrata, Program Room B")
LARGE = 100_000  # people: a city that a source names as such is believed anywhere
VERY_LARGE = 1_000_000  # people: New York is meant by "Sample Hall, New York"; California City by no "California"
TOO_FAR_FOR_ITS_CODE = 60  # kilometres between a town and its postcode: one of them is wrong, and words are read better
_STATE_AND_CODE = re.compile(r"(?:^| )(\w{2,3}) (\d{5})$")
_CODE_OF_NINE = re.compile(r"\b(\d{5})-\d{4}\b")
_BREAKS = re.compile(r"\s*(?:[,，;；|/()（）\r\n]|\s[-–—]+\s)\s*")
_OF_A_TOWN = re.compile(r"^(?:(?:downtown|greater|(?:city|town|borough|village) of)\s+)|\s+(?:boro|borough)$")
"""A township is left whole: it is often not where the town of its name is."""
_STREET_BEFORE = re.compile(
    r"(?:\d+\w?|st|street|ave|avenue|rd|road|blvd|boulevard|hwy|highway|dr|drive|ln|lane|way|pike|sq|square|pl|place|"
    r"ct|court|pkwy|parkway|terrace|row)$"
)
LONGEST = 5  # words of a town's name
MOST_SEGMENTS = 12
MOST_VOTES = 1_000  # addresses that are asked which of many cities of one name the user's is


@dataclass(frozen=True, slots=True)
class Spot:
    """A point on the map: of a street or a postcode where ``exact``, else the centre of ``town``."""

    point: Point
    town: Town | None = None
    exact: bool = False


@dataclass(frozen=True, slots=True)
class _Hints:
    """What the end of an address says of where its town is."""

    country: str = ""
    region: str = ""
    code: str = ""


_NO_HINTS = _Hints()


@dataclass(frozen=True, slots=True)
class Area:
    """Where the user lives: the centre of the city and its country, either unknown."""

    centre: Point | None = None
    country: str = ""

    def nearest(self, name: str, hints: _Hints = _NO_HINTS, *, within: float | None = None) -> Town | None:
        """The town of a folded name that is meant, the nearest first; the largest where no area is known."""
        return _nearest(self, name, hints, within)


@lru_cache(maxsize=65_536)
def _nearest(area: Area, name: str, hints: _Hints, within: float | None) -> Town | None:
    """Addresses of a city name the same towns again and again."""
    found = [town for town in towns(name) if hints.country in ("", town.country) and hints.region in ("", town.region)]
    if area.centre is None:
        return found[0] if found and within is None else None
    centre = area.centre
    ways = [(kilometres(centre, (town.latitude, town.longitude)), town) for town in found]
    far, best = min(ways, default=(0.0, None))
    return best if within is None or far <= within else None


def city_of(words: str, zone: str | None, told: Iterable[Sequence[str]] = ()) -> Town | None:
    """The user's own city, of all towns of its name: one whose clocks are those of ``zone``, in the state that most
    addresses ``told`` name, the largest. What it says itself counts first ("Lancaster, PA")."""
    if len(_segments(words)) > 1:
        spot = town_of([words], Area())
        return spot.town if spot else None
    zones = regions().zones
    fitting = [
        town
        for town in towns(folded(words))
        if zone is None or zone in zones.get((town.country, town.region), zones.get((town.country, ""), frozenset()))
    ]
    if len(fitting) < 2:
        return fitting[0] if fitting else None
    votes = Counter(_state_of(parts) for parts in islice(told, MOST_VOTES))
    return max(fitting, key=lambda town: (votes[town.country, town.region], town.people, town))


def _state_of(parts: Sequence[str]) -> tuple[str, str]:
    hints, _ = _hints([segment for part in parts for segment in _segments(part)][-MOST_SEGMENTS:], Area())
    return hints.country, hints.region


def town_of(told: Iterable[str], area: Area, *, city: str | None = None) -> Spot | None:
    """Where an address is; ``told`` are its parts, ``city`` what its source calls the town."""
    segments = [segment for part in told for segment in _segments(part)][-MOST_SEGMENTS:]
    hints, left = _hints(segments, area)
    town = _before_its_state(left, hints, area) if hints.region else None
    if town is None and city:
        town = _named_as_city(city, hints, area)
    if town is None and not hints.region:
        town = _by_nearness(left, hints, area)
    point = postcode(hints.code) if hints.code else None
    if town is None:
        return Spot(point, exact=True) if point else None
    centre = town.latitude, town.longitude
    if point and kilometres(point, centre) <= TOO_FAR_FOR_ITS_CODE:
        return Spot(point, town, exact=True)
    return Spot(centre, town)


def _segments(text: str) -> list[str]:
    return [each.strip() for each in _BREAKS.split(text) if each.strip()]


def _hints(segments: Sequence[str], area: Area) -> tuple[_Hints, list[str]]:
    """What stands behind the town: country, postcode and state, cut from the end; and what is left, folded."""
    left = list(segments)
    hints = _Hints()
    while left:
        hints, rest = _cut(left[-1], hints, area, alone=len(left) == 1)
        if rest is None:
            break
        left[-1:] = [" ".join(rest)] if rest else []
        if rest:
            break
    if "US" not in {hints.country, "" if hints.country else area.country}:
        hints = replace(hints, code="")
    cut = [folded(each) for each in left]
    found = next(filter(None, map(_STATE_AND_CODE.search, cut)), None)  # told twice: "York, PA 17406, York, PA"
    if found and not hints.code and (hints.country, hints.region) in regions().states.get(found[1], ()):
        hints = replace(hints, code=found[2])
    return hints, cut


@lru_cache(maxsize=16_384)
def _cut(segment: str, hints: _Hints, area: Area, *, alone: bool) -> tuple[_Hints, list[str] | None]:
    """One segment without the country, postcode and state that it ends with; None where it ends with none."""
    words = _CODE_OF_NINE.sub(r"\1", segment).split()
    known, before = regions(), list(words)
    for size in range(min(4, len(words)), 0, -1):
        name = folded(" ".join(words[-size:]))
        country = known.countries.get(name)
        if country and not hints.country and not hints.region and not (alone and size == len(words)):
            if name in known.states or area.nearest(name, within=NEAR if area.centre else 0) is not None:
                continue  # Georgia is a state, and Lebanon a town of Pennsylvania
            hints, words = replace(hints, country=country), words[:-size]
            break
    if words and re.fullmatch(r"\d{5}", words[-1]) and not hints.code:
        hints, words = replace(hints, code=words[-1]), words[:-1]
    if not hints.region:
        hints, words = _cut_state(words, hints, area)
    return hints, None if words == before else words


def _cut_state(words: list[str], hints: _Hints, area: Area) -> tuple[_Hints, list[str]]:
    for size in range(min(3, len(words)), 0, -1):
        written = words[-size:]
        places = regions().states.get(folded(" ".join(written)), ())
        if (
            size == 1
            and len(written[0].strip(".")) < 4
            and not (written[0].isupper() or len(words) == 1 or "." in written[0])
        ):
            continue  # "in", "or" and "me" are words
        wanted = [place for place in places if hints.country in ("", place[0])]
        wanted.sort(key=lambda place: place[0] != area.country)
        if wanted:
            country, region = wanted[0]
            return replace(hints, country=country, region=region), words[:-size]
    return hints, words


def _before_its_state(left: Sequence[str], hints: _Hints, area: Area) -> Town | None:
    """The town that stands before its state: the last segment or the end of it, else any segment; a city that is
    called like its state may stand nowhere else."""
    for name in reversed(left):
        town = area.nearest(_bare(name), hints) or (_at_the_end(name, hints, area) if name == left[-1] else None)
        if town is not None:
            return town
    written = [name for name, places in regions().states.items() if (hints.country, hints.region) in places]
    named = (area.nearest(name, hints) for name in sorted(written))
    return next((town for town in named if town is not None and town.people >= VERY_LARGE), None)


def _at_the_end(name: str, hints: _Hints, area: Area, within: float | None = None) -> Town | None:
    """The longest town at the end of a segment that tells more ("1840 Sample Drive Lancaster")."""
    words = name.split()
    for size in range(min(LONGEST, len(words) - 1), 0, -1):
        if within is not None and not _STREET_BEFORE.fullmatch(words[-size - 1]):
            continue
        town = area.nearest(" ".join(words[-size:]), hints, within=within)
        if town is not None:
            return town
    return None


def _named_as_city(city: str, hints: _Hints, area: Area) -> Town | None:
    name = _bare(folded(city))
    town = area.nearest(name, hints)
    if town is None or hints.region or hints.country or _is_near(town, area):
        return town
    largest = towns(name)[0]
    return largest if largest.people >= LARGE else None


def _is_near(town: Town, area: Area) -> bool:
    return area.centre is not None and kilometres(area.centre, (town.latitude, town.longitude)) <= NEAR


def _by_nearness(left: Sequence[str], hints: _Hints, area: Area) -> Town | None:
    """A town without a state: behind the last comma or all there is, else in front of a room."""
    if not left:
        return None
    last = _bare(left[-1])
    if hints.country:
        return area.nearest(last, hints)
    town = area.nearest(last, within=NEAR)
    if town is None and left[-1][:1].isdigit():
        town = _at_the_end(left[-1], hints, area, NEAR)
    if town is None and len(left) == 2 and not any(each[:1].isdigit() for each in left):
        town = area.nearest(_bare(left[0]), within=NEAR_IN_FRONT)
    return town


def _bare(name: str) -> str:
    """A town without what is said around it ("Downtown Mount Joy")."""
    if towns(name):
        return name
    return _OF_A_TOWN.sub("", name).strip()
