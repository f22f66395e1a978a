"""Labelled fields: ``活动地点：…``, ``【费用】…``, ``📍 /地点/ …``, a label alone on its line, or a row of a table."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_OPEN = r"(?:^|(?<=[\s|*/【\[「『〖<>(,。;!?》」·•\-—_#、◆■●▶★☆✦~)】]))"
_DECORATION = r"[^\w\n:|\u4e00-\u9fff]{0,6}"


_ADDRESS = re.compile(r"https?://[^\s<>]{4,}")


@dataclass(frozen=True, slots=True)
class Field:
    """One labelled field: its kind, where its label begins, and from where to where its value goes."""

    kind: str
    start: int
    value: int
    stop: int
    label: str


@cache
def _pattern() -> re.Pattern[str]:
    table: dict[str, list[str]] = tomllib.loads(files(__package__).joinpath("labels.toml").read_text("utf-8"))
    names = "|".join(f"(?P<{kind}>{_spaced('|'.join(patterns))})" for kind, patterns in table.items())
    close = r"[ \t*_`]{0,4}(?:[】\]」』〗/>|)]{1,2}[ \t*_`]{0,4}:?|[ \t]{0,2}:)|(?=[ \t*]{0,4}(?:\n|$))"
    return re.compile(
        rf"(?m)(?:^{_DECORATION}(?:\d{{1,2}}[.、)]|[一二三四五六七八九十]{{1,2}}[、.])?{_DECORATION}|{_OPEN})(?:{names})(?:{close})",
        re.IGNORECASE,
    )


def _spaced(body: str) -> str:
    """Two-character labels may be spaced out: ``时　间``."""
    for word in ("时间", "地点", "费用", "日期", "主题", "地址"):
        body = body.replace(word, f"{word[0]}[ ]{{0,6}}{word[1]}")
    return body


def find_fields(normalized: str) -> list[Field]:
    """All labelled fields of a text, in order. A label that stands alone takes the next line that is not empty."""
    addresses = [match.span() for match in _ADDRESS.finditer(normalized)]
    found = [
        _trim(match, normalized)
        for match in _pattern().finditer(normalized)
        if not any(start < match.start() < stop for start, stop in addresses)  # "…/event/?ee=7"
    ]
    starts = {normalized.rfind("\n", 0, one[1]) + 1 for one in found}
    found = sorted([*found, *_signs(normalized, starts)], key=lambda one: one[1])
    fields = []
    for index, (kind, start, value, label) in enumerate(found):
        following = found[index + 1][1] if index + 1 < len(found) else len(normalized)
        fields.append(Field(kind, start, value, _value_end(normalized, value, following), label))
    return [field for field in fields if field.stop > field.value]


# Signs that stand for a label where a line begins with one: 📍 for the place, ⏰ for the time, 💰 for the price.
_SIGN = re.compile(
    r"(?m)^[ \t]*(?:(?P<time>[⏰⌚📅📆🗓⏱🕐-🕧])|(?P<place>[📍🏠🗺📌🚩🏢])|(?P<price>[💰💴💵🎫🎟💳]))[ \t:|]*(?=\S)"
)


def _signs(normalized: str, taken: set[int]) -> Iterator[tuple[str, int, int, str]]:
    """Lines that begin with a sign; not those where a label in words was found (``taken``: where they begin)."""
    for match in _SIGN.finditer(normalized):
        if match.start() not in taken:
            yield match.lastgroup or "other", match.start(), match.end(), match[0].strip()


def _trim(match: re.Match[str], normalized: str) -> tuple[str, int, int, str]:
    kind = match.lastgroup or "other"
    return kind, match.start(kind), match.end(), normalized[match.start(kind) : match.end(kind)]


def _value_end(normalized: str, value: int, following: int) -> int:
    """To the end of the line; where that is empty, of the next line with words."""
    at = value
    for _ in range(4):
        end = normalized.find("\n", at)
        end = len(normalized) if end < 0 else end
        if re.search(r"[\w\u4e00-\u9fff]", normalized[at : min(end, following)]):
            return min(end, following)
        if end >= following:
            return following
        at = end + 1
    return value


def values(fields: list[Field], text: str, *kinds: str) -> Iterator[tuple[Field, str]]:
    for field in fields:
        if field.kind in kinds:
            value = text[field.value : field.stop].strip()
            if value:
                yield field, value
