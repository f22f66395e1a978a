"""Whether two listings mean the same place: the same, another, or nobody can tell."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Literal

from spiders.items import Event, Place
from spiders.text.distance import kilometres
from spiders.text.districts import find
from spiders.text.gazetteer import District
from spiders.text.glyphs import simplified
from spiders.text.late_pattern import LatePattern
from spiders.text.online import IN_VENUE
from spiders.text.pairs import CHINESE, is_chinese, pairs
from spiders.text.where import city_and_district

Relation = Literal["same", "other", "far", "unknown"]
"""``other`` may be a place told wrongly, ``far`` is certainly not the same."""
MAX_CHARACTERS = 300
KILOMETRES_OF_ONE_PLACE = 0.3
_TOKEN = LatePattern(rf"[{CHINESE}]+|(?:(?![{CHINESE}])[^\W_])+", re.UNICODE)
_NO_WORD = LatePattern(r"[\W_市区县]+|中国")
_STREET = LatePattern(r"\s*\d+[\w-]*\s+\w+")
_CHINESE_STREET = LatePattern(rf"[{CHINESE}]\d+\s*[号號弄]")
EMPTY_WORDS = frozenset(
    """the a an and of at in on to room floor suite st street ave avenue blvd rd road dr drive ln lane hwy way ct ca usa
    united states center centre county city park building hall 市 区 路 号 楼 室 层""".split()  # noqa: SIM905
)


@functools.lru_cache(maxsize=50_000)
def words_of(name: str | None, address: str | None) -> frozenset[str]:
    """The words of a place that tell one place from another; none for a placeholder or an online room."""
    text = f"{name or ''} {address or ''}"[:MAX_CHARACTERS]
    if not text.isascii():
        told = (address,) if name and address and name in address else (name, address)
        text = unicodedata.normalize("NFKC", " ".join(_led_by_district(each)[1] for each in told if each))
    text = text.casefold()
    if IN_VENUE.search(text) or len(text.strip()) < 3:
        return frozenset()
    words: set[str] = set()
    for token in _TOKEN.findall(text):
        if is_chinese(token):
            words |= pairs(token) - EMPTY_WORDS
        elif token not in EMPTY_WORDS and (len(token) > 1 or token.isdigit()):
            words.add(token)
    return frozenset(words)


@functools.lru_cache(maxsize=50_000)
def _led_by_district(text: str) -> tuple[District | None, str]:
    """-> (the city or district of China that a name or an address begins with, what stands behind it, in simplified
    characters). A bare name of a district, as of a town (``临江``), may be anything's and counts behind its city alone.
    Nothing stands behind what names a district and no place in it."""
    if text.isascii():
        return None, text[:MAX_CHARACTERS]
    text = text[:MAX_CHARACTERS].translate(simplified())
    led, reached = None, 0
    for hit in find(text):
        stands_alone = hit.kind == "city" or text[hit.stop - 1] in "市区县"
        if _NO_WORD.sub("", text[reached : hit.start]) or not hit.whole or not (stands_alone or led):
            break
        led = hit.place if led is None or led.district is None else led
        reached = hit.stop
    return led, text[reached:] if _NO_WORD.sub("", text[reached:]) else ""


@functools.lru_cache(maxsize=50_000)
def _region(city: str | None, district: str | None, name: str | None, address: str | None) -> tuple[str | None, ...]:
    """The Chinese city and the district that a place is told to be in, as its address or its name begins with them."""
    beginnings = [_led_by_district(text)[0] for text in (address, name) if text]
    told = city_and_district("".join(each for each in (city, district) if each and not each.isascii()))
    found = [each for each in (*beginnings, told) if each is not None]
    return (
        next((each.city for each in found), None),
        next((each.district for each in found if each.district is not None), None),
    )


def _are_in_two(one: Place | None, other: Place | None) -> bool:
    """Whether two cities are told, or two districts."""
    if one is None or other is None:
        return False
    first = _region(one.city, one.district, one.name, one.address)
    second = _region(other.city, other.district, other.name, other.address)
    return any(a is not None and b is not None and a != b for a, b in zip(first, second, strict=True))


def _has_house(place: Place | None) -> bool:
    """Whether an address names a street and a house."""
    address = place.address if place else None
    return address is not None and bool(_STREET.match(address) or _CHINESE_STREET.search(address))


def _are_of_two_scripts(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether one place is told in letters and the other in Chinese: neither is the other's name."""
    return _has_chinese(first) != _has_chinese(second) and not any(map(is_chinese, first & second))


