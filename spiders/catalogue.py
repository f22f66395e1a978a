"""The catalogue of sources that ship with the program (``catalogue.yaml``), filled in for a city.

Nothing in it could be visited while it was written: each source says what it rests on. Which of them suit somebody is
decided elsewhere; here stands what there is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, Literal
from urllib.parse import quote, urlsplit

from spiders.text.gazetteer import elsewhere, latin_names, mainland
from spiders.text.town_zones import zone_of
from spiders.text.towns import folded, towns

MAINLAND = "Asia/Shanghai"
KEYS = ("kind", "site", "track")
_NOT_IN_IDS = re.compile(r"[^\w.-]+")
_HAN = re.compile(r"[\u3400-\u9fff]")

Scope = Literal["city", "filled", "everywhere"]
"""For one city alone; for any, filled in with its name or place; the same for all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """A city as the catalogue knows it. ``fills`` are the names that can be filled in for it; ``language`` is what its
    people announce evenings in, ``zh`` or else English; ``is_known``: whether it stands in the catalogue itself."""

    name: str
    is_mainland: bool
    fills: Mapping[str, str]
    language: Literal["zh", "en"]
    is_known: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a source rests on (``recorded``, ``code``, ``document``, ``mention``), of which month (2026-10), and how
    sure that is: A, a recording or code that works; B, a document or recent code; C, old or weak."""

    kind: Literal["recorded", "code", "document", "mention"]
    month: str
    confidence: Literal["A", "B", "C"]

    @property
    def is_unconfirmed(self) -> bool:
        """Whether nobody recorded an answer of this form."""
        return self.kind != "recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class HostNotes:
    """What holds for all addresses of a host: what its robots.txt is said to say (``unseen``, ``allows``, ``delay 5``),
    whether parts of it want a log-in (``none``, ``some``), whether it answers data centres (``yes``, ``no``,
    ``unknown``), and whom it is served to (``mainland``, ``abroad``, ``both``)."""

    robots: str
    log_in: str
    data_centre: str
    reach: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedSource:
    """One source, filled in. ``entry`` is what config.yaml would hold; ``language`` of what it tells (``zh``, ``en``,
    ``any``); ``topics`` are groups of the vocabulary, none where it is about everything; ``keyword`` is the user's word
    that was filled in."""

    entry: Mapping[str, Any]
    scope: Scope
    language: str
    topics: tuple[str, ...]
    proof: Proof
    host: HostNotes
    keyword: str | None = None

    @property
    def id(self) -> str:
        return str(self.entry["id"])

    @property
    def url(self) -> str:
        return str(self.entry["url"])

    @property
    def track(self) -> str | None:
        track = self.entry.get("track")
        return None if track is None else str(track)


def city_named(name: str, zone: str | None = None) -> City:
    """The city of that name (Chinese, Latin or English), under the clocks of ``zone`` where that is known: London in
    Ontario is not the one of the catalogue."""
    wanted = folded(name) or name.strip().removesuffix("市")
    for chinese, known in _catalogue()["cities"].items():
        names = {chinese, known.get("pinyin"), known.get("english")}
        if wanted in names and zone in {None, known.get("zone", MAINLAND)}:
            return _known(chinese, known)
    is_mainland = zone == MAINLAND if zone else wanted in _points() and wanted in _mainland()
    fills = {"city": wanted} if _HAN.search(wanted) else {"citylatin": name.strip()}
    point = _points().get(wanted) or _point_in_latin(name, zone)
    language: Literal["zh", "en"] = "zh" if is_mainland else "en"
    return City(name=name.strip(), is_mainland=is_mainland, language=language, fills={**fills, **_place(point)})


def knows(name: str) -> bool:
    """Whether the catalogue has sources of this very city."""
    return city_named(name).is_known


def cities() -> tuple[City, ...]:
    """All cities that stand in the catalogue."""
    return tuple(_known(name, known) for name, known in _catalogue()["cities"].items())


def sources_for(city: City, keywords: Mapping[str, Sequence[str]] | None = None) -> tuple[ShippedSource, ...]:
    """All sources that can be filled in for a city, those of its own first, those for everywhere last. ``keywords`` are
    the user's words by the language of a source (``zh``, ``en``, ``any``)."""
    found: list[ShippedSource] = []
    for row in _catalogue()["sources"]:
        if not _is_of(row, city):
            continue
        wanted = {name for text in (row["url"], *row.get("words", ())) for name in _placeholders(text)}
        words: Sequence[str | None] = (None,)
        if "keyword" in wanted:
            words = tuple((keywords or {}).get(row["language"], ()))
            wanted -= {"keyword"}
        if wanted <= city.fills.keys():
            scope: Scope = "city" if "of" in row else "filled" if _placeholders(row["url"]) else "everywhere"
            found += [_filled(row, city, scope, word) for word in words]
    order: tuple[Scope, ...] = ("city", "filled", "everywhere")
    return tuple(sorted(found, key=lambda each: order.index(each.scope)))


