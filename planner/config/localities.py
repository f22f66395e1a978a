"""Where a user lives, from an answer in their own words: city, zone and currency, for `quanzi init`.

Names in Chinese come from the tables of districts, those in Latin letters from the table of towns, both of the world;
region and country may stand behind ("Toronto, ON") or, in Chinese, before (江苏昆山). Where a name is that of several
towns all of any size are told, the likeliest first, since it is the user who knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from zoneinfo import available_timezones

from spiders.catalogue import knows
from spiders.text.distance import kilometres
from spiders.text.districts import Found, find
from spiders.text.gazetteer import District, Entry, latin_names, short
from spiders.text.towns import Town, folded, regions, towns

LONGEST = 100
MOST = 6
OF_ANY_SIZE = 0.1  # of the people of the largest town of the name
LARGE_NEARBY = 50_000  # people: a town under the machine's own clock is told, however large its namesakes are
_HAN = re.compile(r"[\u3400-\u9fff]")
_BREAKS = re.compile(r"\s*[,，、;；/|()（）]\s*")
_MAINLAND = "Asia/Shanghai"
_BEYOND = {"香港": ("HK", "Asia/Hong_Kong"), "澳门": ("MO", "Asia/Macau")}
_TAIWAN = ("TW", "Asia/Taipei")
_BEFORE = re.compile(r"^(?:(?:i live in|in|near|downtown|greater|the|(?:the )?city of)\s+)+", re.IGNORECASE)
_BEHIND = re.compile(r"\s+(?:metro(?:politan)?(?: area)?|area|region)$", re.IGNORECASE)
_LIVE_IN = re.compile(r"^(?:我?(?:现在)?(?:住|人)?在|我住)")
_WORDS_OF_REGION = 3
_WRITTEN = ("en", "de", "fr", "es", "pt", "it", "nl")
"""The languages in Latin letters whose names of cities and countries are known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Locality:
    """A city as the configuration writes it (``name``), where it is in words (``within``, may be empty), the zone of
    its clocks, the currency of its country where one is known, the district that was named, and by what name the
    catalogue of sources would know the city."""

    name: str
    within: str
    zone: str
    currency: str | None
    district: str | None = None
    catalogue: str


def localities(text: str, language: str, clock: str | None = None) -> tuple[Locality, ...]:
    """What an answer may mean, the likeliest first, at most `MOST`; nothing where no table knows it. ``language``: of
    the names of countries; ``clock``: the zone of the machine, whose towns come before larger ones elsewhere."""
    given = " ".join(text.strip()[:LONGEST].split()).strip(" .。,，")
    found: Iterator[Locality] = iter(())
    if _HAN.search(given):
        found = _in_chinese(_LIVE_IN.sub("", given), language)
    elif given:
        found = _in_latin(_BEHIND.sub("", _BEFORE.sub("", given)), language, clock)
    return tuple(dict.fromkeys(found))[:MOST]


def locality_of_zone(name: str, zone: str) -> Locality:
    """A city that no table knows, under clocks that the user named."""
    return Locality(name=name, within="", zone=zone, currency=currency_of(zone), catalogue=name)


def known_zone(text: str, language: str) -> str | None:
    """The zone that is meant by its own name, in any case, or by that of a city."""
    wanted = text.strip().replace(" ", "_").casefold()
    named = next((zone for zone in available_timezones() if zone.casefold() == wanted), None)
    if named is not None:
        return named
    cities = localities(text, language)
    return cities[0].zone if cities else None


def currency_of(zone: str) -> str | None:
    """The currency (ISO 4217) of the country whose clocks a zone tells; None where no country does."""
    from babel.core import get_global

    main = get_global("zone_aliases").get(zone, zone)
    territory = get_global("zone_territories").get(main)
    return _currency_in(territory) if territory and territory != "001" else None


def _currency_in(country: str) -> str | None:
    from babel.numbers import get_territory_currencies

    currencies = get_territory_currencies(country)
    return currencies[0] if currencies else None


def _in_chinese(text: str, language: str) -> Iterator[Locality]:
    """A name of the tables, or the last place that the words name (上海浦东新区, 加拿大多伦多)."""
    from spiders.text.glyphs import normalize

    plain = normalize(text).replace(" ", "")
    entries = _by_name().get(plain, ())
    if not entries:
        hits = _of_one_city(find(plain))
        if not hits or len(plain) - (hits[-1].stop - hits[0].start) > len("XX维吾尔自治区"):
            yield from _by_clock(plain)
            return
        entries = ((hits[-1].kind, hits[-1].place, True),)
    certain = tuple(entry for entry in entries if entry[2] and entry[0] in {"city", "abroad"})
    told = certain or entries
    for kind, place, _ in sorted(told, key=_unlikely) if len(told) > 1 else told:
        yield from _of_district(kind, place, language)


def _of_one_city(hits: Sequence[Found]) -> Sequence[Found]:
    """Places of the city that the words surely name, where they do: no 九龙 of elsewhere behind 香港."""
    city = next((hit.place.city for hit in hits if hit.whole and hit.kind in {"city", "abroad"}), None)
    return [hit for hit in hits if city is None or hit.place.city == city]


def _unlikely(entry: Entry) -> tuple[bool, bool]:
    """Cities before districts, and those of cities that the catalogue of sources knows, which are the large ones."""
    kind, place, _ = entry
    return kind not in {"city", "abroad"}, not knows(place.city)


