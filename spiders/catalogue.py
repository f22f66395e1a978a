"""The catalogue of sources that ship with the program (``catalogue.yaml``), filled in for a city."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

KEYS = ("id", "kind", "site", "url", "track")


def starters(city: str) -> list[dict[str, str]]:
    """Entries for config.yaml that fit ``city``, by its Chinese, Latin or English name; those for everywhere last."""
    catalogue = _load()
    name, known = _city(catalogue["cities"], city)
    entries = []
    for source in catalogue["sources"]:
        if source.get("only") not in {None, name} or (source.get("needs") and source["needs"] not in known):
            continue
        entry = {key: str(source[key]) for key in KEYS if key in source}
        entry["url"] = entry["url"].format(city=name, **{"pinyin": "", "luma": "", **known})
        entries.append(entry)
    return entries


def knows(city: str) -> bool:
    """Whether the catalogue has sources of this very city."""
    return bool(_city(_load()["cities"], city)[1])


def _city(cities: Mapping[str, Mapping[str, str]], wanted: str) -> tuple[str, Mapping[str, str]]:
    folded = wanted.strip().removesuffix("市").casefold()
    for name, known in cities.items():
        if folded in {name.casefold(), known.get("pinyin"), known.get("english")}:
            return name, known
    return wanted, {}


def _load() -> Any:
    from ruamel.yaml import YAML

    return YAML(typ="safe", pure=True).load(Path(__file__).with_name("catalogue.yaml"))