def _is_of(row: Mapping[str, Any], city: City) -> bool:
    if "of" in row:
        return city.is_known and city.name in row["of"]
    return bool(row["in"] == "world" or (row["in"] == "china") == city.is_mainland)


def _filled(row: Mapping[str, Any], city: City, scope: Scope, word: str | None) -> ShippedSource:
    fills = {**city.fills, "keyword": _in_address(word or "")}
    entry: dict[str, Any] = {"id": _NOT_IN_IDS.sub("-", row["id"].format(keyword=word)).strip("-.")}
    entry |= {key: row[key] for key in KEYS if key in row}
    entry["url"] = row["url"].format(**fills)
    if "words" in row:
        entry["only"] = [text.format(**fills) for text in row["words"]]
    kind, month, confidence = row["proof"]
    return ShippedSource(
        entry=entry,
        scope=scope,
        language=row["language"],
        topics=tuple(row.get("topics", ())),
        proof=Proof(kind=kind, month=month, confidence=confidence),
        host=_notes(entry["url"]),
        keyword=word,
    )


def _in_address(word: str) -> str:
    """A word for the query of an address; letters of all scripts stay readable."""
    return "".join(sign if sign.isalnum() else quote(sign, safe="") for sign in word)


def _placeholders(text: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(text) if name]


def _notes(url: str) -> HostNotes:
    """What holds for the host of an address, or for what it lies below."""
    known, labels = _catalogue()["hosts"], (urlsplit(url).hostname or "").split(".")
    below = (".".join(labels[start:]) for start in range(len(labels)))
    return HostNotes(**next(known[name] for name in below if name in known))


def _known(name: str, known: Mapping[str, str]) -> City:
    is_mainland = "pinyin" in known
    fills = {key: known[key] for key in ("luma", "eventbrite", "meetup") if key in known}
    if is_mainland:
        fills |= {"city": name, "citypinyin": known["pinyin"], "citylatin": known["pinyin"].title()}
    else:
        fills |= {"citylatin": known["english"].title()}
    point = _points().get(name) or _point_in_latin(known.get("english", ""), known.get("zone"))
    return City(
        name=name,
        is_mainland=is_mainland,
        language="zh" if is_mainland or known.get("language") == "zh" else "en",
        fills={**fills, **_place(point)},
        is_known=True,
    )


def _place(point: tuple[float, float] | None) -> dict[str, str]:
    return {"lat": f"{point[0]:.2f}", "lon": f"{point[1]:.2f}"} if point else {}


@cache
def _points() -> Mapping[str, tuple[float, float]]:
    """Where cities lie, by their names in Chinese and, of those abroad, in Latin letters."""
    points: dict[str, tuple[float, float]] = {}
    for _, (kind, place, _) in (*mainland(), *elsewhere()):
        if kind in {"city", "abroad"} and place.latitude is not None and place.longitude is not None:
            points.setdefault(place.city, (place.latitude, place.longitude))
    return points


@cache
def _mainland() -> frozenset[str]:
    return frozenset(place.city for _, (_, place, _) in mainland()) - {"香港", "澳门"}


def _point_in_latin(name: str, zone: str | None) -> tuple[float, float] | None:
    """Where the largest town of a name in Latin letters lies, of those under these clocks."""
    chinese = latin_names().get(name.strip().casefold(), "")
    if zone is None and chinese in _points():
        return _points()[chinese]
    for town in towns(folded(name)):
        if zone is None or zone_of(town) == zone:
            return town.latitude, town.longitude
    return None


@cache
def _catalogue() -> Any:
    from ruamel.yaml import YAML

    return YAML(typ="safe", pure=True).load(Path(__file__).with_name("catalogue.yaml"))
