"""Tables of cities and districts in Chinese with the coordinates of their seats, and all their names.

districts.tsv holds the mainland by its codes; districts_beyond.tsv Taiwan with its districts, Hong Kong, Macau, and the
cities abroad that Chinese texts name most; common_places.toml the names that are other words as often.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from spiders.text.glyphs import normalize

_MUNICIPALITIES = {"11": "北京", "12": "天津", "31": "上海", "50": "重庆", "81": "香港", "82": "澳门"}
_SUFFIX = re.compile(
    r"(?:土家族苗族自治州|哈尼族彝族自治州|布依族苗族自治州|苗族侗族自治州|壮族苗族自治州|藏族羌族自治州|蒙古族藏族自治州|傣族景颇族自治州|"
    r"[\u4e00-\u9fff]族自治州|蒙古自治州|柯尔克孜自治州|自治州|特别行政区|自治县|地区|新区|盟|市|区|县|旗)$"
)
_PROVINCE = re.compile(r"(?:[\u4e00-\u9fff]{1,3}族自治区|自治区|省)$")


@dataclass(frozen=True, slots=True)
class District:
    """A place of the table: ``city`` and ``district`` as people write them, WGS 84 degrees to about a kilometre."""

    city: str
    district: str | None
    latitude: float | None
    longitude: float | None


@cache
def _common(kind: str) -> frozenset[str]:
    table = tomllib.loads(files("spiders.text").joinpath("common_places.toml").read_text("utf-8"))
    return frozenset(table[kind].split())


@cache
def _rows() -> tuple[tuple[str, str, float | None, float | None], ...]:
    rows = []
    for line in files("spiders.text").joinpath("districts.tsv").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        code, name, latitude, longitude = line.split("\t")
        rows.append((code, name, float(latitude) if latitude else None, float(longitude) if longitude else None))
    return tuple(rows)


def short(name: str) -> str:
    """``成都市`` -> ``成都``, ``徐汇区`` -> ``徐汇``; a name that would be left with one character keeps its suffix."""
    cut = _SUFFIX.sub("", name)
    return cut if len(cut) >= 2 else name


@cache
def _cities() -> dict[str, str]:
    """Code of four digits -> the city's short name."""
    found = {code[:4]: short(name) for code, name, _, _ in _rows() if code.endswith("00") and not code.endswith("0000")}
    for code, name, _, _ in _rows():
        if code[:2] in _MUNICIPALITIES:
            found[code[:4]] = _MUNICIPALITIES[code[:2]]
        elif code[2:4] == "90":  # county-level cities that stand directly under a province
            found[code] = short(name)
    return found


def _city_of(code: str) -> str | None:
    return _cities().get(code) or _cities().get(code[:4])


@cache
def _beyond() -> tuple[tuple[District, tuple[str, ...], str], ...]:
    """Places outside the table of codes, with all their names and the one in Latin letters."""
    rows = []
    for line in files("spiders.text").joinpath("districts_beyond.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            city, district, names, latitude, longitude, latin, *_ = [*line.split("\t"), "", "", ""]
            place = District(
                city, district or None, float(latitude) if latitude else None, float(longitude) if longitude else None
            )
            rows.append((place, tuple(names.split("|")), latin))
    return tuple(rows)


@cache
def latin_names() -> dict[str, str]:
    """Cities abroad by their names in Latin letters: ``london`` -> ``伦敦``."""
    return {latin: place.city for place, _, latin in _beyond() if latin}


Entry = tuple[str, District, bool]
"""Kind of a name, its place, and whether it cannot well be another word."""


def mainland() -> Iterator[tuple[str, Entry]]:
    """Names of the table of codes: cities, districts and provinces with and without their suffix."""
    for code, name, latitude, longitude in _rows():
        city = _city_of(code)
        if code.endswith("0000"):
            if code[:2] in _MUNICIPALITIES:
                place = District(_MUNICIPALITIES[code[:2]], None, latitude, longitude)
                yield name, ("city", place, True)
                yield place.city, ("city", place, True)
            else:
                bare = _PROVINCE.sub("", name)
                yield from ((each, ("province", District("", None, None, None), False)) for each in (name, bare))
        elif city is not None and (code.endswith("00") or code[2:4] == "90"):
            place = District(city, None, latitude, longitude)
            yield name, ("city", place, True)
            yield city, ("city", place, city not in _common("china"))
        elif city is not None:
            place, kind = District(city, name, latitude, longitude), "town" if name.endswith("市") else "district"
            yield name, (kind, place, True)
            if short(name) != name:
                yield short(name), (kind, place, False)


def elsewhere() -> Iterator[tuple[str, Entry]]:
    for place, names, latin in _beyond():
        kind = "abroad" if latin or place.city in _common("abroad") else "township" if place.district else "city"
        for name in names:
            yield normalize(name), (kind, place, name not in _common("abroad"))
