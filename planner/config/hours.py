"""Free hours as people write them: ``18:30-22:00``, several ranges, or none."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from pydantic_core import PydanticCustomError

from planner.config.entries import parted

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_RANGE = re.compile(r"\s*(\d{1,2}):(\d{2})\s*[-–—−~至到]\s*(\d{1,2}):(\d{2})\s*")
_QUOTES = "\"'“”‘’„‟"

Hours = tuple[tuple[int, int], ...]
"""Ranges in minutes of the day, in order, each [start, end) with end at most 24:00 = 1440."""


def parse_hours(value: Any) -> Hours:
    """``"18:30-22:00"``, a list of such, or ``[]`` -> `Hours`. Raises PydanticCustomError."""
    texts = parted(value)
    if texts is None:
        texts = []
    if not isinstance(texts, list | tuple):
        raise PydanticCustomError("hours", "not free hours")
    return tuple(sorted(_parse_range(text) for text in texts))


def _parse_range(text: Any) -> tuple[int, int]:
    if isinstance(text, tuple):  # already parsed: a model is validated again
        return text
    match = _RANGE.fullmatch(unicodedata.normalize("NFKC", str(text)).strip(_QUOTES))
    if match is None:
        raise PydanticCustomError("hours", "not free hours", {"given": text})
    start, end = (int(match[i]) * 60 + int(match[i + 1]) for i in (1, 3))
    if not (0 <= start < end <= 24 * 60) or int(match[2]) > 59 or int(match[4]) > 59:
        raise PydanticCustomError("hours_order", "ends before it starts", {"given": text})
    return start, end
