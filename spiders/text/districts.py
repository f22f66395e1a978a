"""Finding the names of cities and districts in Chinese text, in any script: ``臺北`` and ``台北`` are one city."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from spiders.text.gazetteer import District, Entry, elsewhere, mainland
from spiders.text.glyphs import normalize


@cache
def _finder() -> Any:
    """An automaton over all names."""
    import ahocorasick

    names: dict[str, list[Entry]] = {}
    for name, entry in (*mainland(), *elsewhere()):
        if len(name) >= 2 and entry not in names.get(name, ()):
            names.setdefault(name, []).append(entry)
    automaton = ahocorasick.Automaton()
    for name, entries in names.items():
        automaton.add_word(name, (name, tuple(entries)))
    automaton.make_automaton()
    return automaton


@dataclass(frozen=True, slots=True)
class Found:
    """A name at a place in a text; ``whole`` where it cannot well be another word.

    ``kind``: "city", "district", "town" (a city under a city), "abroad". ``apart``: nothing Chinese stands directly
    before it but another place or a word of place ("在"), so that it is no part of a longer word.
    """

    start: int
    stop: int
    kind: str
    place: District
    whole: bool
    apart: bool = False


_NOT_BEHIND = re.compile(
    r"^(?:路|街|大街|大道|道|[东西南北中一二三四五六七八九十]路|[一二三四五六七八九十]段|巷|弄|人|话|菜|味|银行|大学|大厦|大酒店|饭店|证券|商会|烤|地铁|号线|时间|籍|乐队|日报|晚报|晨报|老师|先生|女士|三里|村|方面)"
)
_WORD_BEFORE = re.compile(r"(?:^|[^\u4e00-\u9fff]|[在于从到来去至往赴离由和与及、往])$")


def find(text: str) -> list[Found]:
    """Names of cities and districts in ``text`` (any script), longest first at each position, without overlap."""
    plain = normalize(text)
    hits: list[tuple[int, int, tuple[Entry, ...]]] = []
    for stop, (name, entries) in _finder().iter(plain):
        hits.append((stop - len(name) + 1, stop + 1, entries))
    hits.sort(key=lambda hit: (hit[0], -hit[1]))
    found: list[Found] = []
    reached = 0
    for start, stop, entries in hits:
        if start < reached:
            continue
        behind = plain[stop : stop + 4]
        last = found[-1] if found else None
        adjacent = last is not None and reached and not re.search(r"[^\s·,、市]", plain[reached:start])
        kind, place, whole = _choose(entries, found, last.place.city if adjacent and last and last.whole else "")
        if kind == "province":
            found.append(Found(start, stop, kind, place, whole))
            reached = stop
            continue
        if _NOT_BEHIND.match(behind) and not (
            kind == "city" and re.match("大学|大厦|大酒店|饭店|商会|方面|地铁|时间", behind)
        ):
            continue
        if kind == "township":  # towns of the mainland bear these names too: told by the script or by the city
            kind, whole = "district", whole and (text[start:stop] != plain[start:stop] or _named(place, found))
        apart = bool((adjacent and last and last.whole) or _WORD_BEFORE.search(plain[max(0, start - 1) : start]))
        found.append(Found(start, stop, kind, place, whole, apart))
        reached = stop
    return [each for each in found if each.kind != "province"]


def _named(place: District, found: list[Found]) -> bool:
    return any(each.whole and each.place.city == place.city for each in found)


def _choose(entries: tuple[Entry, ...], found: list[Found], beside: str) -> Entry:
    """Many names stand in several cities: the one whose city was just named; ``beside``: the city right before it."""
    for entry in entries:
        if entry[0] == "province" or (beside and entry[1].city == beside):
            return (entry[0], entry[1], True)
    for entry in entries:
        if entry[0] == "city":
            return entry
    for entry in entries:
        if _named(entry[1], found):
            return (entry[0], entry[1], True)
    kind, place, whole = entries[0]
    return (kind, place, whole and len({entry[1].city for entry in entries}) == 1)


def locate(words: str) -> tuple[float, float] | None:
    """Latitude and longitude of the most exact city or district that ``words`` name ("徐汇区", "上海徐汇").

    A district whose own place is not known stands where its city does.
    """
    best: District | None = None
    for hit in find(words):
        if hit.place.latitude is not None and (
            best is None or (best.district is None and hit.place.district is not None)
        ):
            best = hit.place
    return (
        (best.latitude, best.longitude)
        if best is not None and best.latitude is not None and best.longitude is not None
        else None
    )
