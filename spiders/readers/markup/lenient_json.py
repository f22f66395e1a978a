"""JSON as web pages hold it: several objects, comments, CDATA, entities, trailing commas, control characters.

Bounded: blocks above a size or depth are refused, numbers are finite, and nothing is raised on any text.
"""

from __future__ import annotations

import html
import json
import math
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

LARGEST_BLOCK = 1 << 20  # characters of a JSON-LD block
DEEPEST = 64
_MAX_OBJECTS = 2000  # in one block

_WRAPPER = re.compile(r"<!--|-->|(?://|/\*)?\s*<!\[CDATA\[\s*(?:\*/)?|(?://|/\*)?\s*\]\]>\s*(?:\*/)?")
_STRING_OR_NOISE = re.compile(
    r'"(?:[^"\\]|\\.)*+"|//[^\n]*|/\*(?:[^*]|\*(?!/))*+\*/|,(?=\s*+[}\]])|<!--|-->|;(?=\s*+$)', re.DOTALL
)
_WHITESPACE = " \t\r\n\ufeff\u00a0;,"


def load(text: str, *, largest: int = LARGEST_BLOCK) -> list[Any]:
    """Every JSON value in ``text``, in order; what cannot be read is left out. Depth and numbers are bounded."""
    if len(text) > largest or not text.strip():
        return []
    text = text.strip(_WHITESPACE)
    for attempt in chain((text,), _repaired(text)):
        values, clean = _values(attempt)
        if clean and values:
            shallow = attempt.count("{") + attempt.count("[") <= DEEPEST
            return values if shallow else [value for value in values if not too_deep(value)]
    return [value for value in _last_resort(text) if not too_deep(value)]


def _repaired(text: str) -> Iterator[str]:
    """The text with ever more faults undone: each step only where it may help."""
    bare = _WRAPPER.sub(" ", text)
    yield _without_noise(bare).strip(_WHITESPACE)
    if "&quot;" in bare or "&#34;" in bare or "&#x22;" in bare:
        yield _without_noise(html.unescape(bare)).strip(_WHITESPACE)


def _without_noise(text: str) -> str:
    if text.count("/*") > 500 or text.count('"') > 200_000:
        return text
    return _STRING_OR_NOISE.sub(lambda m: m.group() if m.group()[0] == '"' else "", text)


def _values(text: str) -> tuple[list[Any], bool]:
    """The values of a text, one behind the other, and whether all of it was understood."""
    found: list[Any] = []
    at = 0
    while at < len(text) and len(found) < _MAX_OBJECTS:
        try:
            value, at = DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            return found, False
        found.append(value)
        while at < len(text) and text[at] in _WHITESPACE:
            at += 1
    return found, True


def _last_resort(text: str) -> list[Any]:
    """What json-repair makes of it: single quotes, unescaped quotes. The caller must ask for more than a shape."""
    if len(text) > 200_000 or _nesting(text) > DEEPEST:
        return []
    # The objects in front of the broken one are sound.
    values, _ = _values(_without_noise(_WRAPPER.sub(" ", text)).strip(_WHITESPACE))
    from json_repair import repair_json

    try:
        value = repair_json(_WRAPPER.sub(" ", text), return_objects=True)
    except (ValueError, RecursionError, TypeError, IndexError, KeyError, AttributeError):
        value = None
    repaired = value if isinstance(value, list) else [value]
    sound = [item for item in repaired if isinstance(item, dict | list)]
    return sound if len(sound) >= len(values) else values


def _nesting(text: str) -> int:
    deepest = depth = 0
    for mark in re.findall(r"[\[{}\]]", text):
        depth += 1 if mark in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def too_deep(value: Any) -> bool:
    """Whether a value is nested deeper than ``DEEPEST``."""
    level: list[Any] = [value]
    for _ in range(DEEPEST + 1):
        containers = [item for item in level if isinstance(item, dict | list)]
        if not containers:
            return False
        level = [child for item in containers for child in (item.values() if isinstance(item, dict) else item)]
    return True


def _whole(digits: str) -> int | float | None:
    return int(digits) if len(digits) <= 20 else _real(digits[:400])


def _real(digits: str) -> float | None:
    number = float(digits)
    return number if math.isfinite(number) else None


def _first_sensible(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Of a key written twice the first value that says something: plugins append an empty startDate to the real one."""
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    found = {}
    for key, value in pairs:
        if found.get(key) in (None, "", [], {}):
            found[key] = value
    return found


DECODER = json.JSONDecoder(
    strict=False,
    parse_int=_whole,
    parse_float=_real,
    parse_constant=lambda _: None,
    object_pairs_hook=_first_sensible,
)
