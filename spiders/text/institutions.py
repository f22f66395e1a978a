"""The city of a university, academy or museum whose name does not tell it: ``國立中興大學`` stands in Taichung."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from spiders.text.glyphs import normalize


@cache
def _cities() -> Mapping[str, str]:
    table = tomllib.loads(files("spiders.text").joinpath("institutions.toml").read_text("utf-8"))
    return {name: city for city, names in table.items() for name in names.split()}


def city_of_institution(words: str) -> str | None:
    """The city of the institution that a place names, in any script; of several names the longest decides.

    None where none is known, or where names of equal length stand in different cities.
    """
    # "湖北大学生" are students of Hubei.
    plain = normalize(words).casefold()
    known = {name: city for name, city in _cities().items() if name in plain and f"{name}生" not in plain}
    longest = max(map(len, known), default=0)
    cities = {city for name, city in known.items() if len(name) == longest}
    return cities.pop() if len(cities) == 1 else None
