"""Which clocks a town of the world follows: a table of data, made with that of towns (``benchmarks/make_towns.py``).

A line is a country, a region of it or none, names of towns or none, and a zone: the most exact line that fits counts.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from spiders.text.towns import Town


def zone_of(town: Town) -> str | None:
    """The zone (IANA) of a town; None for a country that has no town in the table."""
    table = _table()
    keys = ((town.country, town.region, town.name), (town.country, town.region, ""), (town.country, "", ""))
    return next((table[key] for key in keys if key in table), None)


@cache
def _table() -> dict[tuple[str, str, str], str]:
    table = {}
    for line in files("spiders.text").joinpath("town_zones.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            country, region, names, zone = line.split("\t")
            table.update(dict.fromkeys(((country, region, name) for name in names.split("|")), zone))
    return table
