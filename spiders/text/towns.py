"""Towns of the world with the coordinates of their centres, and postcodes of the United States: two tables of data.

The tables are made by ``python -m benchmarks.make_towns``; they are read when the first town is looked for, in a
quarter of a second. Names are compared as people write them: without accents, case and points, "Saint" as "St".
"""

from __future__ import annotations

import lzma
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

STEP_OF_SIZES = 1.15
"""How many people live in a town is kept as a power of this."""
SHORT_FORMS = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})
_NO_WORD = re.compile(r"[^a-z0-9]+")


class Town(NamedTuple):
    """A town by its folded name: country (ISO 3166), region (GeoNames' first level: a state of the USA by its letters),
    centre to a kilometre (WGS 84), and about how many people live there."""

    name: str
    country: str
    region: str
    latitude: float
    longitude: float
    people: int


class Regions(NamedTuple):
    """How countries and states are written, folded, and which zones the clocks of a region follow."""

    countries: Mapping[str, str]
    states: Mapping[str, tuple[tuple[str, str], ...]]
    zones: Mapping[tuple[str, str], frozenset[str]]


@lru_cache(maxsize=65_536)
def folded(name: str) -> str:
    """A name as it is compared; empty where it is written in other letters than Latin ones."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    plain = "".join(each for each in plain if not unicodedata.combining(each)).replace("'", "").replace("’", "")
    if not plain.isascii():
        return ""
    return " ".join(SHORT_FORMS.get(word, word) for word in _NO_WORD.sub(" ", plain).split())


@lru_cache(maxsize=65_536)
def towns(name: str) -> tuple[Town, ...]:
    """All towns of a folded name, the largest first."""
    rows = _line(0, name)
    return _parsed(name, rows) if rows else ()


def postcode(code: str) -> tuple[float, float] | None:
    """The middle of where a postcode of the United States (five digits) delivers to."""
    row = _line(1, code)
    if row is None:
        return None
    latitude, _, longitude = row.partition(" ")
    return int(latitude) / 100, int(longitude) / 100


@cache
def regions() -> Regions:
    """Names of countries and of the states of some, and zones."""
    countries: dict[str, str] = {}
    states: dict[str, tuple[tuple[str, str], ...]] = {}
    zones: dict[tuple[str, str], frozenset[str]] = {}
    for line in files("spiders.text").joinpath("regions.tsv").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        kind, country, region, told = line.split("\t")
        if kind == "zones":
            zones[country, region] = frozenset(told.split())
        elif kind == "country":
            countries.update(dict.fromkeys(told.split("|"), country))
        else:
            for name in told.split("|"):
                states[name] = (*states.get(name, ()), (country, region))
    return Regions(countries, states, zones)


def _parsed(name: str, rows: str) -> tuple[Town, ...]:
    found = []
    for row in rows.split("|"):
        place, latitude, longitude, size = row.split(" ")
        people = round(STEP_OF_SIZES ** int(size))
        found.append(Town(name, place[:2], place[2:], int(latitude) / 100, int(longitude) / 100, people))
    return tuple(sorted(found, key=lambda town: (-town.people, town)))


@cache
def _tables() -> tuple[list[bytes], list[bytes]]:
    """Both tables: lines of a name or code, a tab and the rest, in order."""
    packed = files("spiders.text").joinpath("towns.tsv.xz").read_bytes()
    named, _, coded = lzma.decompress(packed).partition(b"\n\n")
    return named.split(b"\n"), coded.split(b"\n")


def _line(table: int, key: str) -> str | None:
    """What stands behind a key, by halving: a table that is asked for ten towns needs no index of all."""
    lines, wanted = _tables()[table], f"{key}\t".encode("ascii")
    place = bisect_left(lines, wanted)
    if place == len(lines) or not lines[place].startswith(wanted):
        return None
    return lines[place][len(wanted) :].decode("ascii")
