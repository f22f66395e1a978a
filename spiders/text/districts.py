"""Chinese cities and districts with the coordinates of their seats: a table of codes, and finding its names in text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_MUNICIPALITIES = {"11": "北京", "12": "天津", "31": "上海", "50": "重庆", "81": "香港", "82": "澳门"}
_SUFFIX = re.compile(
    r"(?:土家族苗族自治州|哈尼族彝族自治州|布依族苗族自治州|苗族侗族自治州|壮族苗族自治州|藏族羌族自治州|蒙古族藏族自治州|傣族景颇族自治州|"
    r"[\u4e00-\u9fff]族自治州|蒙古自治州|柯尔克孜自治州|自治州|特别行政区|自治县|地区|新区|盟|市|区|县|旗)$"
)
# Short forms that are other words far more often than places: only believed with their suffix.
_COMMON_WORDS = frozenset(
    [
        "阿里",
        "东方",
        "海南",
        "吉林",
        "中山",
        "大理",
        "黄山",
        "三明",
        "万宁",
        "和平",
        "朝阳",
        "新城",
        "城关",
        "长安",
        "永安",
        "平安",
        "兴隆",
        "开平",
        "高明",
        "信阳",
        "安康",
        "昌都",
        "长治",
        "文山",
        "保山",
        "玉树",
        "资阳",
        "日照",
        "丽水",
        "衡水",
        "白银",
        "金昌",
        "石景",
        "新华",
        "建设",
        "前进",
        "向阳",
        "红旗",
        "青年",
        "友谊",
        "南山",
        "西山",
        "东山",
        "北山",
        "中原",
        "江南",
        "江北",
        "江东",
        "城东",
        "城西",
        "城南",
        "城北",
        "城中",
        "河东",
        "河西",
        "河南",
        "河北",
        "道里",
        "桥东",
        "桥西",
        "路南",
        "路北",
        "南关",
        "新民",
        "永康",
        "永春",
        "安宁",
        "通化",
        "通道",
        "民乐",
        "鼓楼",
        "西湖",
        "南湖",
        "东湖",
        "太湖",
        "新和",
        "和平",
        "集安",
        "双城",
        "兴安",
        "安定",
        "普安",
        "大同",
        "双鸭",
        "兴化",
        "泰安",
        "承德",
        "宝山",
        "海口",
        "宁海",
        "高阳",
        "龙华",
        "龙港",
        "新都",
        "大通",
        "大方",
        "大安",
    ]
) - frozenset(["承德", "泰安", "海口", "大同"])


@dataclass(frozen=True, slots=True)
class District:
    """A place of the table: ``city`` and ``district`` as people write them, WGS 84 degrees to about a kilometre."""

    city: str
    district: str | None
    latitude: float | None
    longitude: float | None


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
def _finder() -> Any:
    """An automaton over all names: city names, districts with and without their suffix."""
    import ahocorasick

    names: dict[str, list[tuple[str, District, bool]]] = {}

    def add(name: str, kind: str, place: District, whole: bool) -> None:
        if len(name) >= 2:
            names.setdefault(name, []).append((kind, place, whole))

    for code, name, latitude, longitude in _rows():
        city = _city_of(code)
        if code.endswith("0000"):
            if code[:2] in _MUNICIPALITIES:
                place = District(_MUNICIPALITIES[code[:2]], None, latitude, longitude)
                add(name, "city", place, True)
                add(place.city, "city", place, True)
            continue
        if city is None:
            continue
        if code.endswith("00") or code[2:4] == "90":
            place = District(city, None, latitude, longitude)
            add(name, "city", place, True)
            add(city, "city", place, city not in _COMMON_WORDS)
            continue
        place = District(city, name, latitude, longitude)
        add(name, "district", place, True)
        if short(name) != name:
            kind = "town" if name.endswith("市") else "district"
            add(short(name), kind, place, False)
            if kind == "town":
                names[name][-1] = ("town", place, True)
    automaton = ahocorasick.Automaton()
    for name, entries in names.items():
        automaton.add_word(name, (name, tuple(entries)))
    automaton.make_automaton()
    return automaton


@dataclass(frozen=True, slots=True)
class Found:
    """A name at a place in a text; ``whole`` where it cannot well be another word."""

    start: int
    stop: int
    kind: str
    place: District
    whole: bool


_NOT_BEHIND = re.compile(
    r"^(?:路|街|大街|大道|道|东路|西路|南路|北路|中路|巷|弄|人|话|菜|味|银行|大学|大厦|大酒店|饭店|证券|商会|烤|地铁|号线|时间|籍|乐队|日报|晚报|晨报|老师|先生|女士|三里|村|方面)"
)


def find(text: str) -> list[Found]:
    """Names of cities and districts in ``text``, longest first at each position, without overlap."""
    hits: list[tuple[int, int, tuple[tuple[str, District, bool], ...]]] = []
    for stop, (name, entries) in _finder().iter(text):
        hits.append((stop - len(name) + 1, stop + 1, entries))
    hits.sort(key=lambda hit: (hit[0], -hit[1]))
    found: list[Found] = []
    reached = 0
    for start, stop, entries in hits:
        if start < reached:
            continue
        behind = text[stop : stop + 4]
        kind, place, whole = _choose(entries, found)
        if _NOT_BEHIND.match(behind) and not (
            kind == "city" and re.match("大学|大厦|大酒店|饭店|商会|方面|地铁|时间", behind)
        ):
            continue
        found.append(Found(start, stop, kind, place, whole))
        reached = stop
    return found


def _choose(entries: tuple[tuple[str, District, bool], ...], found: list[Found]) -> tuple[str, District, bool]:
    """Many names stand in several cities: the one whose city was just named."""
    cities = [f.place.city for f in found]
    for entry in entries:
        if entry[0] == "city":
            return entry
    for entry in entries:
        if entry[1].city in cities:
            return (entry[0], entry[1], True)
    if len(entries) > 1:
        kind, place, _ = entries[0]
        return (kind, place, False)
    return entries[0]


def locate(words: str) -> tuple[float, float] | None:
    """Latitude and longitude of the most exact city or district that ``words`` name ("徐汇区", "上海徐汇")."""
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