@cache
def _by_name() -> dict[str, tuple[Entry, ...]]:
    """Cities, districts and towns by all their names in Chinese."""
    from spiders.text.gazetteer import elsewhere, mainland

    names: dict[str, list[Entry]] = {}
    for name, entry in (*mainland(), *elsewhere()):
        if entry[0] != "province" and entry[1] not in [known[1] for known in names.get(name, ())]:
            names.setdefault(name, []).append(entry)
    return {name: tuple(entries) for name, entries in names.items()}


def _of_district(kind: str, place: District, language: str) -> Iterator[Locality]:
    from spiders.text.town_zones import zone_of

    if kind == "abroad" and (town := _town_of(place)) is not None and (zone := zone_of(town)):
        country, within = town.country, _country(town.country, language)
        within = "" if within == place.city else within
    elif place.city in _mainland_cities():
        (country, zone), within = ("CN", _MAINLAND), ""
    else:
        (country, zone), within = _BEYOND.get(place.city, _TAIWAN), ""
    currency = _currency_in(country)
    if kind == "town" and place.district:  # a city of its own below another: 昆山 below 苏州
        name = short(place.district)
        yield Locality(name=name, within=place.city, zone=zone, currency=currency, catalogue=place.city)
    else:
        district = place.district if place.district != place.city else None
        yield Locality(
            name=place.city, within=within, zone=zone, currency=currency, district=district, catalogue=place.city
        )


@cache
def _mainland_cities() -> frozenset[str]:
    from spiders.text.gazetteer import mainland

    return frozenset(place.city for _, (_, place, _) in mainland()) - {"香港", "澳门"}


def _town_of(place: District) -> Town | None:
    """The town of the world that a city abroad is: of all of its name the nearest to where it lies."""
    latin = next((latin for latin, city in latin_names().items() if city == place.city), "")
    found = towns(folded(latin))
    if place.latitude is None or place.longitude is None or not found:
        return found[0] if found else None
    point = place.latitude, place.longitude
    return min(found, key=lambda town: kilometres(point, (town.latitude, town.longitude)))


def _by_clock(name: str) -> Iterator[Locality]:
    """A city that has a zone named after it, by its name in Chinese or in a language of many (CLDR)."""
    from babel import Locale

    wanted = {name.casefold(), f"{name}市"}
    for language in ("zh", *_WRITTEN):
        for zone, told in sorted(Locale(language).time_zones.items()):
            if str(told.get("city", "")).casefold() in wanted and zone in available_timezones():
                yield Locality(name=name, within="", zone=zone, currency=currency_of(zone), catalogue=name)
                return


def _in_latin(text: str, language: str, clock: str | None) -> Iterator[Locality]:
    from spiders.text.town_zones import zone_of

    name, found = _towns_named(text)
    zones = {town: zone for town in found if (zone := zone_of(town))}
    largest = max((town.people for town in zones), default=0)
    likely = [
        town
        for town, zone in zones.items()
        if town.people >= largest * OF_ANY_SIZE or (zone == clock and town.people >= LARGE_NEARBY)
    ]
    by_size = sorted(
        likely, key=lambda town: (zones[town] != clock or town.people < largest * OF_ANY_SIZE, -town.people)
    )
    if not by_size:
        yield from _by_clock(_as_written(name))
    for town in by_size:
        yield Locality(
            name=_as_written(name),
            within=", ".join(filter(None, (_state(town), _country(town.country, language)))),
            zone=_MAINLAND
            if town.country == "CN"
            else zones[town],  # Xinjiang's own clocks are not those of its offices
            currency=_currency_in(town.country),
            catalogue=name.casefold().removesuffix(" city") if len(name.split()) > 2 else name,
        )


def _towns_named(text: str) -> tuple[str, Sequence[Town]]:
    """The name of a town and the towns of that name, in the region and country that stand behind it."""
    first, *rest = [part for part in _BREAKS.split(text) if part] or [""]
    if found := _within(towns(folded(first)), rest):
        return first, found
    words = first.split()
    for size in range(1, min(_WORDS_OF_REGION, len(words) - 1) + 1):  # "Kitchener Ontario", "Portland OR"
        region = " ".join(words[-size:])
        if _known_region(region):
            name, found = _towns_named(", ".join([" ".join(words[:-size]), region, *rest]))
            if found:
                return name, found
    return first, ()


def _within(found: Sequence[Town], places: Sequence[str]) -> Sequence[Town]:
    """Those towns that lie where the words say; a region that nobody knows says nothing."""
    for place in places:
        name = folded(place)
        states, country = regions().states.get(name, ()), _countries().get(name)
        if states or country:
            found = [town for town in found if (town.country, town.region) in states or town.country == country]
    return found


def _known_region(words: str) -> bool:
    return folded(words) in regions().states or folded(words) in _countries()


@cache
def _countries() -> dict[str, str]:
    """Countries by their names, folded, in the languages that their own people and ours write."""
    from babel import Locale

    names = {}
    for language in _WRITTEN:
        names.update({folded(name): code for code, name in Locale(language).territories.items() if len(code) == 2})
    return {**names, **regions().countries}


def _state(town: Town) -> str:
    """The name of a state, of the few countries whose towns are told by it."""
    names = [name for name, places in regions().states.items() if (town.country, town.region) in places]
    return _as_written(max(names, key=len, default=""))


def _country(code: str, language: str) -> str:
    from babel import Locale

    return str(Locale(language).territories.get(code, code))


def _as_written(name: str) -> str:
    """As names are written; what is not all small or all large stays as the user wrote it."""
    if name != name.lower() and not (name == name.upper() and len(name) > 3):
        return name
    return " ".join(word if word in {"of", "and"} else word[:1].upper() + word[1:].lower() for word in name.split())