def _is_name_within(one: Place | None, other: Place | None) -> bool:
    """Whether the name of one place stands in the other's, which adds a room, and no two addresses contradict that."""
    assert one is not None
    assert other is not None
    name, also_name = words_of(one.name, None), words_of(other.name, None)
    within = len(name & also_name) > 1 and (name <= also_name or also_name <= name)
    address, also_address = words_of(one.address, None), words_of(other.address, None)
    return within and (not address or not also_address or bool(address & also_address))


def _has_chinese(words: frozenset[str]) -> bool:
    return any(map(is_chinese, words))


def words_of_place(place: Place | None) -> frozenset[str]:
    return words_of(place.name, place.address) if place else frozenset()


class Places:
    """The places of one block of listings: how telling their words are, and which places a source says of all."""

    def __init__(self, listings: Iterable[tuple[str, Event]]) -> None:
        self._count: Counter[str] = Counter()
        of_source: dict[str, Counter[frozenset[str]]] = defaultdict(Counter)
        for source, event in listings:
            words = words_of_place(event.place)
            of_source[source][words] += 1
        for counter in of_source.values():
            for words in counter:
                self._count.update(words)
        self._constant = {
            (source, words)
            for source, counter in of_source.items()
            for words, count in counter.items()
            if counter.total() >= 4 and count >= 0.7 * counter.total()
        }

    def relation(self, source: str, one: Event, other_source: str, other: Event) -> Relation:
        """How two places stand to each other; far: in two cities or districts, or two houses of two streets.

        A place that a source says of everything speaks only where it agrees.
        """
        near = _near(one.place, other.place)
        if not near and _are_in_two(one.place, other.place):
            return "far"
        first, second = words_of_place(one.place), words_of_place(other.place)
        if not first or not second:
            return "unknown"
        if near:
            return "same"
        if self._share_enough(first, second) or _is_name_within(one.place, other.place):
            return "same"
        if not first & second and _has_house(one.place) and _has_house(other.place):
            return "far"
        constant = (source, first) in self._constant or (other_source, second) in self._constant
        # A name alone and an address alone cannot be held against each other.
        incomparable = _is_address(one.place) != _is_address(other.place) and not first & second
        return "unknown" if constant or incomparable or _are_of_two_scripts(first, second) else "other"

    def _share_enough(self, first: frozenset[str], second: frozenset[str]) -> bool:
        """Whether one is the other said shorter, or half of what tells the vaguer one apart is shared."""
        common = first & second
        if len(common) >= 2 and common in (first, second):
            return True
        weight = sum(map(self._weight, common))
        least = min(sum(map(self._weight, first)), sum(map(self._weight, second)))
        return weight >= 0.5 * least and weight >= 0.3

    def _weight(self, word: str) -> float:
        count = self._count[word]
        return 1.0 if count <= 2 else 2.0 / count


def _is_address(place: Place | None) -> bool:
    """Whether only a street is given, as the address or in the name's stead."""
    return place is not None and bool(_STREET.match(place.name or place.address or ""))


def _near(one: Place | None, other: Place | None) -> bool | None:
    """Whether stated coordinates are of one place; None where one has none, or where they are a district's seat."""
    if one is None or other is None or one.district or other.district:
        return None
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    return (
        kilometres((one.latitude, one.longitude), (other.latitude, other.longitude)) < KILOMETRES_OF_ONE_PLACE or None
    )
