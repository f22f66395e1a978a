"""Reasons in the language of the person who reads them: a text for each code, from ``templates/reasons.*.toml``."""

from __future__ import annotations

import functools
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date

from planner.i18n.catalog import Catalog, templates_folder
from spiders.reasons import Reason, Value

MAX_DEPTH = 4
_DAY = re.compile(r"\d{4}-\d\d-\d\d")

Text = str | Mapping[str, str]
"""One text, or one for one and another for several, told apart by the value called ``count``."""


def translate(reason: Reason | None, language: str) -> str:
    """A reason in ``language``; nothing for none. Reasons within it are put into words in turn."""
    return "" if reason is None else _translated(reason, language, 0, _day_in_words)


def english(reason: Reason) -> str:
    """A reason as other programs read it: in every JSON output, whatever the language of the person."""
    return _translated(reason, "en", 0, lambda text, _: text)


def _translated(reason: Reason, language: str, depth: int, day: Callable[[str, str], str]) -> str:
    if depth > MAX_DEPTH:
        return "…"
    values: dict[str, object] = {name: _shown(value, language, depth, day) for name, value in reason.values}
    text = texts(language)[str(reason.code)]
    if not isinstance(text, str):
        text = text["one" if values.get("count") == 1 else "other"]
    return text.format_map(defaultdict(lambda: "–", values))  # a store of another version may hold other values


def _shown(
    value: Value | Reason | tuple[Reason, ...], language: str, depth: int, day: Callable[[str, str], str]
) -> Value:
    if isinstance(value, Reason):
        return _translated(value, language, depth + 1, day)
    if isinstance(value, tuple):
        return Catalog(language)("digest.comma").join(_translated(each, language, depth + 1, day) for each in value)
    return day(value, language) if isinstance(value, str) and _DAY.fullmatch(value) else value


def _day_in_words(text: str, language: str) -> str:
    """``2026-11-18`` as people write it."""
    try:
        return Catalog(language).full_day(date.fromisoformat(text))
    except ValueError:
        return text


@functools.cache
def texts(language: str) -> Mapping[str, Text]:
    """Every text of a language, by its code."""
    with (templates_folder() / f"reasons.{language}.toml").open("rb") as file:
        return tomllib.load(file)
